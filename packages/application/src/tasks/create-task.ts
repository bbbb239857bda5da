import { type Actor, originOf, Task, type TaskContent, type UserId } from '@taskward/domain';
import { defaultLimits, type Limits } from '../limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { TaskRepository } from '../ports/task-repository.ts';

/**
 * Creates a task for the owner.
 * @throws DomainError `auth/wrong-user`, `request/invalid` with every fault, `task/quota-exceeded`;
 * ApplicationError `database/unavailable`
 */
export const makeCreateTask =
  ({ tasks, clock, limits = defaultLimits }: { tasks: TaskRepository; clock: Clock; limits?: Limits }) =>
  async (actor: Actor, { owner, content }: { owner: UserId; content: TaskContent }): Promise<Task> => {
    const now = clock.now();
    return tasks.add(Task.draft(actor, owner, content, now), originOf(actor, now), limits.tasksPerUser);
  };
