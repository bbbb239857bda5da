/** Bounds on what is kept of one user. */
export interface Limits {
  /** The most tasks of one user, ≥ 1. */
  readonly tasksPerUser: number;
  /** The most idempotency keys of one user within their lifetime, ≥ 1. */
  readonly idempotencyKeysPerUser: number;
  /** The most bytes of responses stored under these keys, ≥ 1. */
  readonly idempotencyBytesPerUser: number;
}

/** The limits where nothing else is configured. */
export const defaultLimits: Limits = {
  tasksPerUser: 100_000,
  idempotencyKeysPerUser: 20_000,
  idempotencyBytesPerUser: 16 * 1024 * 1024,
};
