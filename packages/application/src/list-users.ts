import { type Actor, assertOperator, type UserId } from '@taskward/domain';
import type { UserDirectory } from './ports.ts';

/**
 * Who there is, a page at a time: for jobs that go through all users.
 * @param input.after the last user of the page before
 * @returns at most `limit` users in the order of the store's own; fewer on the last page
 * @throws DomainError `auth/wrong-user` unless the actor is an operator, `database/unavailable`.
 */
export const makeListUsers =
  ({ users }: { users: UserDirectory }) =>
  async (actor: Actor, { after, limit }: { after?: UserId; limit: number }): Promise<readonly UserId[]> => {
    assertOperator(actor);
    return users.list(after, limit);
  };
