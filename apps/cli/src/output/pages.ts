import { requestLimits, type TaskList, type TaskPosition, toRecord, type UseCases } from '@taskward/application';
import { operator, type Task, type UserId } from '@taskward/domain';
import type { TaskFormat } from '../formats/task-format.ts';
import { write } from './output.ts';

/** Selects all tasks of a user, oldest first. */
export const everything: TaskList = { status: 'all', sort: [{ field: 'created_at', order: 'asc' }] };

/**
 * Yields a user's tasks, page by page. Reads one page ahead, so at most two are in memory.
 * @param limit maximum number of tasks
 */
export async function* taskPages(
  { listTasks }: Pick<UseCases, 'listTasks'>,
  owner: UserId,
  list: TaskList,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly Task[]> {
  const fetchPage = (left: number, after?: TaskPosition) => {
    const query = {
      ...list,
      limit: Math.min(requestLimits.limit.max, left),
      offset: 0,
      count: false,
      ...(after && { after }),
    };
    const page = listTasks(operator, { owner, query });
    // A caller that stops early never awaits this page: its rejection is not unhandled.
    page.catch(() => {});
    return page;
  };
  let pending: ReturnType<typeof fetchPage> | undefined = fetchPage(limit);
  for (let left = limit; pending !== undefined; ) {
    const { tasks, next }: Awaited<ReturnType<typeof fetchPage>> = await pending;
    left -= tasks.length;
    pending = next !== undefined && left > 0 ? fetchPage(left, next) : undefined;
    yield tasks;
  }
}

/**
 * Writes tasks to standard output.
 * @param written called after each page with the number of tasks written so far
 * @returns the number of tasks
 */
export const writeTasks = async (
  format: TaskFormat,
  pages: AsyncIterable<readonly Task[]>,
  {
    clean = (text) => text,
    written = () => {},
  }: { clean?: (text: string) => string; written?: (count: number) => void } = {},
): Promise<number> => {
  let count = 0;
  await write(clean(format.head()));
  for await (const tasks of pages) {
    if (tasks.length === 0) continue;
    await write(clean(format.some(tasks.map(toRecord), count === 0)));
    count += tasks.length;
    written(count);
  }
  await write(clean(format.tail(count === 0)));
  return count;
};
