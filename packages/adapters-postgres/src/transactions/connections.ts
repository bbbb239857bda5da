import { databaseUnavailable } from '@taskward/domain';
import type { Pool, PoolClient } from 'pg';
import { isReadOnly, isResponseTimeout, isServerGone, isTimedOut, isWrongPassword } from './failures.ts';
import { reportsReadOnly } from './pg-client.ts';
import { timeouts } from './timeouts.ts';

/** What connections need to know. */
export interface ConnectionSettings {
  /** How many there may be. */
  readonly most: number;
  /** How long one may take to open, in milliseconds. */
  readonly connect: number;
  /** Makes the pool, and has it watched. */
  makePool(): void;
  /** Told, in one sentence, why no connection can be opened. */
  log(message: string): void;
}

/** A connection that leads to where nobody should go any more. */
type IsObsolete = (usage: { readonly opened: number; readonly lastUsed: number }) => boolean;

interface Usage {
  readonly opened: number;
  lastUsed: number;
}

/**
 * The pool's connections, and what their failures say of the others. After a failover the old ones still lead to the
 * server that was demoted: when one of them says so, all that were opened before are replaced.
 */
export class Connections {
  readonly #settings: ConnectionSettings;
  #pool: Pool | undefined;
  readonly #usage = new WeakMap<object, Usage>();
  readonly #listeners: ((isObsolete: IsObsolete) => void)[] = [];
  #opening = 0;
  #replacedAt = Number.NEGATIVE_INFINITY;
  #wokenAt = Number.NEGATIVE_INFINITY;
  #awayUntil = Number.NEGATIVE_INFINITY;
  #loggedAt = Number.NEGATIVE_INFINITY;
  #isReplacingSoon = false;

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
  }

  /** Follows the connections of a pool. */
  watch(pool: Pool): void {
    this.#pool = pool;
    pool.on('connect', (client) => {
      const now = performance.now();
      if (this.isWaking) this.#wokenAt = now;
      this.#usage.set(client, { opened: now, lastUsed: now });
      if (reportsReadOnly(client)) this.#replaceSoon();
    });
    pool.on('release', (_error, client) => {
      const usage = this.#usage.get(client);
      if (usage === undefined) return;
      usage.lastUsed = performance.now();
      // The pool removes one that is ending.
      if (usage.opened <= this.#replacedAt) void client.end();
    });
  }

  /** Calls `listener` whenever connections are to be replaced. It is told how to recognize them. */
  onReplace(listener: (isObsolete: IsObsolete) => void): void {
    this.#listeners.push(listener);
  }

  /** When all connections were replaced last, by `performance.now()`. */
  get replacedAt(): number {
    return this.#replacedAt;
  }

  /**
   * Takes a connection from the pool, to be released. To wait until one is opened is not to wait until one is free: a
   * database that wakes up takes seconds to accept the first, unless it has just been found to be away.
   * @throws pg's errors; DomainError `database/unavailable` when none is free in time
   */
  async take(): Promise<PoolClient> {
    if (this.#pool === undefined) this.#settings.makePool();
    const pool = this.#pool as unknown as Pool;
    const opens = pool.idleCount === 0 && pool.totalCount < this.#settings.most;
    return opens ? this.#open(pool) : this.#limit(pool.connect(), () => false);
  }

  /** Closes every connection. The ORM leaves that undone where it never used the pool itself. */
  async close(): Promise<void> {
    if (this.#pool !== undefined && !this.#pool.ending) await this.#pool.end();
  }

  /**
   * Learns from the failure of what was sent on a connection.
   * @param since when it was sent, by `performance.now()`
   */
  noteFailure(error: unknown, since: number): void {
    const now = performance.now();
    if (isReadOnly(error) || isServerGone(error)) {
      if (now - this.#replacedAt < timeouts.replaceAgain) return;
      this.#replaceAll();
    } else if (isResponseTimeout(error)) {
      this.#awayUntil = now + this.#settings.connect;
      // Nothing was heard on them either, since before it was sent.
      this.#replace(({ lastUsed }) => lastUsed < since, true);
    }
  }

  /** Whether no connection is open yet, and the first is being opened by a database that may be waking up. */
  get isWaking(): boolean {
    const isFirst = this.#opening > 0 && this.#pool?.totalCount === this.#opening;
    return isFirst && performance.now() > this.#awayUntil;
  }

  /**
   * Who waits for a turn since before this moment gives up. Nobody does while the database wakes up, nor until all who
   * waited for that have had their time.
   */
  get givesUpBefore(): number {
    const now = performance.now();
    return this.isWaking || now - this.#wokenAt < timeouts.queue ? Number.NEGATIVE_INFINITY : now - timeouts.queue;
  }

  /**
   * Calls `giveUp` when a turn has been waited for too long.
   * @returns a function that ends the waiting
   */
  limitWait(giveUp: () => void): () => void {
    const since = performance.now();
    const check = () => {
      if (since <= this.givesUpBefore) giveUp();
      else timer = setTimeout(check, timeouts.queueCheck);
    };
    let timer = setTimeout(check, timeouts.queue);
    return () => clearTimeout(timer);
  }

  async #open(pool: Pool): Promise<PoolClient> {
    this.#opening += 1;
    const opened = pool.connect().finally(() => {
      this.#opening -= 1;
    });
    try {
      const client = await this.#limit(opened, () => performance.now() > this.#awayUntil);
      this.#awayUntil = Number.NEGATIVE_INFINITY;
      return client;
    } catch (error) {
      if (isTimedOut(error)) this.#awayUntil = performance.now() + this.#settings.connect;
      if (isServerGone(error)) this.noteFailure(error, Number.NEGATIVE_INFINITY);
      this.#logFailure(error);
      throw error;
    }
  }

  // What is not waited for any more goes back to the pool once it is there.
  #limit(taken: Promise<PoolClient>, isPatient: () => boolean): Promise<PoolClient> {
    return new Promise((resolve, reject) => {
      let isLate = false;
      const late = () => {
        if (isPatient()) {
          stop = this.limitWait(late);
          return;
        }
        isLate = true;
        reject(databaseUnavailable(new Error('no connection to the database became free in time')));
      };
      let stop = this.limitWait(late);
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

  // Reads never fail on a server that takes no writes. Without this, those that were opened between the failure of a
  // write and the switch would go on reading from the server that was demoted.
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
    // Taken out of the pool, as nothing but that tells which ones are idle.
    for (let idle = pool?.idleCount ?? 0; idle > 0; idle -= 1) {
      pool?.connect().then(
        (client) => {
          const usage = this.#usage.get(client);
          const goes = usage !== undefined && isObsolete(usage);
          if (goes && isDead) client.connection.stream.destroy();
          client.release(goes);
        },
        () => {},
      );
    }
  }

  #logFailure(error: unknown): void {
    const now = performance.now();
    if (now - this.#loggedAt < timeouts.logAgain) return;
    this.#loggedAt = now;
    const why = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    this.#settings.log(
      isWrongPassword(error)
        ? `The database refuses the password: ${why}. Check DATABASE_PASSWORD_FILE, or the password in DATABASE_URL.`
        : `No connection to the database can be opened: ${why}`,
    );
  }
}
