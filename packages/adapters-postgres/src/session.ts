import type { UserId } from '@taskward/domain';
import type { PoolClient } from 'pg';
import type { Database } from './database.ts';
import { isLostConnection, isMixedUpStatement, isRefusal, unavailableOr } from './failures.ts';
import { fly, type Row, type Step, statement, step } from './flight.ts';
import { requestRole, userSetting } from './names.ts';

// Sent with every transaction and not with the connection: a transaction pooler refuses or mixes up connection
// settings. ISO dates in UTC are what the mapper reads.
const transactionSettings = {
  statement_timeout: '5s',
  idle_in_transaction_session_timeout: '10s',
  TimeZone: 'UTC',
  DateStyle: 'ISO',
};

const settings = Object.entries(transactionSettings).map(([name, value]) => `set_config('${name}', '${value}', true)`);
const enter = statement(
  `select set_config('role', '${requestRole}', true), set_config('${userSetting}', $1, true), ${settings.join(', ')}`,
);
const begin = step(statement('begin'));
const commit = step(statement('commit'));
const rollback = step(statement('rollback'));

/** Statements of one owner's, which see and reach that owner's rows only. */
export interface OwnerSession {
  /** Runs steps that change nothing, in one transaction and one round trip. @returns each step's rows */
  read(...steps: Step[]): Promise<Row[][]>;
  /** Runs one step that may change something, in one transaction and one round trip. */
  write(one: Step): Promise<Row[]>;
  /**
   * Reads by some steps, lets `decide` say what to write, and writes that: one transaction, two round trips. If `decide`
   * throws or has nothing to write, nothing is written.
   */
  decide<T>(first: readonly Step[], decide: (...rows: Row[][]) => { write?: Step; result: T }): Promise<T>;
}

/** A session in a transaction that stays open until `commit`. */
export interface OwnerTransaction extends OwnerSession {
  /** Runs a last step and keeps everything. */
  commit(last: Step): Promise<void>;
}

/** How long a connection may have lain in the pool before it is asked whether it still lives, in milliseconds. */
const trustedIdle = 1_000;
const lastUsed = new WeakMap<PoolClient, number>();

const take = async (database: Database): Promise<PoolClient> => {
  const pool = await database.orm.em.getConnection().getNativeClient();
  return pool.connect();
};

const giveBack = (client: PoolClient, broken: boolean): void => {
  lastUsed.set(client, performance.now());
  client.release(broken);
};

// A connection whose work failed is in a transaction that failed, unless it was lost. One on which not even a rollback
// works is in a state that nobody knows: it is closed, not reused.
const withClient = async <T>(database: Database, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await take(database);
  try {
    const result = await work(client);
    giveBack(client, false);
    return result;
  } catch (error) {
    const broken =
      isLostConnection(error) ||
      (await fly(client, [rollback], false).then(
        () => false,
        () => true,
      ));
    giveBack(client, broken);
    throw error;
  }
};

type Again = (error: unknown) => boolean;

// A pooled connection may have died in the pool: where nothing can have been done on it, another one is tried. And a
// pooler that does not know of prepared statements hands statements to connections that never heard of them: from
// then on none are prepared.
const withRetries = async <T>(
  database: Database,
  again: Again,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> => {
  const { prePing, size, maxOverflow } = database.pool;
  for (let left = prePing ? size + maxOverflow : 0; ; left -= 1) {
    const prepared = database.prepares;
    try {
      return await withClient(database, work);
    } catch (error) {
      // Several may find it out at once: each of them tries again.
      if (isMixedUpStatement(error) && prepared) database.prepares = false;
      else if (left <= 0 || !again(error)) throw unavailableOr(error);
    }
  }
};

const ping = async (database: Database, client: PoolClient): Promise<void> => {
  const idle = performance.now() - (lastUsed.get(client) ?? 0);
  if (database.pool.prePing && idle > trustedIdle) await fly(client, [], false);
};

/**
 * Runs `work` in one transaction of its own in which the database shows and accepts this owner's rows only: role and
 * owner are set for the transaction alone, so nothing stays on a connection that others use next.
 * @param first steps that it begins with, sent together with the beginning; they must be safe to repeat
 * @param work gets their rows; unless it commits, everything is rolled back
 * @throws DomainError `database/unavailable` when there is no connection in time or it breaks; else what `work` throws.
 */
export const inOwnerTransaction = async <T>(
  database: Database,
  owner: UserId,
  first: readonly Step[],
  work: (rows: Row[][], tx: OwnerTransaction) => Promise<T>,
): Promise<T> => {
  let started = false;
  const again = (error: unknown) => !started && isLostConnection(error);
  return withRetries(database, again, async (client) => {
    started = false;
    const run = (steps: readonly Step[]) => fly(client, steps, database.prepares);
    const [, , ...rows] = await run([begin, step(enter, owner), ...first]);
    started = true;
    let ended = false;
    const result = await work(rows, {
      ...sessionOver((steps) => run(steps)),
      async commit(last) {
        await run([last, commit]);
        ended = true;
      },
    });
    if (!ended) await run([rollback]);
    return result;
  });
};

// Within a transaction that somebody else ends.
const sessionOver = (run: (steps: readonly Step[]) => Promise<Row[][]>): OwnerSession => ({
  read: (...steps) => run(steps),
  write: async (one) => (await run([one]))[0] as Row[],
  async decide(first, decide) {
    const { write, result } = decide(...(await run(first)));
    if (write !== undefined) await run([write]);
    return result;
  },
});

/** The owner's session on which every call is a transaction of its own. */
export const ownerSession = (database: Database, owner: UserId): OwnerSession => {
  const run = async (client: PoolClient, steps: readonly Step[]) => {
    const [, ...rows] = await fly(client, [step(enter, owner), ...steps], database.prepares);
    return rows;
  };
  return {
    read: (...steps) => withRetries(database, isLostConnection, (client) => run(client, steps)),
    write: (one) => {
      // Of what was lost on its way nobody knows whether it arrived; a server that said it was going did not do it.
      let sent = false;
      const again = (error: unknown) => isRefusal(error) || (!sent && isLostConnection(error));
      return withRetries(database, again, async (client) => {
        sent = false;
        await ping(database, client);
        sent = true;
        return (await run(client, [one]))[0] as Row[];
      });
    },
    decide: (first, decide) =>
      inOwnerTransaction(database, owner, first, async (rows, tx) => {
        const { write, result } = decide(...rows);
        if (write !== undefined) await tx.commit(write);
        return result;
      }),
  };
};
