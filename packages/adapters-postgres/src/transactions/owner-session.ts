import { databaseUnavailable, type UserId } from '@taskward/domain';
import type { PoolClient } from 'pg';
import { type Database, takeClient } from '../database.ts';
import {
  isLostConnection,
  isLostStatement,
  isNotAccepting,
  isReadOnly,
  isStalePlan,
  unavailableOr,
} from './failures.ts';
import { setOwner } from './owner-context.ts';
import { ping, type Query, query, type Row, sendPipelined, statement } from './pipelined-query.ts';
import { timeouts } from './timeouts.ts';
import { type OwnerRequest, RejectedInBatch } from './transaction-batcher.ts';

const begin = query(statement('begin'));
const commit = query(statement('commit'));
const lockOwner = statement('select from taskward.users where id = $1 for no key update');
const rollback = query(statement('rollback'));

/** What is to be written, if anything, and what comes of it. */
export interface WriteDecision<T> {
  readonly write?: Query;
  /** @param written the first row that the step returned */
  result(written: Row): T;
}

/** Statements of one owner's, which see and reach that owner's rows only. */
export interface OwnerSession {
  /** Runs steps that change nothing, in one transaction and one round trip. @returns each step's rows */
  read(...queries: Query[]): Promise<Row[][]>;
  /**
   * The same with steps that may take longer, so that plain reads do not wait for them.
   * @param isLong whether they may take so long that a share of the connections is kept from them
   */
  search(queries: readonly Query[], isLong: boolean): Promise<Row[][]>;
  /** Runs one step that may change something, in one transaction and one round trip. */
  write(one: Query): Promise<Row[]>;
  /**
   * Reads by some steps, lets `decide` say what to write, and writes that, in a round trip each. The step must write
   * only if what was read is still so, and return a row if it did: else all is done again.
   * If `decide` throws or has nothing to write, nothing is written.
   */
  readThenWrite<T>(first: readonly Query[], change: (...rows: Row[][]) => WriteDecision<T>): Promise<T>;
}

/** A session in a transaction that stays open until `commit`. */
export interface OwnerTransaction extends OwnerSession {
  /** Runs a last step and keeps everything. @returns its rows */
  commit(last: Query): Promise<Row[]>;
}

// Somebody else's write came between reading and writing.
class WriteConflict extends Error {}

const lastUsed = new WeakMap<PoolClient, number>();

/**
 * Lends a connection to `work`. One whose work failed is in a transaction that failed, unless it was lost. One on which
 * not even a rollback works is in a state that nobody knows: it is closed, not reused.
 */
export const withClient = async <T>(database: Database, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await takeClient(database);
  // What broke is told to whoever waits for an answer; pg says it once more, to nobody in particular.
  const ignore = () => {};
  client.on('error', ignore);
  const giveBack = (isBroken: boolean) => {
    lastUsed.set(client, performance.now());
    client.off('error', ignore);
    client.release(isBroken);
  };
  const since = performance.now();
  try {
    const result = await work(client);
    giveBack(false);
    return result;
  } catch (error) {
    database.connections.noteFailure(error, since);
    const rollBack = () => sendPipelined(client, [rollback], false).then(isFine, isBroken);
    giveBack(isLostConnection(error) || (await rollBack()));
    throw error;
  }
};
const isFine = () => false;
const isBroken = () => true;

/** Steps of one transaction, on a connection that others use too where there are enough of them. */
const send = (database: Database, request: OwnerRequest): Promise<Row[][]> => {
  if (database.pipelinedPool.count > 0) return database.batcher.run(request);
  return withClient(database, async (client) => {
    if (performance.now() - (lastUsed.get(client) ?? 0) > request.ping) await ping(client);
    request.onSent?.();
    const rows = await sendPipelined(client, [setOwner(request.owner), ...request.queries], database.prepares);
    return rows.slice(1);
  });
};

const maxConflicts = 5;
// A pooler that knows of prepared statements may still lose one when a server goes; one that does not loses them all.
const maxLostStatements = 3;
// One flight that failed fails for all whose errands it carried.
const counted = new WeakSet<Error>();

/**
 * A pooled connection may have died in the pool: where nothing can have been done on it, another one is tried. And a
 * pooler that does not know of prepared statements hands statements to connections that never heard of them: from
 * then on none are prepared.
 * @param again whether what failed can be tried on another connection
 */
export const withRetries = async <T>(
  database: Database,
  again: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> => {
  const { prePing, size, maxOverflow } = database.pool;
  let left = prePing ? size + maxOverflow : 0;
  let conflicts = 0;
  for (;;) {
    const prepared = database.prepares;
    const since = performance.now();
    // What met a server that was demoted did nothing, and what it was sent on is not used again.
    const isReplaced = (error: unknown) => isReadOnly(error) && database.connections.replacedAt >= since;
    try {
      return await work();
    } catch (error) {
      if (error instanceof WriteConflict) {
        conflicts += 1;
        if (conflicts === maxConflicts) throw error;
      } else if (isLostStatement(error) && prepared) {
        // Several may find it out at once: each of them tries again.
        if (!counted.has(error as Error)) database.lostStatements += 1;
        counted.add(error as Error);
        if (database.lostStatements >= maxLostStatements) database.prepares = false;
      } else if (left > 0 && (again(error) || isReplaced(error))) left -= 1;
      else throw unavailableOr(error);
    }
  }
};

/**
 * Runs `work` in one transaction of its own in which the database shows and accepts this owner's rows only: role and
 * owner are set for the transaction alone, so nothing stays on a connection that others use next.
 * @param first steps that it begins with, sent together with the beginning
 * @param work gets their rows; unless it commits, everything is rolled back. It may be called again when that was in vain:
 * then other processes, which may have written for this owner meanwhile, are kept out
 * @param isOutrun whether to keep them out at once
 * @throws DomainError `database/unavailable` when there is no connection in time or it breaks; else what `work` throws.
 */
export const inOwnerTransaction = async <T>(
  database: Database,
  owner: UserId,
  first: readonly Query[],
  work: (rows: Row[][], tx: OwnerTransaction) => Promise<T>,
  { hadConflict = false } = {},
): Promise<T> => {
  let isUnderWay = false;
  let locksOwner = hadConflict;
  const attempt = () =>
    withClient(database, async (client) => {
      const run = (queries: readonly Query[]) => sendPipelined(client, queries, database.prepares);
      isUnderWay = false;
      const opening = [begin, setOwner(owner), ...(locksOwner ? [query(lockOwner, owner)] : [])];
      locksOwner = true;
      const rows = (await run([...opening, ...first])).slice(opening.length);
      isUnderWay = true;
      let isKept = false;
      const result = await work(rows, {
        ...sessionOver(run),
        async commit(last) {
          const [rows] = await run([last, commit]);
          isKept = true;
          return rows as Row[];
        },
      });
      if (!isKept) await run([rollback]);
      return result;
    });
  const again = (error: unknown) => isStalePlan(error) || (!isUnderWay && isLostConnection(error));
  return database.ownerLocks
    .exclusive(owner, () => withRetries(database, again, attempt))
    .catch((error) => {
      throw error instanceof WriteConflict ? databaseUnavailable(error) : error;
    });
};

const isGone = (error: unknown) => isLostConnection(error) || isStalePlan(error);

type Class = abstract new (...args: never[]) => Error;

const ifIs =
  <T>(reason: Class, work: () => Promise<T>) =>
  (error: unknown): Promise<T> => {
    if (error instanceof reason) return work();
    throw error;
  };

type Run = (queries: readonly Query[]) => Promise<Row[][]>;

const readThenWriteOver =
  (read: Run, write: Run): OwnerSession['readThenWrite'] =>
  async (first, change) => {
    const decision = change(...(await read(first)));
    if (decision.write === undefined) return decision.result([]);
    const [[written] = []] = await write([decision.write]);
    if (written === undefined) throw new WriteConflict('another write of this user came first');
    return decision.result(written);
  };

// Within a transaction that somebody else ends.
const sessionOver = (run: Run): OwnerSession => ({
  read: (...queries) => run(queries),
  search: (queries) => run(queries),
  write: async (one) => (await run([one]))[0] as Row[],
  readThenWrite: readThenWriteOver(run, run),
});

class DirectSession implements OwnerSession {
  readonly #database: Database;
  readonly #owner: UserId;
  // Of what was lost on its way nobody knows whether it arrived; a server that said it was going did not do it.
  #isSent = false;

  constructor(database: Database, owner: UserId) {
    this.#database = database;
    this.#owner = owner;
  }

  read(...queries: Query[]): Promise<Row[][]> {
    return withRetries(this.#database, isGone, () => this.#read(queries, 'read'));
  }

  search(queries: readonly Query[], isLong: boolean): Promise<Row[][]> {
    return withRetries(this.#database, isGone, () => this.#read(queries, isLong ? 'alone' : 'filter'));
  }

  async write(one: Query): Promise<Row[]> {
    const alone = () => this.#exclusively(() => this.#write([one], 'alone'));
    const [rows] = await this.#alongsideOthers(() => this.#write([one], 'write')).catch(ifIs(RejectedInBatch, alone));
    return rows as Row[];
  }

  readThenWrite<T>(first: readonly Query[], change: (...rows: Row[][]) => WriteDecision<T>): Promise<T> {
    const read: Run = (queries) => this.#read(queries, 'read');
    // It has its turn already.
    const write: Run = (queries) =>
      this.#write(queries, 'write').catch(ifIs(RejectedInBatch, () => this.#write(queries, 'alone')));
    const lockingOwner = () =>
      inOwnerTransaction(
        this.#database,
        this.#owner,
        first,
        (rows, { commit }) => {
          const writeLast: Run = async ([last]) => [await commit(last as Query)];
          return readThenWriteOver(async () => rows, writeLast)(first, change);
        },
        { hadConflict: true },
      );
    return this.#exclusively(() => readThenWriteOver(read, write)(first, change)).catch(
      ifIs(WriteConflict, lockingOwner),
    );
  }

  #read(queries: readonly Query[], kind: OwnerRequest['kind']): Promise<Row[][]> {
    return send(this.#database, { owner: this.#owner, queries, kind, ping: Number.POSITIVE_INFINITY });
  }

  #write(queries: readonly Query[], kind: OwnerRequest['kind']): Promise<Row[][]> {
    const ping = this.#database.pool.prePing ? timeouts.trustedIdle : Number.POSITIVE_INFINITY;
    const onSent = () => {
      this.#isSent = true;
    };
    this.#isSent = false;
    return send(this.#database, { owner: this.#owner, queries, kind, ping, onSent });
  }

  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#database.ownerLocks.exclusive(this.#owner, () => this.#withRetries(work));
  }

  // One behind the other on one connection, an owner's writes do not wait for each other. On several they would, and
  // keep others waiting behind them.
  #alongsideOthers<T>(work: () => Promise<T>): Promise<T> {
    const { pipelinedPool, ownerLocks } = this.#database;
    return pipelinedPool.count > 0
      ? ownerLocks.shared(this.#owner, () => this.#withRetries(work))
      : this.#exclusively(work);
  }

  #withRetries<T>(work: () => Promise<T>): Promise<T> {
    const canBeSentAgain = (error: unknown) =>
      isNotAccepting(error) || isStalePlan(error) || (!this.#isSent && isLostConnection(error));
    return withRetries(this.#database, canBeSentAgain, work);
  }
}

/** The owner's session on which every call is a transaction of its own. */
export const ownerSession = (database: Database, owner: UserId): OwnerSession => new DirectSession(database, owner);
