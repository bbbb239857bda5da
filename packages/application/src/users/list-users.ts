import { type Actor, assertOperator, type UserId } from '@taskward/domain';
import type { UserDirectory } from '../ports/user-directory.ts';

/**
 * Lists all users, one page at a time, for jobs that process every user.
 * @param input.after the last user of the previous page
 * @returns at most `limit` users, in the store's own order; fewer on the last page
 * @throws DomainError `auth/wrong-user` unless the actor is an operator; ApplicationError `database/unavailable`
 */
export const makeListUsers =
  ({ users }: { users: UserDirectory }) =>
  async (actor: Actor, { after, limit }: { after?: UserId; limit: number }): Promise<readonly UserId[]> => {
    assertOperator(actor);
    return users.list(after, limit);
  };
