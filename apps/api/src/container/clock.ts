import type { Clock } from '@taskward/application';
import type { Instant } from '@taskward/domain';

/** Makes a clock that reads the system time. */
export const makeSystemClock = (): Clock => ({
  // `toISOString` prints dates up to year 9999 in the format of an Instant.
  now: () => new Date().toISOString() as Instant,
});
