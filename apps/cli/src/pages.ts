import { type TaskList, type TaskPosition, toRecord, type UseCases } from '@taskward/application';
import { operator, type Task, type UserId } from '@taskward/domain';
import type { TaskFormat } from './formats/task-format.ts';
import { write } from './output.ts';

/** All of a user's tasks, the oldest first. */
export const everything: TaskList = { status: 'all', sort: 'created_at', order: 'asc' };

const pageSize = 1_000;

/**
 * A user's tasks, page by page. The next page is on its way while one is worked on, so two are in memory at most.
 * @param limit at most this many
 */
export async function* taskPages(
  { listTasks }: Pick<UseCases, 'listTasks'>,
  owner: UserId,
  list: TaskList,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly Task[]> {
  const ask = (left: number, after?: TaskPosition) => {
    const query = { ...list, limit: Math.min(pageSize, left), offset: 0, count: false, ...(after && { after }) };
    const page = listTasks(operator, { owner, query });
    // Whoever stops reading never asks what became of the page that was on its way.
    page.catch(() => {});
    return page;
  };
  let asked: ReturnType<typeof ask> | undefined = ask(limit);
  for (let left = limit; asked !== undefined; ) {
    const { tasks, next }: Awaited<ReturnType<typeof ask>> = await asked;
    left -= tasks.length;
    asked = next !== undefined && left > 0 ? ask(left, next) : undefined;
    yield tasks;
  }
}

/**
 * Writes tasks to standard output.
 * @param written told, after each piece, how many are written
 * @returns how many there were
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
