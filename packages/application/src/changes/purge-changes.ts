import { type Actor, assertOperator } from '@taskward/domain';
import type { ChangeRetention } from '../ports/change-log.ts';
import type { Clock } from '../ports/clock.ts';

const millisecondsPerDay = 86_400_000;

/**
 * Removes changes from all users' logs that are older than `days`, at most `limit` of them. Whoever was last in sync before
 * has to begin again.
 * @returns how many were removed
 * @throws DomainError `auth/wrong-user` unless the actor is an operator, `database/unavailable`
 */
export const makePurgeChanges =
  ({ changeRetention, clock }: { changeRetention: ChangeRetention; clock: Clock }) =>
  async (actor: Actor, { days, limit }: { days: number; limit: number }): Promise<number> => {
    assertOperator(actor);
    return changeRetention.purge({ now: clock.now(), lifetime: days * millisecondsPerDay, limit });
  };
