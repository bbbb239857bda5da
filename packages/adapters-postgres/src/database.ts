import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import type { PoolClient } from 'pg';
import { CreateTasks } from '../migrations/20261121-create-tasks.ts';
import { KeepAnswers } from '../migrations/20261122-keep-answers.ts';
import { RememberImports } from '../migrations/20261123-remember-imports.ts';
import { LightenWrites } from '../migrations/20261124-lighten-writes.ts';
import { CheckByType } from '../migrations/20261125-check-by-type.ts';
import { IndexSearch } from '../migrations/20261127-index-search.ts';
import { unavailableOr } from './failures.ts';
import { Lanes } from './lanes.ts';
import { schema } from './names.ts';
import { OwnerSizes } from './owner-sizes.ts';
import { AnswerRow, ImportRow, TaskRow, UserRow } from './rows.ts';
import { SharedTransactions } from './shared-transactions.ts';
import { Turns } from './turns.ts';

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
}

/** An open database: the ORM and its pool. */
export interface Database {
  readonly orm: MikroORM;
  readonly pool: PoolSettings;
  /** Whether statements are prepared; turned off when a pooler between turns out not to know of that. */
  prepares: boolean;
  /** How often a prepared statement was not where it should have been. */
  mixUps: number;
  /** Connections that reads and single writes share. */
  readonly lanes: Lanes;
  /** Transactions that they share there. */
  readonly shared: SharedTransactions;
  /** How many tasks owners have, which says what their filtered lists may cost. */
  readonly sizes: OwnerSizes;
  /** Turns of each owner's writes. */
  readonly writers: Turns;
}

const idleOverflowMilliseconds = 10_000;
const connectMilliseconds = 2_000;

/**
 * Opens a PostgreSQL database. No connection is made before the first one is needed.
 * @param url a `postgresql://` URL; TLS by its `sslmode`
 * @param log told, in one line, of connections that broke
 */
export const openDatabase = (url: string, pool: PoolSettings, log: (message: string) => void = () => {}): Database => {
  const orm = new MikroORM({
    clientUrl: url,
    entities: [UserRow, TaskRow, AnswerRow, ImportRow],
    extensions: [Migrator],
    schema,
    pool: { min: pool.size, max: pool.size + pool.maxOverflow, idleTimeoutMillis: idleOverflowMilliseconds },
    driverOptions: {
      // The ORM takes host, user and database from the URL and drops its parameters, `sslmode` among them: pg reads all.
      connectionString: url,
      connectionTimeoutMillis: connectMilliseconds,
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
      ],
      snapshot: false,
      silent: true,
    },
    logger: log,
    colors: false,
  });
  const lanes = new Lanes({
    // Some are left for transactions that need a connection of their own, and for the ORM.
    count: Math.min(pool.size, Math.floor(((pool.size + pool.maxOverflow) * 3) / 4)),
    recycle: pool.recycleSeconds * 1_000,
    connect: () => takeClient({ orm }),
  });
  const database: Database = {
    orm,
    pool,
    prepares: true,
    mixUps: 0,
    lanes,
    shared: new SharedTransactions(lanes, () => database.prepares),
    sizes: new OwnerSizes(),
    writers: new Turns(connectMilliseconds),
  };
  return database;
};

/** Takes a connection from the pool, to be released. @throws pg's errors when there is none in time */
export const takeClient = async ({ orm }: Pick<Database, 'orm'>): Promise<PoolClient> => {
  const pool = await orm.em.getConnection().getNativeClient();
  return pool.connect();
};

/** Closes every connection, after the statements that are running. */
export const closeDatabase = async ({ orm, lanes }: Database): Promise<void> => {
  await lanes.close();
  await orm.close(true);
};

/**
 * Proves that the database answers.
 * @throws DomainError `database/unavailable`
 */
export const pingDatabase = async ({ orm }: Database): Promise<void> => {
  try {
    await orm.em.getConnection().execute('select 1');
  } catch (error) {
    throw unavailableOr(error);
  }
};
