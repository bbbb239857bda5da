/** Every time limit of the package, in milliseconds. They depend on each other. How long a connection may take to open is configured. */
export const timeouts = {
  /** Waiting for a lock, in a shared transaction. */
  sharedLock: 100,
  /** A statement of a shared transaction. */
  sharedStatement: 1_000,
  /** Each statement of a transaction of one request with several statements. */
  severalStatements: 3_000,
  /** Waiting for a lock, in such a transaction. */
  severalLock: 2_000,
  /** A statement of a transaction of one request with one statement. */
  statement: 5_000,
  /** Waiting for a response. The server ends statements earlier; this guards against a frozen server or a dead connection. */
  response: 7_000,
  /** Waiting for the next statement of an open transaction. */
  idleInTransaction: 10_000,
  /** Waiting for a free connection, for the owner's lock, or for a place in a shared transaction. */
  queue: 2_000,
  /** How often requests that wait longer than that, for a database that wakes up, check whether to give up. */
  queueCheck: 200,
  /** How long a connection may have been idle before a write pings it first. */
  trustedIdle: 1_000,
  /** Waiting for the response to a ping, or to the readiness check. */
  ping: 2_000,
  /** How long a connection beyond the pool's size may be idle before it is closed. */
  idleOverflow: 10_000,
  /** Shortest time between two replacements of all connections, while every new one is found to be read-only too. */
  replaceAgain: 250,
  /** How long connections to a server that reports that it is read-only are kept: the next may lead to another server. */
  readOnlyConnection: 1_000,
  /** Shortest time between two reports that no connection can be opened. */
  reportAgain: 10_000,
} as const;
