/** What shared a transaction: reads; writes; one request with a transaction to itself, on a shared connection or on its own. */
export type TransactionKind = 'reading' | 'writing' | 'exclusive' | 'own';

/** How many transactions were sent, and how many requests they carried. What was sent again counts again. */
export interface TransactionCount {
  transactions: number;
  requests: number;
}

/** The connections of the pool now, and counts since it was made. */
export interface ConnectionStatistics {
  /** Connections at most. */
  readonly max: number;
  readonly open: number;
  /** Connections that run something. */
  readonly inUse: number;
  /** Callers that wait for a connection. */
  readonly waiting: number;
  /** Connections that were opened. */
  readonly opened: number;
  /** Opened connections that were lost, not closed. */
  readonly broken: number;
  /** Connections that could not be opened. */
  readonly failed: number;
}

/** What owner transactions are doing, and counts of what they have done. */
export interface TransactionStatistics {
  readonly connections: ConnectionStatistics;
  /** Requests that wait to be put into a transaction. */
  readonly waiting: number;
  readonly transactions: Readonly<Record<TransactionKind, Readonly<TransactionCount>>>;
}
