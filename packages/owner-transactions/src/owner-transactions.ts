import type { Pool, PoolClient } from 'pg';
import { assertWritable } from './assert-writable.ts';
import { Connections } from './connections.ts';
import { distributedContext, distributedForms, selectDistribution } from './distributed.ts';
import { WriteConflict } from './errors.ts';
import { isLostConnection, isLostStatement, isReadOnly, toDatabaseError } from './failures.ts';
import { KeyedLock } from './keyed-lock.ts';
import { type OwnerContext, type OwnerContextSettings, ownerContext } from './owner-context.ts';
import type { PoolSettings } from './pg-client.ts';
import { PipelinedPool } from './pipelined-pool.ts';
import {
  begin,
  commit,
  ping,
  type Query,
  type Row,
  rollback,
  type Statement,
  sendPipelined,
  within,
} from './pipelined-query.ts';
import type { OwnerRequest } from './request-queues.ts';
import { observed, type RoundTripObserver } from './round-trip-observer.ts';
import type { TransactionCount, TransactionStatistics } from './statistics.ts';
import { TransactionBatcher } from './transaction-batcher.ts';

/** How transactions of owners run. */
export interface OwnerTransactionsSettings extends OwnerContextSettings {
  /** The settings that the pool was made with. */
  readonly pool: PoolSettings;
  /** Makes the pool, with the options of `poolConfig`, and passes it to `watch`. Called when it is first needed. */
  makePool(): void;
  /** Locks the owner ($1) against writes of other processes until the transaction ends. */
  readonly lockOwner: Statement;
  /** Whether the server is a standby that is only read from. A primary that turns out to be read-only is left otherwise. */
  readonly isStandby?: boolean | undefined;
  /** Called when no connection can be opened, at most every ten seconds. */
  readonly onConnectFailure?: ((error: unknown) => void) | undefined;
  /** Maps every error that leaves the package; by default to DatabaseReadOnly, DatabaseUnavailable or itself. */
  readonly toError?: ((error: unknown) => unknown) | undefined;
  /** Follows what is sent for owners. */
  readonly observer?: RoundTripObserver | undefined;
}

const maxConflicts = 5;
// A pooler that supports prepared statements may still lose one with a server; one that does not loses them all.
const maxLostStatements = 3;

const isFine = () => false;
const isBroken = () => true;

/** Runs a statement with `$1` … for its parameters. @returns its rows */
export type RunStatement = <Found>(text: string, values?: readonly unknown[]) => Promise<Found[]>;

/** Runs transactions of owners on the connections of one pool, and repeats what failed where that is safe. */
export class OwnerTransactions {
  /** The queries that set a transaction's owner. */
  readonly context: OwnerContext;
  /** A lock for each owner's writes in this process. */
  readonly locks: KeyedLock;
  /** Locks the owner against writes of other processes. */
  readonly lockOwner: Statement;
  /** How connections are pooled. */
  readonly pool: PoolSettings;
  /** Follows what is sent for owners. */
  readonly observer: RoundTripObserver | undefined;
  /** Whether statements are prepared; turned off when a pooler turns out not to support that. */
  prepares = true;
  /** How often a prepared statement was unknown to the connection, or a new one was known already. */
  lostStatements = 0;
  /** Throws what an error is mapped to for callers: the last handler of every promise that leaves the package. */
  readonly rethrow: (error: unknown) => never;
  readonly #distributedContext: (owner: string) => Query[];
  #isDistributed: boolean | undefined;
  #asking: Promise<boolean> | undefined;
  readonly #connections: Connections;
  readonly #pipelinedPool: PipelinedPool;
  readonly #batcher: TransactionBatcher;
  readonly #own: TransactionCount = { transactions: 0, requests: 0 };
  readonly #lastUsed = new WeakMap<PoolClient, number>();
  // A batch that failed fails with one error for all its requests.
  readonly #counted = new WeakSet<Error>();

  constructor(settings: OwnerTransactionsSettings) {
    const { pool, makePool, lockOwner, isStandby = false, observer } = settings;
    const { onConnectFailure = () => {}, toError = toDatabaseError } = settings;
    const max = pool.size + pool.maxOverflow;
    this.pool = pool;
    this.observer = observer;
    this.lockOwner = lockOwner;
    this.context = ownerContext(settings);
    this.#distributedContext = distributedContext(settings);
    this.rethrow = (error) => {
      throw toError(error);
    };
    const connect = pool.connectSeconds * 1_000;
    this.#connections = new Connections({ max, connect, isStandby, makePool, onConnectFailure });
    this.#pipelinedPool = new PipelinedPool({
      // Some are left for transactions that need a connection of their own, and for other users of the pool.
      count: Math.min(pool.size, Math.floor((max * 3) / 4)),
      recycle: pool.recycleSeconds * 1_000,
      connect: (since) => this.#connections.take(since),
      onFailure: (error, since) => this.#connections.noteFailure(error, since),
    });
    this.#connections.onReplace((isObsolete) => this.#pipelinedPool.replace(isObsolete));
    this.#batcher = new TransactionBatcher(
      this.#pipelinedPool,
      this.context,
      () => this.prepares,
      () => this.#connections.givesUpBefore,
      observer,
    );
    this.locks = new KeyedLock((giveUp) => this.#connections.limitWait(giveUp));
  }

  /** Uses the connections of a pool that was made with `poolConfig`. */
  watch(pool: Pool): void {
    this.#connections.watch(pool);
  }

  /** Closes all shared connections, after the queries that are running, and then the pool. */
  async close(): Promise<void> {
    await this.closeShared();
    await this.#connections.close();
  }

  /** Gives the shared connections back to the pool, after the queries that are running. */
  closeShared(): Promise<void> {
    return this.#pipelinedPool.close();
  }

  /** Returns what is going on, and counts of what was done. It reads numbers in memory, and asks the database nothing. */
  statistics(): TransactionStatistics {
    return {
      connections: this.#connections.statistics(this.#pipelinedPool.unused),
      waiting: this.#batcher.waiting,
      transactions: { ...this.#batcher.counts, own: this.#own },
    };
  }

  /**
   * Whether requests share connections. They do not where the pool has too few, nor with Citus, where each owner's
   * transaction runs on one worker and one for several owners would have to be committed in two phases.
   */
  get sharesConnections(): boolean {
    return this.#pipelinedPool.count > 0 && this.#isDistributed !== true;
  }

  /**
   * Whether the database has Citus, as it is asked once.
   * @param waitsSince when the wait for a connection began, by `performance.now()`, if it began with something else
   * @throws what the question fails with; then the next call asks again
   */
  async isDistributed(waitsSince?: number): Promise<boolean> {
    if (this.#isDistributed !== undefined) return this.#isDistributed;
    const ask = () =>
      this.#lend(async (client) => (await ping(client, [selectDistribution]))[0]?.[0]?.[0] === 't', waitsSince);
    this.#asking ??= this.retry(isLostConnection, ask).finally(() => {
      this.#asking = undefined;
    });
    this.#isDistributed = await this.#asking;
    return this.#isDistributed;
  }

  /** Returns the queries that set the owner of a transaction that has begun. */
  setOwner(owner: string): readonly Query[] {
    return this.#isDistributed ? this.#distributedContext(owner) : [this.context.setOwner(owner)];
  }

  /** Sends queries on a connection, in the form that they have on this database. @returns each query's rows */
  async sendOn(client: PoolClient, queries: readonly Query[]): Promise<Row[][]> {
    if (!this.#isDistributed) return sendPipelined(client, queries, this.prepares);
    const { sent, rowsOf } = distributedForms(queries);
    return rowsOf(await sendPipelined(client, sent, this.prepares));
  }

  /**
   * Runs a request in one transaction, which it shares with others where connections are shared.
   * @returns each query's rows
   * @throws pg's errors; DatabaseBusy, RejectedInBatch
   */
  send(request: OwnerRequest): Promise<Row[][]> {
    if (this.#isDistributed === undefined) return this.isDistributed(request.waitsSince).then(() => this.send(request));
    if (this.sharesConnections) return this.#batcher.run(request);
    return this.withClient(async (client) => {
      if (performance.now() - (this.#lastUsed.get(client) ?? 0) > request.ping) await ping(client);
      request.onSent?.();
      // Citus repeats settings on its workers in an explicit transaction only.
      const [first, last] = this.#isDistributed ? [[begin], [commit]] : [[], []];
      const opening = [...first, ...this.setOwner(request.owner)];
      const queries = [...opening, ...request.queries, ...last];
      const roundTrip = { queries: queries.length, kind: 'exclusive' } as const;
      const rows = await observed(this.observer, roundTrip, () => this.sendOn(client, queries));
      return rows.slice(opening.length, opening.length + request.queries.length);
    }, request.waitsSince);
  }

  /**
   * Lends a connection to `work`. After a failure it is rolled back, and closed where that fails too, because its state
   * is then unknown.
   * @param waitsSince when the wait began, by `performance.now()`, if it began with something else
   * @throws what `work` throws; pg's errors and DatabaseUnavailable when there is no connection
   */
  async withClient<T>(work: (client: PoolClient) => Promise<T>, waitsSince?: number): Promise<T> {
    if (this.#isDistributed === undefined) await this.isDistributed(waitsSince);
    return this.#lend(work, waitsSince);
  }

  async #lend<T>(work: (client: PoolClient) => Promise<T>, waitsSince?: number): Promise<T> {
    const client = await this.#connections.take(waitsSince);
    // The query that breaks rejects; pg emits the error too, which would end the process.
    const ignore = () => {};
    client.on('error', ignore);
    const giveBack = (isClosed: boolean) => {
      this.#lastUsed.set(client, performance.now());
      client.off('error', ignore);
      client.release(isClosed);
    };
    const since = performance.now();
    this.#own.transactions += 1;
    this.#own.requests += 1;
    try {
      const result = await work(client);
      giveBack(false);
      return result;
    } catch (error) {
      this.#connections.noteFailure(error, since);
      const rollBack = () => sendPipelined(client, [rollback], false).then(isFine, isBroken);
      giveBack(isLostConnection(error) || (await rollBack()));
      throw error;
    }
  }

  /**
   * Runs `work`, and again where nothing of it was done: when its connection had died in the pool, when it met a demoted
   * server, after a write conflict, or when a pooler lost a prepared statement. After a few of those none are prepared.
   * @param canRetry whether the failed work can be done again on another connection
   * @throws what `work` throws the last time
   */
  async retry<T>(canRetry: (error: unknown) => boolean, work: () => Promise<T>): Promise<T> {
    const { prePing, size, maxOverflow } = this.pool;
    let left = prePing ? size + maxOverflow : 0;
    let conflicts = 0;
    for (;;) {
      const prepared = this.prepares;
      const since = performance.now();
      // A read-only server did nothing, and the connection to it is not used again.
      const isReplaced = (error: unknown) => isReadOnly(error) && this.#connections.replacedAt >= since;
      try {
        return await work();
      } catch (error) {
        if (error instanceof WriteConflict) {
          conflicts += 1;
          if (conflicts === maxConflicts) throw error;
        } else if (isLostStatement(error) && prepared) {
          // Several requests may find out at once: each of them tries again.
          if (!this.#counted.has(error as Error)) this.lostStatements += 1;
          this.#counted.add(error as Error);
          if (this.lostStatements >= maxLostStatements) this.prepares = false;
        } else if (left > 0 && (canRetry(error) || isReplaced(error))) left -= 1;
        else throw error;
      }
    }
  }

  /**
   * Runs `work` in one transaction without an owner, on a connection of its own. Where the connection was lost before the
   * transaction began, tries another one.
   * @param limit how long each statement and the commit may take, in milliseconds; then the connection is closed
   * @param work is given what runs a statement, and returns its rows as pg parses them
   * @throws what `work` throws, and what the database rejects, as `toError` maps it
   */
  transaction<T>(limit: number, work: (run: RunStatement) => Promise<T>): Promise<T> {
    let hasBegun = false;
    const attempt = async (client: PoolClient) => {
      const run: RunStatement = (text, values = []) =>
        within(client, limit, async () => (await client.query(text, [...values])).rows);
      await sendPipelined(client, [begin], false);
      hasBegun = true;
      const result = await work(run);
      await run('commit');
      return result;
    };
    const canRetry = (error: unknown) => !hasBegun && isLostConnection(error);
    return this.retry(canRetry, () => this.withClient(attempt)).catch(this.rethrow);
  }

  /**
   * Proves that the database answers and accepts writes. A connection that does not answer is closed.
   * @throws DatabaseUnavailable, DatabaseReadOnly, as `toError` maps them
   */
  assertWritable(): Promise<void> {
    return assertWritable(this.#connections).catch(this.rethrow);
  }
}
