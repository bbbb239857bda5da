import type { UseCases } from '@taskward/application';
import { operator } from '@taskward/domain';

/** The bounds of one purge. */
export interface PurgeBounds {
  /** The maximum number of stored responses to delete per statement. */
  readonly atOnce: number;
  /** The time after which no further statement starts, in milliseconds. */
  readonly milliseconds: number;
}

/**
 * Deletes expired responses until none is left or the time is up. Several processes may run it at once: each skips what
 * the others are deleting.
 * @returns how many were deleted
 * @throws ApplicationError `database/unavailable`
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
