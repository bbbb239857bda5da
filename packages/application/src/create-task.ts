import { type Actor, Task, type TaskContent, type UserId } from '@taskward/domain';
import type { Clock, TaskRepository } from './ports.ts';

/**
 * Adds a task to the owner's.
 * @throws DomainError `auth/wrong-user`, `request/invalid` with every fault, `database/unavailable`.
 */
export const makeCreateTask =
  ({ tasks, clock }: { tasks: TaskRepository; clock: Clock }) =>
  async (actor: Actor, input: { owner: UserId; content: TaskContent }): Promise<Task> =>
    tasks.add(Task.draft(actor, input.owner, input.content, clock.now()));
