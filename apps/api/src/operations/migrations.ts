import {
  closeDatabase,
  loginRole,
  migrate,
  openDatabase,
  verifyFitness,
  verifyIsolation,
} from '@taskward/adapters-postgres';
import type { Cradle } from '../container/container.ts';

/**
 * Brings the database up to date, in the role of MIGRATION_DATABASE_URL if that is set.
 * @param notice called with a sentence when the migration has to wait
 * @returns the names of the migrations that were run
 * @throws MigrationError or UnfitDatabaseError, saying what to do
 */
export const runMigrations = async (
  { config, database, log }: Pick<Cradle, 'config' | 'database' | 'log'>,
  notice = (line: string) => log.warn(line),
) => {
  const servingRole = await loginRole(database);
  if (config.migrationDatabaseUrl === undefined) return migrate(database, servingRole, notice);
  const pool = { ...config.pool, size: 1, maxOverflow: 0 };
  const privileged = openDatabase(config.migrationDatabaseUrl, pool, { log: (message) => log.warn(message) });
  try {
    return await migrate(privileged, servingRole, notice);
  } finally {
    await closeDatabase(privileged);
  }
};

/**
 * Prepares the database for serving: verifies that it can store every text and isolates users, and in development runs
 * the migrations.
 * @throws MigrationError, UnfitDatabaseError or UnsafeDatabaseError, saying what to do; ApplicationError
 * `database/unavailable`
 */
export const prepareDatabase = async (cradle: Pick<Cradle, 'config' | 'database' | 'log'>): Promise<void> => {
  await verifyFitness(cradle.database);
  if (cradle.config.environment === 'development') await runMigrations(cradle);
  await verifyIsolation(cradle.database);
};
