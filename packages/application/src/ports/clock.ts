import type { Instant } from '@taskward/domain';

/** Provides the current time. Domain and application never read the system clock. */
export interface Clock {
  /** Returns the current time. */
  now(): Instant;
}
