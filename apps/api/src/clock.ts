import type { Clock } from '@taskward/application';
import type { Instant } from '@taskward/domain';

/** The machine's clock. */
export const makeSystemClock = (): Clock => ({
  // Node prints every date of the years 0 to 9999 in exactly the form of an Instant.
  now: () => new Date().toISOString() as Instant,
});
