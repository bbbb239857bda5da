import type { Pool, PoolClient } from 'pg';
import { DatabaseUnavailable } from './errors.ts';
import { isConnectTimeout, isReadOnly, isResponseTimeout, isServerGone } from './failures.ts';
import { reportsReadOnly } from './pg-client.ts';
import type { ConnectionStatistics } from './statistics.ts';
import { timeouts } from './timeouts.ts';

/** Limits of the pool's connections, and what to call. */
export interface ConnectionSettings {
  /** Connections at most. */
  readonly max: number;
  /** How long one may take to open, in milliseconds. */
  readonly connect: number;
  /** Whether the server is meant to be read-only, so that this is no reason to replace connections. */
  readonly isStandby: boolean;
  /** Makes the pool and passes it to `watch`. Called when the first connection is needed. */
  makePool(): void;
  /** Called when no connection can be opened, at most every ten seconds. */
  onConnectFailure(error: unknown): void;
}

type IsObsolete = (usage: { readonly opened: number; readonly lastUsed: number }) => boolean;

interface Usage {
  readonly opened: number;
  lastUsed: number;
}

/**
 * Hands out the pool's connections, and replaces them when a failure of one concerns the others. After a failover old
 * connections still lead to the demoted server: when one of them reports that, all that were opened before are replaced.
 */
export class Connections {
  readonly #settings: ConnectionSettings;
  #pool: Pool | undefined;
  readonly #usage = new WeakMap<object, Usage>();
  readonly #listeners: ((isObsolete: IsObsolete) => void)[] = [];
  #opening = 0;
  #replacedAt = Number.NEGATIVE_INFINITY;
  #wokenAt = Number.NEGATIVE_INFINITY;
  #unreachableUntil = Number.NEGATIVE_INFINITY;
  #reportedAt = Number.NEGATIVE_INFINITY;
  #isReplacingSoon = false;
  #opened = 0;
  #failed = 0;
  readonly #broken = new WeakSet<object>();
  #brokenCount = 0;

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
  }

  /** Follows the connections of the pool that `makePool` made. */
  watch(pool: Pool): void {
    this.#pool = pool;
    pool.on('connect', (client) => {
      const now = performance.now();
      this.#opened += 1;
      // pg emits it for each connection that ends unasked, and possibly again.
      client.on('error', () => this.#countBroken(client));
      if (this.isWaking) this.#wokenAt = now;
      this.#usage.set(client, { opened: now, lastUsed: now });
      if (!this.#settings.isStandby && reportsReadOnly(client)) this.#replaceSoon();
    });
    pool.on('release', (_error, client) => {
      const usage = this.#usage.get(client);
      if (usage === undefined) return;
      usage.lastUsed = performance.now();
      // The pool removes a connection that is ending.
      if (usage.opened <= this.#replacedAt) void client.end();
    });
  }

  /** Calls `listener` whenever connections are to be replaced, with a function that recognizes them. */
  onReplace(listener: (isObsolete: IsObsolete) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Returns counts of connections.
   * @param unused how many of those that are taken from the pool run nothing
   */
  statistics(unused: number): ConnectionStatistics {
    const { totalCount: open = 0, idleCount: idle = 0, waitingCount: waiting = 0 } = this.#pool ?? {};
    return {
      max: this.#settings.max,
      open,
      inUse: Math.max(0, open - idle - unused),
      waiting,
      opened: this.#opened,
      broken: this.#brokenCount,
      failed: this.#failed,
    };
  }

  /** When all connections were replaced last, by `performance.now()`. */
  get replacedAt(): number {
    return this.#replacedAt;
  }

  /**
   * Takes a connection from the pool, to be released. Waiting until one is opened may take longer than waiting until one
   * is free: a database that wakes up takes seconds to accept the first, unless it was just found to be unreachable.
   * @param since when the wait began, by `performance.now()`: perhaps for something else
   * @throws pg's errors; DatabaseUnavailable when none is free in time
   */
  async take(since = performance.now()): Promise<PoolClient> {
    if (this.#pool === undefined) this.#settings.makePool();
    const pool = this.#pool as unknown as Pool;
    const opens = pool.idleCount === 0 && pool.totalCount < this.#settings.max;
    return opens ? this.#open(pool, since) : this.#limit(pool.connect(), since, () => false);
  }

  /** Closes every connection. */
  async close(): Promise<void> {
    if (this.#pool !== undefined && !this.#pool.ending) await this.#pool.end();
  }

  /**
   * Replaces connections where a failure shows that they are of no use any more.
   * @param since when the failed request was sent, by `performance.now()`
   */
  noteFailure(error: unknown, since: number): void {
    const now = performance.now();
    if (isReadOnly(error) || isServerGone(error)) {
      if (now - this.#replacedAt < timeouts.replaceAgain) return;
      this.#replaceAll();
    } else if (isResponseTimeout(error)) {
      this.#unreachableUntil = now + this.#settings.connect;
      // Nothing was received on these either since before the request was sent.
      this.#replace(({ lastUsed }) => lastUsed < since, true);
    }
  }

  /** Whether no connection is open yet and the first is being opened: the database may be waking up. */
  get isWaking(): boolean {
    const isFirst = this.#opening > 0 && this.#pool?.totalCount === this.#opening;
    return isFirst && performance.now() > this.#unreachableUntil;
  }

  /**
   * Requests that have waited since before this moment give up. None does while the database wakes up, nor until those
   * that waited for it had the usual time.
   */
  get givesUpBefore(): number {
    const now = performance.now();
    return this.isWaking || now - this.#wokenAt < timeouts.queue ? Number.NEGATIVE_INFINITY : now - timeouts.queue;
  }

  /**
   * Calls `giveUp` when a request has waited too long. One that has already is given a last moment.
   * @returns a function to call when the wait is over
   */
  limitWait(giveUp: () => void, since = performance.now()): () => void {
    const check = () => {
      if (since <= this.givesUpBefore) giveUp();
      else timer = setTimeout(check, timeouts.queueCheck);
    };
    const left = since + timeouts.queue - performance.now();
    let timer = setTimeout(check, Math.max(left, timeouts.queueCheck));
    return () => clearTimeout(timer);
  }

  async #open(pool: Pool, since: number): Promise<PoolClient> {
    this.#opening += 1;
    const opened = pool.connect().finally(() => {
      this.#opening -= 1;
    });
    try {
      const client = await this.#limit(opened, since, () => performance.now() > this.#unreachableUntil);
      this.#unreachableUntil = Number.NEGATIVE_INFINITY;
      return client;
    } catch (error) {
      this.#failed += 1;
      if (isConnectTimeout(error)) this.#unreachableUntil = performance.now() + this.#settings.connect;
      if (isServerGone(error)) this.noteFailure(error, Number.NEGATIVE_INFINITY);
      this.#report(error);
      throw error;
    }
  }

  // A connection that comes too late goes back to the pool.
  #limit(taken: Promise<PoolClient>, since: number, isPatient: () => boolean): Promise<PoolClient> {
    return new Promise((resolve, reject) => {
      let isLate = false;
      const late = () => {
        if (isPatient()) {
          stop = this.limitWait(late);
          return;
        }
        isLate = true;
        reject(new DatabaseUnavailable('no connection to the database became free in time'));
      };
      let stop = this.limitWait(late, since);
      taken.then(
        (client) => {
          stop();
          if (isLate) client.release();
          else resolve(client);
        },
        (error) => {
          stop();
          reject(error);
        },
      );
    });
  }

  // Reads never fail on a read-only server. Without this, connections that were opened between the failure of a write and
  // the switch would go on reading from the demoted server.
  #replaceSoon(): void {
    if (this.#isReplacingSoon) return;
    this.#isReplacingSoon = true;
    setTimeout(() => {
      this.#isReplacingSoon = false;
      this.#replaceAll();
    }, timeouts.readOnlyConnection).unref();
  }

  #replaceAll(): void {
    this.#replacedAt = performance.now();
    this.#replace(() => true, false);
  }

  #replace(isObsolete: IsObsolete, isDead: boolean): void {
    for (const listener of this.#listeners) listener(isObsolete);
    const pool = this.#pool;
    // Idle connections can only be found by taking them out of the pool.
    for (let idle = pool?.idleCount ?? 0; idle > 0; idle -= 1) {
      pool?.connect().then(
        (client) => {
          const usage = this.#usage.get(client);
          const isReplaced = usage !== undefined && isObsolete(usage);
          if (isReplaced && isDead) client.connection.stream.destroy();
          client.release(isReplaced);
        },
        () => {},
      );
    }
  }

  #countBroken(client: object): void {
    if (this.#broken.has(client)) return;
    this.#broken.add(client);
    this.#brokenCount += 1;
  }

  #report(error: unknown): void {
    const now = performance.now();
    if (now - this.#reportedAt < timeouts.reportAgain) return;
    this.#reportedAt = now;
    this.#settings.onConnectFailure(error);
  }
}
