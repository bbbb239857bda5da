import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeDirectory, startEmbeddedDatabase } from '@taskward/embedded-database';
import type { Config } from './config.ts';

/** What a process runs on: a configuration in which nothing is left open, and a way to let go of what was started. */
export interface Resources {
  readonly config: Config & { readonly databaseUrl: string };
  release(): Promise<void>;
}

const projectRoot = resolve(import.meta.dirname, '../../..');

/** Adds the variables of a `.env` file, where there is one, to those that are set; those that are set win. */
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
  // Linked into place as a whole: of two processes that start at once the first one's secret holds, for both.
  await link(draft, file).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    // A file that a crash left empty is no secret.
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
 * Fills in what a developer need not set: an embedded PostgreSQL where DATABASE_URL is not set, and a secret of this
 * directory's own. Production configurations are complete by the time they get here.
 * @param notice told, in one sentence each, of what the user should know
 */
export const acquireResources = async (config: Config, notice: (line: string) => void): Promise<Resources> => {
  const auth = await withDevelopmentSecret(config);
  if (config.databaseUrl !== undefined) {
    return { config: { ...config, auth, databaseUrl: config.databaseUrl }, release: async () => {} };
  }
  const database = await startEmbeddedDatabase({ directory: config.dataDirectory, notice });
  return { config: { ...config, auth, databaseUrl: database.url }, release: () => database.release() };
};
