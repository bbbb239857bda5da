import {
  acquireResources,
  buildContainer,
  type Cradle,
  loadEnvironment,
  readConfig,
  runMigrations,
} from '@taskward/api';

/**
 * Runs one command on the same container that the API runs on, and lets go of everything afterwards.
 * In development the database is brought up to date first, as the API does at its start.
 */
export const withTaskward = async <T>(
  work: (cradle: Cradle) => Promise<T>,
  { migrateFirst = true }: { migrateFirst?: boolean } = {},
): Promise<T> => {
  const settings = readConfig({ LOG_LEVEL: 'error', ...loadEnvironment() });
  const resources = await acquireResources(settings, (line) => console.error(line));
  const container = buildContainer(resources.config);
  try {
    if (migrateFirst && settings.environment === 'development') await runMigrations(container.cradle);
    return await work(container.cradle);
  } finally {
    await container.dispose();
    await resources.release();
  }
};
