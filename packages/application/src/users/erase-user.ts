import { type Actor, assertOperator, type UserId } from '@taskward/domain';
import type { UserDirectory } from '../ports/user-directory.ts';

/**
 * Erases all data of one user in one step: tasks, counters, the log of changes, external ids, stored responses.
 * @returns whether the user existed
 * @throws DomainError `auth/wrong-user` unless the actor is an operator; ApplicationError `database/unavailable`
 */
export const makeEraseUser =
  ({ users }: { users: UserDirectory }) =>
  async (actor: Actor, { owner }: { owner: UserId }): Promise<boolean> => {
    assertOperator(actor);
    return users.erase(owner);
  };
