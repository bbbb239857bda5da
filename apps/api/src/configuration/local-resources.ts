import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeDirectory, startEmbeddedDatabase } from '@taskward/embedded-database';
import type { Config } from './config.ts';

/** The resources of a process: the complete configuration, and a way to release what was started for it. */
export interface Resources {
  readonly config: Config & { readonly databaseUrl: string };
  release(): Promise<void>;
}

const projectRoot = resolve(import.meta.dirname, '../../../..');

/** Returns the environment with the variables of the `.env` file, if any. Variables that are set take precedence. */
export const loadEnvironment = (): NodeJS.ProcessEnv => {
  const file = join(projectRoot, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
};

const readOrMakeSecret = async (directory: string): Promise<string> => {
  await makeDirectory(directory);
  const file = join(directory, 'secret');
  const found = await readFile(file, 'utf8').catch(() => '');
  if (found.trim() !== '') return found.trim();
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  // `link` is atomic and does not overwrite: of two processes that start at once, both use the first one's secret.
  await link(draft, file).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    // Replace a file that a crash left empty.
    if ((await readFile(file, 'utf8')).trim() === '') await rename(draft, file);
  });
  await rm(draft, { force: true });
  return (await readFile(file, 'utf8')).trim();
};

const withDevelopmentSecret = async ({ auth, environment, dataDirectory }: Config): Promise<Config['auth']> => {
  const isWanted = environment === 'development' && auth.secret === undefined && auth.secretAlgorithms.length > 0;
  return isWanted ? { ...auth, secret: await readOrMakeSecret(dataDirectory) } : auth;
};

/**
 * Completes a development configuration: starts an embedded PostgreSQL if DATABASE_URL is not set, and generates a secret
 * if none is configured. A production configuration is complete already.
 * @param notice called with sentences to show to the user
 */
export const acquireResources = async (config: Config, notice: (line: string) => void): Promise<Resources> => {
  const auth = await withDevelopmentSecret(config);
  if (config.databaseUrl !== undefined) {
    return { config: { ...config, auth, databaseUrl: config.databaseUrl }, release: async () => {} };
  }
  const database = await startEmbeddedDatabase({ directory: config.dataDirectory, notice });
  return { config: { ...config, auth, databaseUrl: database.url }, release: () => database.release() };
};
