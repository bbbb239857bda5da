import type { Cradle } from '@taskward/api';
import { io } from './io.ts';
import { printNotice } from './output.ts';

// What a command has to say goes to the screen; of the log only what went wrong.
const quiet = (env: NodeJS.ProcessEnv) => ({ ...env, LOG_LEVEL: env.LOG_LEVEL || 'error' });

/**
 * Runs one command on the same container that the API runs on, and lets go of everything afterwards.
 * First, as the API does at its start, the database is brought up to date in development, and proves to keep users apart.
 */
export const withTaskward = async <T>(
  work: (cradle: Cradle) => Promise<T>,
  { prepareFirst = true }: { prepareFirst?: boolean } = {},
): Promise<T> => {
  // Loaded when it is needed: help and completion answer without it, several times as fast.
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
