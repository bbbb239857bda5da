import { type Actor, assertMayAct, type UserId } from '@taskward/domain';
import type { TaskRepository } from './ports.ts';

/**
 * Removes one of the owner's tasks.
 * @throws DomainError `auth/wrong-user`, `task/not-found`, `database/unavailable`.
 */
export const makeDeleteTask =
  ({ tasks }: { tasks: TaskRepository }) =>
  async (actor: Actor, input: { owner: UserId; id: number }): Promise<void> => {
    assertMayAct(actor, input.owner);
    return tasks.remove(input.owner, input.id);
  };
