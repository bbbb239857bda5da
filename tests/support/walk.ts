import type { TaskQuery, TaskRepository } from '@taskward/application';
import type { Task, UserId } from '@taskward/domain';

/** Every page of a list, one after the other. */
export const walk = async (tasks: TaskRepository, owner: UserId, query: TaskQuery): Promise<Task[]> => {
  const walked: Task[] = [];
  let page = await tasks.list(owner, query);
  for (;;) {
    walked.push(...page.tasks);
    if (page.next === undefined) return walked;
    page = await tasks.list(owner, { ...query, after: page.next });
  }
};
