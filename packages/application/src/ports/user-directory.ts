import type { UserId } from '@taskward/domain';

/** Lists and erases users, and voids what their clients know. Its contract suite is in `tests/contract`. */
export interface UserDirectory {
  /**
   * Lists users, in the store's own order.
   * @param after the user to start after; `undefined` starts from the beginning
   * @returns at most `limit`
   * @throws ApplicationError `database/unavailable`
   */
  list(after: UserId | undefined, limit: number): Promise<readonly UserId[]>;

  /**
   * Erases all data of one user, as one atomic step. If the user returns, task ids start from 1 again.
   * @returns whether there was any data
   * @throws ApplicationError `database/unavailable`
   */
  erase(owner: UserId): Promise<boolean>;

  /**
   * Gives the user's log another epoch (`LogBounds`), so that no position from before is valid.
   * @returns whether the user exists
   * @throws ApplicationError `database/unavailable`
   */
  renewEpoch(owner: UserId): Promise<boolean>;
}
