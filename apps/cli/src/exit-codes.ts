import type { ErrorCode } from '@taskward/application';

/** The exit code for each error code, after sysexits.h. A new error code does not compile until it has one. */
export const exitCodes = {
  'request/invalid': 65,
  'auth/wrong-user': 77,
  'task/not-found': 66,
  'task/stale': 75,
  'task/quota-exceeded': 73,
  'task/occurrence-passed': 75,
  'task/anchor-gone': 75,
  'task/purged': 66,
  'tag/not-found': 66,
  'tag/exists': 65,
  'change/not-found': 66,
  'changes/gone': 66,
  'undo/superseded': 75,
  'idempotency/mismatch': 65,
  'idempotency/in-flight': 75,
  'idempotency/too-many': 75,
  'search/too-slow': 65,
  'database/busy': 75,
  'database/unavailable': 69,
} as const satisfies Record<ErrorCode, number>;

/** The exit code for all other failures. */
export const failureExitCode = 1;
