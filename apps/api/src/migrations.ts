import { closeDatabase, loginRole, migrate, openDatabase } from '@taskward/adapters-postgres';
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
  const privileged = openDatabase(config.migrationDatabaseUrl, pool, (message) => log.warn(message));
  try {
    return await migrate(privileged, servingRole);
  } finally {
    await closeDatabase(privileged);
  }
};
