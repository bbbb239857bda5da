import { DatabaseUnavailable, RejectedInBatch, WriteConflict } from './errors.ts';
import { isLostConnection, isNotAccepting, isStalePlan } from './failures.ts';
import type { OwnerTransactions } from './owner-transactions.ts';
import { begin, commit, type Query, query, type Row, rollback } from './pipelined-query.ts';
import type { OwnerRequest } from './request-queues.ts';
import { observed } from './round-trip-observer.ts';
import { timeouts } from './timeouts.ts';

/** What to write after reading, if anything, and what to return. */
export interface WriteDecision<T> {
  /** Writes only if what was read is still so, and returns a row if it wrote. */
  readonly write?: Query;
  /** @param written the first row that `write` returned */
  result(written: Row): T;
}

/** Queries of one owner that change nothing: they see that owner's rows only. */
export interface OwnerReads {
  /** Runs queries that change nothing, in one transaction and one round trip. @returns each query's rows */
  read(...queries: Query[]): Promise<Row[][]>;
  /**
   * The same for queries that may take longer: other reads do not wait for them.
   * @param isLong whether they may take so long that one connection is kept free of such queries
   */
  search(queries: readonly Query[], isLong: boolean): Promise<Row[][]>;
}

/** Queries of one owner: they see and change that owner's rows only. */
export interface OwnerSession extends OwnerReads {
  /** Runs one query that may change something, in one transaction and one round trip. @returns its rows */
  write(one: Query): Promise<Row[]>;
  /**
   * Reads, lets `change` decide what to write, and writes that: one round trip each. Where another write came between, all
   * is done again. If `change` throws or returns no `write`, nothing is written.
   */
  readThenWrite<T>(first: readonly Query[], change: (...rows: Row[][]) => WriteDecision<T>): Promise<T>;
}

/** A session in a transaction that stays open until `commit`. */
export interface OwnerTransaction extends OwnerSession {
  /** Runs a last query and commits. @returns its rows */
  commit(last: Query): Promise<Row[]>;
}

type Run = (queries: readonly Query[]) => Promise<Row[][]>;

type Change<T> = (...rows: Row[][]) => WriteDecision<T>;

const changeBetween = async <T>(read: Run, write: Run, first: readonly Query[], change: Change<T>): Promise<T> => {
  const decision = change(...(await read(first)));
  if (decision.write === undefined) return decision.result([]);
  const [[written] = []] = await write([decision.write]);
  if (written === undefined) throw new WriteConflict('another write of this owner came first');
  return decision.result(written);
};

// Each call is part of a transaction that somebody else ends.
const sessionWithin = (run: Run): OwnerSession => ({
  read: (...queries) => run(queries),
  search: (queries) => run(queries),
  write: async (one) => (await run([one]))[0] as Row[],
  readThenWrite: (first, change) => changeBetween(run, run, first, change),
});

/**
 * Runs `work` in a transaction of its own that shows and accepts this owner's rows only. Role and owner are set for the
 * transaction alone, so nothing stays on a connection that others use next.
 * @param first queries to begin with, sent in the same round trip
 * @param work gets their rows. Unless it commits, everything is rolled back. It is called again when that was in vain;
 * then the owner is locked first, so that other processes cannot write for the owner meanwhile
 * @param locksOwner whether to lock the owner at once
 * @throws what `work` throws, and what the database rejects, as `toError` maps it
 */
export const inOwnerTransaction = <T>(
  transactions: OwnerTransactions,
  owner: string,
  first: readonly Query[],
  work: (rows: Row[][], tx: OwnerTransaction) => Promise<T>,
  { locksOwner = false } = {},
): Promise<T> => {
  let isUnderWay = false;
  let isLocking = locksOwner;
  // The wait for the owner's lock counts: together with that for a connection it takes no longer than either alone.
  let waitsSince: number | undefined = performance.now();
  const attempt = () => {
    const since = waitsSince;
    waitsSince = undefined;
    return transactions.withClient(async (client) => {
      const run: Run = (queries) =>
        observed(transactions.observer, { queries: queries.length, kind: 'transaction' }, () =>
          transactions.sendOn(client, queries),
        );
      isUnderWay = false;
      const lock = isLocking ? [query(transactions.lockOwner, owner)] : [];
      const opening = [begin, ...transactions.setOwner(owner), ...lock];
      isLocking = true;
      const rows = (await run([...opening, ...first])).slice(opening.length);
      isUnderWay = true;
      let isKept = false;
      const result = await work(rows, {
        ...sessionWithin(run),
        async commit(last) {
          const [rows] = await run([last, commit]);
          isKept = true;
          return rows as Row[];
        },
      });
      if (!isKept) await run([rollback]);
      return result;
    }, since);
  };
  const canRetry = (error: unknown) => isStalePlan(error) || (!isUnderWay && isLostConnection(error));
  return transactions.locks
    .exclusive(owner, () => transactions.retry(canRetry, attempt))
    .catch((error) =>
      transactions.rethrow(
        error instanceof WriteConflict
          ? new DatabaseUnavailable('other processes write for this owner all the time', { cause: error })
          : error,
      ),
    );
};

const canRetryRead = (error: unknown) => isLostConnection(error) || isStalePlan(error);

/** Returns a handler that runs `work` after errors of one class, and throws all others. */
const after =
  <T>(reason: typeof RejectedInBatch | typeof WriteConflict, work: () => Promise<T>) =>
  (error: unknown): Promise<T> => {
    if (error instanceof reason) return work();
    throw error;
  };

class DirectSession implements OwnerSession {
  readonly #transactions: OwnerTransactions;
  readonly #owner: string;
  // Whether a write that was lost may have reached the server. A server that is shutting down rejects it without doing it.
  #isSent = false;
  // The wait for the owner's lock counts as one for the database; that of a later attempt begins anew.
  #waitsSince: number | undefined;

  constructor(transactions: OwnerTransactions, owner: string) {
    this.#transactions = transactions;
    this.#owner = owner;
  }

  read(...queries: Query[]): Promise<Row[][]> {
    return this.#readWithRetry(queries, 'read');
  }

  search(queries: readonly Query[], isLong: boolean): Promise<Row[][]> {
    return this.#readWithRetry(queries, isLong ? 'long' : 'short');
  }

  async write(one: Query): Promise<Row[]> {
    const { sharesConnections, locks, rethrow } = this.#transactions;
    this.#waitsSince = performance.now();
    const alone = () => this.#exclusively(() => this.#write([one], 'long'));
    // On one connection an owner's writes do not wait for each other. On several they would wait for the owner's lock in the
    // database, and delay other owners' writes behind them.
    const written = sharesConnections
      ? locks
          .shared(this.#owner, () => this.#retryWrite(() => this.#write([one], 'write')))
          .catch(after(RejectedInBatch, alone))
      : alone();
    const [rows] = await written.catch(rethrow);
    return rows as Row[];
  }

  readThenWrite<T>(first: readonly Query[], change: Change<T>): Promise<T> {
    this.#waitsSince = performance.now();
    const read: Run = (queries) => this.#read(queries, 'read');
    const write: Run = (queries) =>
      this.#write(queries, 'write').catch(after(RejectedInBatch, () => this.#write(queries, 'long')));
    const lockingOwner = () =>
      inOwnerTransaction(
        this.#transactions,
        this.#owner,
        first,
        (rows, { commit }) =>
          changeBetween(
            async () => rows,
            async ([last]) => [await commit(last as Query)],
            first,
            change,
          ),
        { locksOwner: true },
      );
    return this.#exclusively(() => changeBetween(read, write, first, change))
      .catch(after(WriteConflict, lockingOwner))
      .catch(this.#transactions.rethrow);
  }

  #readWithRetry(queries: readonly Query[], kind: OwnerRequest['kind']): Promise<Row[][]> {
    return this.#transactions.retry(canRetryRead, () => this.#read(queries, kind)).catch(this.#transactions.rethrow);
  }

  #read(queries: readonly Query[], kind: OwnerRequest['kind']): Promise<Row[][]> {
    return this.#send({ owner: this.#owner, queries, kind, ping: Number.POSITIVE_INFINITY });
  }

  #write(queries: readonly Query[], kind: OwnerRequest['kind']): Promise<Row[][]> {
    const ping = this.#transactions.pool.prePing ? timeouts.trustedIdle : Number.POSITIVE_INFINITY;
    const onSent = () => {
      this.#isSent = true;
    };
    this.#isSent = false;
    return this.#send({ owner: this.#owner, queries, kind, ping, onSent });
  }

  #send(request: OwnerRequest): Promise<Row[][]> {
    const waitsSince = this.#waitsSince;
    this.#waitsSince = undefined;
    return this.#transactions.send({ ...request, waitsSince });
  }

  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#transactions.locks.exclusive(this.#owner, () => this.#retryWrite(work));
  }

  #retryWrite<T>(work: () => Promise<T>): Promise<T> {
    const canRetryWrite = (error: unknown) =>
      isNotAccepting(error) || isStalePlan(error) || (!this.#isSent && isLostConnection(error));
    return this.#transactions.retry(canRetryWrite, work);
  }
}

/** Returns the owner's session on which every call is a transaction of its own. */
export const ownerSession = (transactions: OwnerTransactions, owner: string): OwnerSession =>
  new DirectSession(transactions, owner);
