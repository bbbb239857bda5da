import { type Actor, assertOperator, type UserId } from '@taskward/domain';
import type { UserDirectory } from './ports.ts';

/**
 * Erases everything that is kept of one user, in one step: tasks, counters, what was imported, answers.
 * @returns whether there was such a user
 * @throws DomainError `auth/wrong-user` unless the actor is an operator, `database/unavailable`.
 */
export const makeEraseUser =
  ({ users }: { users: UserDirectory }) =>
  async (actor: Actor, { owner }: { owner: UserId }): Promise<boolean> => {
    assertOperator(actor);
    return users.erase(owner);
  };
