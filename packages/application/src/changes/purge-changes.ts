import { type Actor, assertOperator, type UserId } from '@taskward/domain';
import type { ChangeRetention } from '../ports/change-log.ts';
import type { Clock } from '../ports/clock.ts';

const millisecondsPerDay = 86_400_000;

/** Which changes to remove from logs. */
export interface OldChanges {
  /** Changes that are at least so many days old; a fraction counts. */
  readonly days: number;
  /** Whose; everybody's without it. */
  readonly owner?: UserId;
}

/**
 * Removes old changes from logs, at most `limit` of them. Whoever was last in sync before has to begin again.
 * @returns how many were removed; 0 if none are left
 * @throws DomainError `auth/wrong-user` unless the actor is an operator; ApplicationError `database/unavailable`
 */
export const makePurgeChanges =
  ({ changeRetention, clock }: { changeRetention: ChangeRetention; clock: Clock }) =>
  async (actor: Actor, { days, limit, ...of }: OldChanges & { limit: number }): Promise<number> => {
    assertOperator(actor);
    return changeRetention.purge({ now: clock.now(), lifetime: days * millisecondsPerDay, ...of }, limit);
  };

/**
 * Counts the changes that `purgeChanges` would remove.
 * @throws DomainError `auth/wrong-user` unless the actor is an operator; ApplicationError `database/unavailable`
 */
export const makeCountOldChanges =
  ({ changeRetention, clock }: { changeRetention: ChangeRetention; clock: Clock }) =>
  async (actor: Actor, { days, ...of }: OldChanges): Promise<number> => {
    assertOperator(actor);
    return changeRetention.count({ now: clock.now(), lifetime: days * millisecondsPerDay, ...of });
  };
