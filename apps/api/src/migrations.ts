import {
  closeDatabase,
  loginRole,
  migrate,
  openDatabase,
  verifyFitness,
  verifyIsolation,
} from '@taskward/adapters-postgres';
import type { Cradle } from './container.ts';

/**
 * Brings the database up to date, as the role of MIGRATION_DATABASE_URL where that is set.
 * @param notice told, in a sentence, when it has to wait
 * @returns the names of the migrations that were run
 * @throws MigrationError or UnfitDatabaseError with what to do
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
 * Makes sure of the database before anything is done with it: in development it is brought up to date, and everywhere
 * it must prove that it can keep every text and keeps users apart.
 * @throws MigrationError, UnfitDatabaseError, UnsafeDatabaseError or DomainError `database/unavailable`, with what to do
 */
export const prepareDatabase = async (cradle: Pick<Cradle, 'config' | 'database' | 'log'>): Promise<void> => {
  await verifyFitness(cradle.database);
  if (cradle.config.environment === 'development') await runMigrations(cradle);
  await verifyIsolation(cradle.database);
};
