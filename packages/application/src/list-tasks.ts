import { type Actor, assertMayAct, type UserId } from '@taskward/domain';
import type { TaskPage, TaskQuery, TaskRepository } from './ports.ts';

/**
 * Lists the owner's tasks, a page at a time.
 * @throws DomainError `auth/wrong-user`, `database/unavailable`.
 */
export const makeListTasks =
  ({ tasks }: { tasks: TaskRepository }) =>
  async (actor: Actor, input: { owner: UserId; query: TaskQuery }): Promise<TaskPage> => {
    assertMayAct(actor, input.owner);
    return tasks.list(input.owner, input.query);
  };
