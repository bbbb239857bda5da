import type { Cradle } from '@taskward/api';
import { printNotice } from '../output/output.ts';
import { io } from './io.ts';

// Commands print their results themselves: log errors only.
const quiet = (env: NodeJS.ProcessEnv) => ({ ...env, LOG_LEVEL: env.LOG_LEVEL || 'error' });

/**
 * Runs one command on the same container as the API, and releases all resources afterwards. Like the API
 * at its start, it first migrates the database (in development) and verifies that row security isolates users.
 */
export const withTaskward = async <T>(
  work: (cradle: Cradle) => Promise<T>,
  { prepareFirst = true }: { prepareFirst?: boolean } = {},
): Promise<T> => {
  // Imported on demand: help and completion are several times as fast without it.
  const { acquireResources, buildContainer, loadEnvironment, prepareDatabase, readConfig } = await import(
    '@taskward/api'
  );
  const settings = readConfig(quiet(io().env ?? loadEnvironment()));
  const resources = await acquireResources(settings, printNotice);
  const container = buildContainer(resources.config);
  try {
    if (prepareFirst) await prepareDatabase(container.cradle);
    return await work(container.cradle);
  } finally {
    await container.dispose();
    await resources.release();
  }
};
