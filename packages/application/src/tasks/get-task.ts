import { type Actor, assertMayAct, type Task, type UserId } from '@taskward/domain';
import type { TaskRepository } from '../ports/task-repository.ts';

/**
 * Returns one of the owner's tasks.
 * @throws DomainError `auth/wrong-user`, `task/not-found`; ApplicationError `database/unavailable`
 */
export const makeGetTask =
  ({ tasks }: { tasks: TaskRepository }) =>
  async (actor: Actor, input: { owner: UserId; id: number }): Promise<Task> => {
    assertMayAct(actor, input.owner);
    return tasks.get(input.owner, input.id);
  };
