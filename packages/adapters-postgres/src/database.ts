import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { CreateTasks } from '../migrations/20261121-create-tasks.ts';
import { KeepAnswers } from '../migrations/20261122-keep-answers.ts';
import { RememberImports } from '../migrations/20261123-remember-imports.ts';
import { unavailableOr } from './failures.ts';
import { schema } from './names.ts';
import { AnswerRow, ImportRow, TaskRow, UserRow } from './rows.ts';

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
      fallback_application_name: 'taskward',
    },
    migrations: {
      tableName: `${schema}.migrations`,
      migrationsList: [
        { name: '20261121-create-tasks', class: CreateTasks },
        { name: '20261122-keep-answers', class: KeepAnswers },
        { name: '20261123-remember-imports', class: RememberImports },
      ],
      snapshot: false,
      silent: true,
    },
    logger: log,
    colors: false,
  });
  return { orm, pool, prepares: true };
};

/** Closes every connection, after the statements that are running. */
export const closeDatabase = ({ orm }: Database): Promise<void> => orm.close(true);

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
