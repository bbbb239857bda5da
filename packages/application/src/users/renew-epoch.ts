import { type Actor, assertOperator, type UserId } from '@taskward/domain';
import type { UserDirectory } from '../ports/user-directory.ts';

/**
 * Voids all positions in a user's log, so that every client that is in sync begins again. Needed after a backup was restored:
 * clients know of changes that the log does not have.
 * @returns whether the user exists
 * @throws DomainError `auth/wrong-user` unless the actor is an operator; ApplicationError `database/unavailable`
 */
export const makeRenewEpoch =
  ({ users }: { users: UserDirectory }) =>
  async (actor: Actor, { owner }: { owner: UserId }): Promise<boolean> => {
    assertOperator(actor);
    return users.renewEpoch(owner);
  };
