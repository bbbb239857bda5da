import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startEmbeddedDatabase } from '@taskward/embedded-database';
import type { Config } from './config.ts';

/** What a process runs on: a configuration in which nothing is left open, and a way to let go of what was started. */
export interface Resources {
  readonly config: Config & { readonly databaseUrl: string; readonly secret: string };
  release(): Promise<void>;
}

const projectRoot = resolve(import.meta.dirname, '../../..');

/** Adds the variables of a `.env` file, where there is one, to those that are set; those that are set win. */
export const loadEnvironment = (): NodeJS.ProcessEnv => {
  const file = join(projectRoot, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
};

/** Where a development server keeps its database and secret. */
export const dataDirectory = (): string => resolve(process.env.TASKWARD_DATA_DIR ?? join(projectRoot, '.data'));

const readOrMakeSecret = async (directory: string): Promise<string> => {
  await mkdir(directory, { recursive: true });
  const file = join(directory, 'secret');
  const made = randomBytes(32).toString('base64url');
  // Of two processes that start at once the first one's secret holds.
  await writeFile(file, `${made}\n`, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return (await readFile(file, 'utf8')).trim();
};

/**
 * Fills in what a developer need not set: an embedded PostgreSQL where DATABASE_URL is not set, and a secret of this
 * directory's own. Production configurations are complete by the time they get here.
 * @param notice told, in one sentence each, of what the user should know
 */
export const acquireResources = async (config: Config, notice: (line: string) => void): Promise<Resources> => {
  const directory = dataDirectory();
  const secret = config.secret ?? (await readOrMakeSecret(directory));
  if (config.databaseUrl !== undefined) {
    return { config: { ...config, secret, databaseUrl: config.databaseUrl }, release: async () => {} };
  }
  const database = await startEmbeddedDatabase({ directory, notice });
  return { config: { ...config, secret, databaseUrl: database.url }, release: () => database.release() };
};
