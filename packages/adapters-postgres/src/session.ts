import { databaseUnavailable, type UserId } from '@taskward/domain';
import type { PoolClient } from 'pg';
import { type Database, takeClient } from './database.ts';
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
   * Reads by some steps, lets `decide` say what to write, and writes that, in a round trip each. The step must write
   * only if nothing of the owner's was changed since it was read, and return a row if it did: else all is done again.
   * If `decide` throws or has nothing to write, nothing is written.
   */
  decide<T>(first: readonly Step[], decide: (...rows: Row[][]) => { write?: Step; result: T }): Promise<T>;
}

/** A session in a transaction that stays open until `commit`. */
export interface OwnerTransaction extends OwnerSession {
  /** Runs a last step and keeps everything. */
  commit(last: Step): Promise<void>;
}

// Somebody else's write came between reading and writing.
class Outrun extends Error {}

/** How long a connection may have lain idle before it is asked whether it still lives, in milliseconds. */
const trustedIdle = 1_000;
const lastUsed = new WeakMap<PoolClient, number>();

// A connection whose work failed is in a transaction that failed, unless it was lost. One on which not even a rollback
// works is in a state that nobody knows: it is closed, not reused.
const withClient = async <T>(database: Database, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await takeClient(database);
  // What broke is told to whoever waits for an answer; pg says it once more, to nobody in particular.
  const ignore = () => {};
  client.on('error', ignore);
  const giveBack = (isBroken: boolean) => {
    lastUsed.set(client, performance.now());
    client.off('error', ignore);
    client.release(isBroken);
  };
  try {
    const result = await work(client);
    giveBack(false);
    return result;
  } catch (error) {
    const rollBack = () => fly(client, [rollback], false).then(isFine, isBroken);
    giveBack(isLostConnection(error) || (await rollBack()));
    throw error;
  }
};
const isFine = () => false;
const isBroken = () => true;

/** Steps of a transaction of its own, on a connection that others use too where there are enough of them. */
const send = (database: Database, steps: readonly Step[], ping: number, onSent?: () => void): Promise<Row[][]> => {
  const { lanes } = database;
  if (lanes.count > 0) return lanes.fly(steps, database.prepares, { ping, ...(onSent && { onSent }) });
  return withClient(database, async (client) => {
    if (performance.now() - (lastUsed.get(client) ?? 0) > ping) await fly(client, [], false);
    onSent?.();
    return fly(client, steps, database.prepares);
  });
};

const mostOutruns = 20;
// A pooler that knows of prepared statements may still lose one when a server goes; one that does not loses them all.
const mostMixUps = 3;

// A pooled connection may have died in the pool: where nothing can have been done on it, another one is tried. And a
// pooler that does not know of prepared statements hands statements to connections that never heard of them: from
// then on none are prepared.
const withRetries = async <T>(
  database: Database,
  again: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> => {
  const { prePing, size, maxOverflow } = database.pool;
  let left = prePing ? size + maxOverflow : 0;
  let outruns = 0;
  for (;;) {
    const prepared = database.prepares;
    try {
      return await work();
    } catch (error) {
      if (error instanceof Outrun) {
        outruns += 1;
        if (outruns === mostOutruns) throw databaseUnavailable(error);
      } else if (isMixedUpStatement(error) && prepared) {
        // Several may find it out at once: each of them tries again.
        database.mixUps += 1;
        if (database.mixUps >= mostMixUps) database.prepares = false;
      } else if (left > 0 && again(error)) left -= 1;
      else throw unavailableOr(error);
    }
  }
};

/**
 * Runs `work` in one transaction of its own in which the database shows and accepts this owner's rows only: role and
 * owner are set for the transaction alone, so nothing stays on a connection that others use next.
 * @param first steps that it begins with, sent together with the beginning
 * @param work gets their rows; unless it commits, everything is rolled back. It may be called again when that was in vain
 * @throws DomainError `database/unavailable` when there is no connection in time or it breaks; else what `work` throws.
 */
export const inOwnerTransaction = async <T>(
  database: Database,
  owner: UserId,
  first: readonly Step[],
  work: (rows: Row[][], tx: OwnerTransaction) => Promise<T>,
): Promise<T> => {
  let isUnderWay = false;
  const attempt = () =>
    withClient(database, async (client) => {
      const run = (steps: readonly Step[]) => fly(client, steps, database.prepares);
      isUnderWay = false;
      const [, , ...rows] = await run([begin, step(enter, owner), ...first]);
      isUnderWay = true;
      let isKept = false;
      const result = await work(rows, {
        ...sessionOver(run),
        async commit(last) {
          await run([last, commit]);
          isKept = true;
        },
      });
      if (!isKept) await run([rollback]);
      return result;
    });
  return database.writers.take(owner, () =>
    withRetries(database, (error) => !isUnderWay && isLostConnection(error), attempt),
  );
};

type Run = (steps: readonly Step[]) => Promise<Row[][]>;

const decideOver =
  (read: Run, write: Run): OwnerSession['decide'] =>
  async (first, decide) => {
    const { write: one, result } = decide(...(await read(first)));
    if (one === undefined) return result;
    const [written] = await write([one]);
    if (written?.length === 0) throw new Outrun('another write of this user came first');
    return result;
  };

// Within a transaction that somebody else ends.
const sessionOver = (run: Run): OwnerSession => ({
  read: (...steps) => run(steps),
  write: async (one) => (await run([one]))[0] as Row[],
  decide: decideOver(run, run),
});

/** The owner's session on which every call is a transaction of its own. */
export const ownerSession = (database: Database, owner: UserId): OwnerSession => {
  const ping = database.pool.prePing ? trustedIdle : Number.POSITIVE_INFINITY;
  const read: Run = async (steps) => {
    const rows = await send(database, [step(enter, owner), ...steps], Number.POSITIVE_INFINITY);
    return rows.slice(1);
  };
  // Of what was lost on its way nobody knows whether it arrived; a server that said it was going did not do it.
  let isSent = false;
  const canBeSentAgain = (error: unknown) => isRefusal(error) || (!isSent && isLostConnection(error));
  const write: Run = async (steps) => {
    isSent = false;
    const rows = await send(database, [step(enter, owner), ...steps], ping, () => {
      isSent = true;
    });
    return rows.slice(1);
  };
  return {
    read: (...steps) => withRetries(database, isLostConnection, () => read(steps)),
    // Writes of one owner would wait for each other in the database, and keep others waiting behind them there.
    write: (one) =>
      database.writers.take(owner, () =>
        withRetries(database, canBeSentAgain, async () => (await write([one]))[0] as Row[]),
      ),
    decide: (first, decide) =>
      database.writers.take(owner, () =>
        withRetries(database, canBeSentAgain, () => decideOver(read, write)(first, decide)),
      ),
  };
};
