import { type Actor, assertOperator } from '@taskward/domain';
import type { Clock } from '../ports/clock.ts';
import type { IdempotencyStore } from '../ports/idempotency-store.ts';
import { storedResponseLifetime } from './run-idempotently.ts';

/**
 * Deletes expired responses of all users; a bounded job to run periodically.
 * @param input.limit the maximum number to delete
 * @returns how many were deleted: fewer than the limit when none are left
 * @throws DomainError `auth/wrong-user` unless the actor is an operator; ApplicationError `database/unavailable`
 */
export const makePurgeIdempotencyKeys =
  ({ idempotency, clock }: { idempotency: IdempotencyStore; clock: Clock }) =>
  async (actor: Actor, { limit }: { limit: number }): Promise<number> => {
    assertOperator(actor);
    return idempotency.purge({ now: clock.now(), lifetime: storedResponseLifetime, limit });
  };
