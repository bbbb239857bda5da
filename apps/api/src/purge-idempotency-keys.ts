import type { UseCases } from '@taskward/application';
import { operator } from '@taskward/domain';

/** How much of one run's time, and how much at once. */
export interface PurgeBounds {
  /** At most so many stored responses in one statement. */
  readonly atOnce: number;
  /** No further statement after so many milliseconds. */
  readonly milliseconds: number;
}

/**
 * Forgets stored responses that are too old to be given again, until none is left or the time is up. Several processes
 * may do this at once: each takes what the others do not.
 * @returns how many it forgot
 * @throws DomainError `database/unavailable`
 */
export const purgeExpiredKeys = async (
  { purgeIdempotencyKeys }: Pick<UseCases, 'purgeIdempotencyKeys'>,
  { atOnce, milliseconds }: PurgeBounds,
): Promise<number> => {
  const end = performance.now() + milliseconds;
  let sum = 0;
  for (;;) {
    const purged = await purgeIdempotencyKeys(operator, { limit: atOnce });
    sum += purged;
    if (purged < atOnce || performance.now() >= end) return sum;
  }
};
