/** Limits on the data stored for one user. */
export interface Limits {
  /** The maximum number of tasks, ≥ 1. */
  readonly tasksPerUser: number;
  /** The maximum number of idempotency keys within one lifetime, ≥ 1. */
  readonly idempotencyKeysPerUser: number;
  /** The maximum size of the responses stored for these keys, in bytes, ≥ 1. */
  readonly idempotencyBytesPerUser: number;
}

/** The default limits. */
export const defaultLimits: Limits = {
  tasksPerUser: 100_000,
  idempotencyKeysPerUser: 20_000,
  idempotencyBytesPerUser: 16 * 1024 * 1024,
};
