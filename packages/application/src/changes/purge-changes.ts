import { type Actor, assertOperator, millisecondsPerDay, type UserId } from '@taskward/domain';
import type { ChangeRetention } from '../ports/change-log.ts';
import type { Clock } from '../ports/clock.ts';

/**
 * Removes old changes from logs, at most `limit` of them. Whoever was last in sync before has to begin again.
 * @param input.days removes changes that are at least so many days old; a fraction counts
 * @param input.owner whose; everybody's without it
 * @returns how many were removed; 0 if none are left
 * @throws DomainError `auth/wrong-user` unless the actor is an operator; ApplicationError `database/unavailable`
 */
export const makePurgeChanges =
  ({ changeRetention, clock }: { changeRetention: ChangeRetention; clock: Clock }) =>
  async (actor: Actor, { days, ...of }: { days: number; owner?: UserId; limit: number }): Promise<number> => {
    assertOperator(actor);
    return changeRetention.purge({ now: clock.now(), lifetime: days * millisecondsPerDay, ...of });
  };

/**
 * Counts the user's changes that `purgeChanges` would remove.
 * @throws DomainError `auth/wrong-user` unless the actor is an operator; ApplicationError `database/unavailable`
 */
export const makeCountOldChanges =
  ({ changeRetention, clock }: { changeRetention: ChangeRetention; clock: Clock }) =>
  async (actor: Actor, { days, owner }: { days: number; owner: UserId }): Promise<number> => {
    assertOperator(actor);
    return changeRetention.count({ now: clock.now(), lifetime: days * millisecondsPerDay, owner });
  };
