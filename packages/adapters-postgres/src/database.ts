import { readFile } from 'node:fs/promises';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { databaseUnavailable } from '@taskward/application';
import {
  DatabaseUnavailable,
  isWrongPassword,
  OwnerTransactions,
  type PoolSettings,
  poolConfig,
  type RoundTripObserver,
} from '@taskward/owner-transactions';
import type { Pool } from 'pg';
import { CreateTasks } from '../migrations/20261121-create-tasks.ts';
import { KeepAnswers } from '../migrations/20261122-keep-answers.ts';
import { RememberImports } from '../migrations/20261123-remember-imports.ts';
import { LightenWrites } from '../migrations/20261124-lighten-writes.ts';
import { CheckByType } from '../migrations/20261125-check-by-type.ts';
import { IndexSearch } from '../migrations/20261127-index-search.ts';
import { BoundStorage } from '../migrations/20261128-bound-storage.ts';
import { RenameAnswers } from '../migrations/20261129-rename-answers.ts';
import { GuardErasure } from '../migrations/20261130-guard-erasure.ts';
import { LogChanges } from '../migrations/20261201-log-changes.ts';
import { KeepEvents } from '../migrations/20261202-keep-events.ts';
import { PlanTasks } from '../migrations/20261203-plan-tasks.ts';
import { KeepMetadata } from '../migrations/20261204-keep-metadata.ts';
import { toApplicationError } from './errors.ts';
import { ownerSettings } from './isolation/owner-settings.ts';
import { ChangeRow, IdempotencyKeyRow, IdempotencyUsageRow, ImportRow, TaskRow, UserRow } from './schema/entities.ts';
import { schema } from './schema/names.ts';
import { OutboxRow, WebhookDeliveryRow, WebhookEndpointRow } from './schema/webhook-entities.ts';
import { OwnerSizes } from './stores/tasks/owner-sizes.ts';

export type { PoolSettings, RoundTripObserver } from '@taskward/owner-transactions';

/** The options of `openDatabase`. */
export interface DatabaseOptions {
  /** Called with one line when a connection breaks or cannot be opened. */
  readonly log?: (message: string) => void;
  /** A file with the password, read for each new connection; it takes precedence over the URL's. */
  readonly passwordFile?: string | undefined;
  /** Whether it is a standby, to be read from only. What it fails with stays as it is, and is not logged. */
  readonly isStandby?: boolean;
  /** Follows what is sent for owners. */
  readonly observer?: RoundTripObserver | undefined;
}

/** An open database: the ORM and the owner transactions, which share a pool. */
export interface Database {
  readonly orm: MikroORM;
  readonly transactions: OwnerTransactions;
  /** The cached number of tasks per owner, which estimates the cost of filtered lists. */
  readonly sizes: OwnerSizes;
}

/**
 * Reads a password file, without the line break at its end.
 * @throws ApplicationError `database/unavailable`, whose cause says what is wrong with the file
 */
const readPasswordFile = async (path: string): Promise<string> => {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw databaseUnavailable(new Error(`DATABASE_PASSWORD_FILE cannot be read: ${error.message}`, { cause: error }));
  });
  const password = text.replace(/\r?\n$/, '');
  if (password === '') throw databaseUnavailable(new Error(`DATABASE_PASSWORD_FILE is empty: ${path}`));
  return password;
};

const connectFailure = (error: unknown): string => {
  const reason = error instanceof Error && !(error instanceof DatabaseUnavailable) ? error.cause : error;
  const why = reason instanceof Error ? reason.message : String(error);
  return isWrongPassword(error)
    ? `The database refuses the password: ${why}. Check DATABASE_PASSWORD_FILE, or the password in DATABASE_URL.`
    : `No connection to the database can be opened: ${why}`;
};

/**
 * Opens a PostgreSQL database. Connects on first use.
 * @param url a `postgresql://` URL; its `sslmode` configures TLS
 */
export const openDatabase = (
  url: string,
  pool: PoolSettings,
  { log = () => {}, passwordFile, isStandby = false, observer }: DatabaseOptions = {},
): Database => {
  const orm = new MikroORM({
    clientUrl: url,
    entities: [
      ...[UserRow, TaskRow, IdempotencyKeyRow, IdempotencyUsageRow, ImportRow, ChangeRow],
      ...[OutboxRow, WebhookEndpointRow, WebhookDeliveryRow],
    ],
    extensions: [Migrator],
    schema,
    // The ORM drops the URL's parameters, such as `sslmode`; pg reads them.
    driverOptions: {
      ...poolConfig(url, pool, passwordFile === undefined ? undefined : () => readPasswordFile(passwordFile)),
      onPoolCreated: (made: Pool) => transactions.watch(made),
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
        { name: '20261201-log-changes', class: LogChanges },
        { name: '20261202-keep-events', class: KeepEvents },
        { name: '20261203-plan-tasks', class: PlanTasks },
        { name: '20261204-keep-metadata', class: KeepMetadata },
      ],
      snapshot: false,
      silent: true,
    },
    logger: log,
    colors: false,
  });
  const transactions = new OwnerTransactions({
    ...ownerSettings,
    pool,
    // Not `getNativeClient`, which opens a connection before the pool is watched.
    makePool: () => void orm.em.getConnection().getClient(),
    observer,
    ...(isStandby
      ? { isStandby, toError: (error: unknown) => error }
      : { onConnectFailure: (error) => log(connectFailure(error)), toError: toApplicationError }),
  });
  return { orm, transactions, sizes: new OwnerSizes() };
};

/** Closes every connection once its running statements have finished. */
export const closeDatabase = async ({ orm, transactions }: Database): Promise<void> => {
  await transactions.closeShared();
  await orm.close(true);
  // The ORM does not close a pool that it has not used itself.
  await transactions.close();
};

/**
 * Verifies that the database responds and accepts writes. Closes a connection that does not respond.
 * @throws ApplicationError `database/unavailable`
 */
export const pingDatabase = ({ transactions }: Database): Promise<void> => transactions.assertWritable();
