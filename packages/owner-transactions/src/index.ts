export { distributable, setLocally } from './distributed.ts';
export { DatabaseBusy, DatabaseReadOnly, DatabaseUnavailable } from './errors.ts';
export {
  brokenConstraint,
  isReadOnly,
  isStatementTimeout,
  isTimeout,
  isWrongPassword,
  toDatabaseError,
} from './failures.ts';
export { mergeableStatement } from './owner-context.ts';
export {
  inOwnerTransaction,
  type OwnerReads,
  type OwnerSession,
  type OwnerTransaction,
  ownerSession,
  type WriteDecision,
} from './owner-session.ts';
export { OwnerTransactions, type OwnerTransactionsSettings, type RunStatement } from './owner-transactions.ts';
export { type PoolSettings, poolConfig } from './pg-client.ts';
export { type Query, query, type Row, type Statement, statement, type Value } from './pipelined-query.ts';
export type { RoundTrip, RoundTripObserver } from './round-trip-observer.ts';
export type {
  ConnectionStatistics,
  TransactionCount,
  TransactionKind,
  TransactionStatistics,
} from './statistics.ts';
export { timeouts } from './timeouts.ts';
