import { closeDatabase, loginRole, migrate, openDatabase, verifyIsolation } from '@taskward/adapters-postgres';
import type { Cradle } from './container.ts';

/**
 * Brings the database up to date, as the role of MIGRATION_DATABASE_URL where that is set.
 * @returns the names of the migrations that were run
 * @throws MigrationError with what to do, when the role may not
 */
export const runMigrations = async ({ config, database, log }: Pick<Cradle, 'config' | 'database' | 'log'>) => {
  const servingRole = await loginRole(database);
  if (config.migrationDatabaseUrl === undefined) return migrate(database, servingRole);
  // Two connections: one holds the lock while the other migrates.
  const pool = { ...config.pool, size: 1, maxOverflow: 1 };
  const privileged = openDatabase(config.migrationDatabaseUrl, pool, { log: (message) => log.warn(message) });
  try {
    return await migrate(privileged, servingRole);
  } finally {
    await closeDatabase(privileged);
  }
};

/**
 * Makes sure of the database before anything is done with it: in development it is brought up to date, and everywhere
 * it must prove that it keeps users apart.
 * @throws MigrationError, UnsafeDatabaseError or DomainError `database/unavailable`, with what to do
 */
export const prepareDatabase = async (cradle: Pick<Cradle, 'config' | 'database' | 'log'>): Promise<void> => {
  if (cradle.config.environment === 'development') await runMigrations(cradle);
  await verifyIsolation(cradle.database);
};
