import type { UserId } from '@taskward/domain';
import type { RawBuilder } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import type { Database, PoolSettings } from './database.ts';
import { isLostConnection, unavailableOr } from './failures.ts';
import { requestRole, userSetting } from './names.ts';

// Sent with every transaction and not with the connection: a transaction pooler refuses or mixes up connection
// settings. ISO dates in UTC are what the mapper reads.
const transactionSettings = {
  statement_timeout: '5s',
  idle_in_transaction_session_timeout: '10s',
  TimeZone: 'UTC',
  DateStyle: 'ISO',
};

/** Runs statements inside one owner's transaction. */
export interface OwnerTransaction {
  /** The rows that a statement returns. */
  query<T>(statement: RawBuilder<T>): Promise<T[]>;
}

const settings = Object.entries(transactionSettings).map(([name, value]) => `set_config('${name}', '${value}', true)`);
const enter = `select set_config('role', '${requestRole}', true), set_config('${userSetting}', $1, true), ${settings.join(', ')}`;

const runOn = async <T>(client: PoolClient, owner: UserId, kysely: Executor, work: Work<T>): Promise<T> => {
  await client.query(enter, [owner]);
  const result = await work({
    async query<R>(statement: RawBuilder<R>) {
      const { sql, parameters } = statement.compile(kysely);
      return (await client.query<R & object>(sql, [...parameters])).rows;
    },
  });
  await client.query('commit');
  return result;
};

type Work<T> = (tx: OwnerTransaction) => Promise<T>;
type Executor = Parameters<RawBuilder<unknown>['compile']>[0];

/**
 * Runs `work` in one transaction of its own in which the database shows and accepts this owner's rows only: role and
 * owner are set for the transaction alone, so nothing stays on a connection that others use next.
 *
 * The connections are the ORM's; the transaction is not. The ORM's own never gives a connection back whose `begin`
 * failed: after a restart of the server the pool would have stayed full of dead ones (docs/adr/0006).
 * @throws DomainError `database/unavailable` when there is no connection in time or it breaks; else what `work` throws.
 */
export const inOwnerTransaction = async <T>(database: Database, owner: UserId, work: Work<T>): Promise<T> => {
  try {
    const connection = database.orm.em.getConnection();
    const client = await begin(await connection.getNativeClient(), database.pool);
    let broken: unknown;
    try {
      return await runOn(client, owner, connection.getClient(), work);
    } catch (error) {
      await client.query('rollback').catch((failure) => {
        broken = failure;
      });
      throw error;
    } finally {
      // A connection on which even a rollback failed is in a state that nobody knows: it is closed, not reused.
      client.release(broken !== undefined);
    }
  } catch (error) {
    throw unavailableOr(error);
  }
};

// A pooled connection may have died in the pool. Nothing was done on it yet, so the next one may be tried.
const begin = async (pool: Pool, { prePing, size, maxOverflow }: PoolSettings): Promise<PoolClient> => {
  for (let left = prePing ? size + maxOverflow : 0; ; left -= 1) {
    const client = await pool.connect();
    try {
      await client.query('begin');
      return client;
    } catch (error) {
      client.release(true);
      if (left === 0 || !isLostConnection(error)) throw error;
    }
  }
};
