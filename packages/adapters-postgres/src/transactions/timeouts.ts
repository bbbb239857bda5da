/**
 * Every time limit on the way to the database, in milliseconds. They depend on each other: `tests/postgres/timeouts.test.ts`
 * states how, and why. How long a connection may take to open is configured (`DB_CONNECT_TIMEOUT`).
 */
export const timeouts = {
  /** For a lock, in a transaction that requests of several owners share. */
  sharedLock: 100,
  /** For a statement, in a transaction that requests of several owners share. */
  sharedStatement: 1_000,
  /** For each statement of a transaction of one request that has several. */
  severalStatements: 3_000,
  /** For a lock, in such a transaction. */
  severalLock: 2_000,
  /** For a statement of a transaction of one request. */
  statement: 5_000,
  /** For the answer to what was sent. The server ends statements before; this is for one that is frozen or cut off. */
  response: 7_000,
  /** For the next statement of an open transaction. */
  idleInTransaction: 10_000,
  /** For a free connection, for another write of the same owner, or for a place in a shared transaction. */
  queue: 2_000,
  /** How often it is looked again whether who waits longer than that, for a database that wakes up, has to give up. */
  queueCheck: 200,
  /** How long a connection may have been idle before a write asks whether it still lives. */
  trustedIdle: 1_000,
  /** For the answer to that, and to the readiness check. */
  ping: 2_000,
  /** How long a connection beyond `DB_POOL_SIZE` may be idle before it is closed. */
  idleOverflow: 10_000,
  /** How soon all connections may be replaced once more, while every new one is found to be read-only too. */
  replaceAgain: 250,
  /** How long connections to a server that reports that it takes no writes are kept: the next may lead to another. */
  readOnlyConnection: 1_000,
  /** For a lock that a migration needs: so long others wait behind it. */
  migrationLock: 1_000,
  /** How long a migration lets others pass before it tries again. */
  migrationPause: 2_000,
  /** How long a migration tries: longer than the longest job, which erases a user in up to ten minutes. */
  migration: 900_000,
  /** How often the log is told why no connection can be opened. */
  logAgain: 10_000,
} as const;
