import { type Fault, invalid } from '@taskward/domain';

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

/** What one call may ask for. Use-cases check it; driving adapters describe it, and may check it earlier. */
export const requestLimits = {
  /** The number of operations in a batch. */
  operations: { min: 1, max: 100 },
  /** The number of tasks on a page. */
  limit: { min: 1, max: 500 },
  /** The number of tasks skipped before a page. */
  offset: { min: 0, max: 10_000 },
  /** The length of the text of a search, in Unicode code points. */
  search: { min: 1, max: 100 },
} as const;

/** The largest number of tasks that one operation changes. */
export const maxSelected = 10_000;

/** Checks how many tasks an operation is about. @throws DomainError `request/invalid` */
export const assertSelectable = (field: string, count: number): void => {
  if (count <= maxSelected) return;
  const message = `is about more than ${maxSelected} tasks, the most that are changed at once: change them in parts`;
  throw invalid([{ field, message }]);
};

/** Returns what is wrong with the size of a page, or where it starts. */
export const rangeFault = (field: 'limit' | 'offset', value: number): Fault[] => {
  const { min, max } = requestLimits[field];
  const isWithin = Number.isInteger(value) && value >= min && value <= max;
  return isWithin ? [] : [{ field, message: `must be a whole number from ${min} to ${max}` }];
};

/** Checks the size of a page. @throws DomainError `request/invalid` */
export const assertLimit = (limit: number): void => {
  const faults = rangeFault('limit', limit);
  if (faults.length > 0) throw invalid(faults);
};
