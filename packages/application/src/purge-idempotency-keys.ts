import { type Actor, assertOperator } from '@taskward/domain';
import type { Clock, IdempotencyStore } from './ports.ts';
import { storedResponseLifetime } from './run-idempotently.ts';

/**
 * Forgets answers that are too old to be given again, of all users; a bounded job to run now and then.
 * @param input.limit at most this many
 * @returns how many it forgot: fewer than the limit when there are no more
 * @throws DomainError `auth/wrong-user` unless the actor is an operator, `database/unavailable`.
 */
export const makePurgeIdempotencyKeys =
  ({ idempotency, clock }: { idempotency: IdempotencyStore; clock: Clock }) =>
  async (actor: Actor, { limit }: { limit: number }): Promise<number> => {
    assertOperator(actor);
    return idempotency.purge({ now: clock.now(), lifetime: storedResponseLifetime, limit });
  };
