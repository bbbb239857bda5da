import { operator } from '@taskward/domain';
import type { Cradle } from '../container/container.ts';

/** The bounds of one purge. */
export interface PurgeBounds {
  /** The maximum number of rows to delete per statement. */
  readonly atOnce: number;
  /** The time after which no further statement starts, in milliseconds. */
  readonly milliseconds: number;
}

/**
 * Deletes in bounded steps until none is left or the time is up. Several processes may run it at once.
 * @param purge deletes at most `limit` rows, and returns how many; 0 if none are left
 * @returns how many were deleted
 * @throws what `purge` throws
 */
export const purgeInSteps = async (
  purge: (limit: number) => Promise<number>,
  { atOnce, milliseconds }: PurgeBounds,
): Promise<number> => {
  const end = performance.now() + milliseconds;
  let sum = 0;
  for (;;) {
    const purged = await purge(atOnce);
    sum += purged;
    if (purged === 0 || performance.now() >= end) return sum;
  }
};

type Purging = Pick<Cradle, 'useCases' | 'log'> & { config: Pick<Cradle['config'], 'changesRetentionDays'> };

/** Everything that is kept for a limited time, and how some of it is deleted. */
const purgesOf = ({ useCases, config }: Purging) => ({
  'stored responses': (limit: number) => useCases.purgeIdempotencyKeys(operator, { limit }),
  changes: (limit: number) => useCases.purgeChanges(operator, { days: config.changesRetentionDays, limit }),
});

/**
 * Deletes what is older than it is kept: stored responses and changes. Each is bounded by itself, and a failure of one is
 * logged and does not keep the others from running.
 * @returns how many of each were deleted
 */
export const purgeExpired = async (purging: Purging, bounds: PurgeBounds): Promise<Record<string, number>> => {
  const removed: Record<string, number> = {};
  for (const [what, purge] of Object.entries(purgesOf(purging))) {
    removed[what] = await purgeInSteps(purge, bounds).catch((error) => {
      purging.log.warn({ err: error }, `Old ${what} could not be removed now; tried again in a minute.`);
      return 0;
    });
  }
  return removed;
};

// Each statement is bounded, so that it does not slow down requests, and so is each run: the next one, or that of another
// process, continues.
const intervalMilliseconds = 60_000;
const bounds: PurgeBounds = { atOnce: 1_000, milliseconds: 20_000 };

/** Runs `purgeExpired` every minute. @returns ends that */
export const startPurging = (purging: Purging): (() => void) => {
  const timer = setInterval(() => void purgeExpired(purging, bounds), intervalMilliseconds).unref();
  return () => clearInterval(timer);
};
