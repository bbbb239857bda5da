import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { databaseReadOnly } from '@taskward/domain';
import type { Pool, PoolClient } from 'pg';
import { CreateTasks } from '../migrations/20261121-create-tasks.ts';
import { KeepAnswers } from '../migrations/20261122-keep-answers.ts';
import { RememberImports } from '../migrations/20261123-remember-imports.ts';
import { LightenWrites } from '../migrations/20261124-lighten-writes.ts';
import { CheckByType } from '../migrations/20261125-check-by-type.ts';
import { IndexSearch } from '../migrations/20261127-index-search.ts';
import { BoundStorage } from '../migrations/20261128-bound-storage.ts';
import { RenameAnswers } from '../migrations/20261129-rename-answers.ts';
import { GuardErasure } from '../migrations/20261130-guard-erasure.ts';
import { IdempotencyKeyRow, IdempotencyUsageRow, ImportRow, TaskRow, UserRow } from './schema/entities.ts';
import { schema } from './schema/names.ts';
import { OwnerSizes } from './stores/owner-sizes.ts';
import { Connections } from './transactions/connections.ts';
import { unavailableOr } from './transactions/failures.ts';
import { KeyedLock } from './transactions/keyed-lock.ts';
import { clientClass } from './transactions/pg-client.ts';
import { PipelinedPool } from './transactions/pipelined-pool.ts';
import { ping, query, statement } from './transactions/pipelined-query.ts';
import { timeouts } from './transactions/timeouts.ts';
import { TransactionBatcher } from './transactions/transaction-batcher.ts';

/** How connections are pooled, in SQLAlchemy's terms. */
export interface PoolSettings {
  /** Connections kept open, ≥ 1. */
  readonly size: number;
  /** Further connections opened under load and closed when idle, ≥ 0. */
  readonly maxOverflow: number;
  /** Whether a connection that died in the pool is replaced before a request notices. */
  readonly prePing: boolean;
  /** Seconds after which a connection is replaced. */
  readonly recycleSeconds: number;
  /** Seconds that a connection may take to open. */
  readonly connectSeconds: number;
}

/** What else a database is opened with. */
export interface DatabaseOptions {
  /** Told, in one line, of connections that broke or cannot be opened. */
  readonly log?: (message: string) => void;
  /** A file with the password, read for every connection that is opened; it wins over the URL's. */
  readonly passwordFile?: string | undefined;
}

/** An open database: the ORM and its pool. */
export interface Database {
  readonly orm: MikroORM;
  readonly pool: PoolSettings;
  /** The connections of the pool. */
  readonly connections: Connections;
  /** Whether statements are prepared; turned off when a pooler between turns out not to know of that. */
  prepares: boolean;
  /** How often a prepared statement was not where it should have been. */
  lostStatements: number;
  /** Connections that reads and single writes share. */
  readonly pipelinedPool: PipelinedPool;
  /** Transactions that they share there. */
  readonly batcher: TransactionBatcher;
  /** How many tasks owners have, which says what their filtered lists may cost. */
  readonly sizes: OwnerSizes;
  /** Turns of each owner's writes. */
  readonly ownerLocks: KeyedLock;
}

/**
 * Opens a PostgreSQL database. No connection is made before the first one is needed.
 * @param url a `postgresql://` URL; TLS by its `sslmode`
 */
export const openDatabase = (
  url: string,
  pool: PoolSettings,
  { log = () => {}, passwordFile }: DatabaseOptions = {},
): Database => {
  const orm = new MikroORM({
    clientUrl: url,
    entities: [UserRow, TaskRow, IdempotencyKeyRow, IdempotencyUsageRow, ImportRow],
    extensions: [Migrator],
    schema,
    pool: { min: pool.size, max: pool.size + pool.maxOverflow, idleTimeoutMillis: timeouts.idleOverflow },
    driverOptions: {
      // The ORM takes host, user and database from the URL and drops its parameters, `sslmode` among them: pg reads all.
      connectionString: url,
      connectionTimeoutMillis: pool.connectSeconds * 1_000,
      Client: clientClass(passwordFile),
      onPoolCreated: (made: Pool) => connections.watch(made),
      maxLifetimeSeconds: pool.recycleSeconds,
      keepAlive: true,
      pipeline: true,
      fallback_application_name: 'taskward',
    },
    migrations: {
      tableName: `${schema}.migrations`,
      migrationsList: [
        { name: '20261121-create-tasks', class: CreateTasks },
        { name: '20261122-keep-answers', class: KeepAnswers },
        { name: '20261123-remember-imports', class: RememberImports },
        { name: '20261124-lighten-writes', class: LightenWrites },
        { name: '20261125-check-by-type', class: CheckByType },
        { name: '20261127-index-search', class: IndexSearch },
        { name: '20261128-bound-storage', class: BoundStorage },
        { name: '20261129-rename-answers', class: RenameAnswers },
        { name: '20261130-guard-erasure', class: GuardErasure },
      ],
      snapshot: false,
      silent: true,
    },
    logger: log,
    colors: false,
  });
  const connections = new Connections({
    most: pool.size + pool.maxOverflow,
    connect: pool.connectSeconds * 1_000,
    // Not `getNativeClient`, which opens a connection first, of which nothing would be known here.
    makePool: () => void orm.em.getConnection().getClient(),
    log,
  });
  const pipelinedPool = new PipelinedPool({
    // Some are left for transactions that need a connection of their own, and for the ORM.
    count: Math.min(pool.size, Math.floor(((pool.size + pool.maxOverflow) * 3) / 4)),
    recycle: pool.recycleSeconds * 1_000,
    connect: () => connections.take(),
    onFailure: (error, since) => connections.noteFailure(error, since),
  });
  connections.onReplace((isObsolete) => pipelinedPool.replace(isObsolete));
  const database: Database = {
    orm,
    pool,
    connections,
    prepares: true,
    lostStatements: 0,
    pipelinedPool,
    batcher: new TransactionBatcher(
      pipelinedPool,
      () => database.prepares,
      () => connections.givesUpBefore,
    ),
    sizes: new OwnerSizes(),
    ownerLocks: new KeyedLock((giveUp) => connections.limitWait(giveUp)),
  };
  return database;
};

/** Takes a connection from the pool, to be released. @throws pg's errors when there is none in time */
export const takeClient = ({ connections }: Pick<Database, 'connections'>): Promise<PoolClient> => connections.take();

/** Closes every connection, after the statements that are running. */
export const closeDatabase = async ({ orm, pipelinedPool, connections }: Database): Promise<void> => {
  await pipelinedPool.close();
  await orm.close(true);
  await connections.close();
};

const readOnly = () => databaseReadOnly(Object.assign(new Error('the server is read-only'), { code: '25006' }));

const accepts = query(
  statement(`select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as read_only`),
);

/**
 * Proves that the database answers and accepts writes. A connection that does not answer is closed.
 * @throws DomainError `database/unavailable`
 */
export const pingDatabase = async (database: Database): Promise<void> => {
  const { connections } = database;
  try {
    const client = await takeClient(database);
    const ignore = () => {};
    client.on('error', ignore);
    const since = performance.now();
    try {
      const [[row] = []] = await ping(client, [accepts]);
      if (row?.[0] === 't') throw readOnly();
      client.off('error', ignore).release();
    } catch (error) {
      client.off('error', ignore).release(true);
      connections.noteFailure(error, since);
      throw error;
    }
  } catch (error) {
    throw unavailableOr(error);
  }
};
