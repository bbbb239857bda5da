// The app and Taskward: one process here, two deployments in production.
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildContainer, readConfig, startServer } from '@taskward/api';
import { operator, toUserId } from '@taskward/domain';
import { startEmbeddedDatabase } from '@taskward/embedded-database';
import { Pool } from 'pg';
import { startAppServer } from './app.ts';
import { makeAuth } from './auth.ts';
import { makePage } from './page.ts';
import { cookieName } from './token-cookie.ts';

interface Options {
  /** Port of the app; 0 for a free one. */
  readonly authPort: string;
  /** Port of Taskward; 0 for a free one. */
  readonly port: string;
  /** Directory of the database and the secret. */
  readonly directory: string;
  /** Directory of the built page. */
  readonly page: string;
  /** Whether a cookie holds the token, and not the page's script. */
  readonly cookie: boolean;
  readonly logLevel: string | undefined;
}

/** Returns the secret of the auth server: the one of the last start, or a new one. */
const secretIn = async (directory: string): Promise<string> => {
  const file = join(directory, 'auth-secret');
  const made = randomBytes(32).toString('base64url');
  await writeFile(file, made, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return readFile(file, 'utf8');
};

/**
 * Starts everything.
 * @returns the URLs of the app and of Taskward, and what stops both
 * @throws Error with a sentence that says what to do
 */
export const startFullStack = async (options: Options) => {
  const started: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of started.splice(0).reverse()) await end();
  };
  try {
    // The app listens first: its address goes into Taskward's settings, and Taskward's into the page's.
    const app = await startAppServer(Number(options.authPort));
    started.push(app.stop);

    const database = await startEmbeddedDatabase({ directory: options.directory, database: 'auth' });
    started.push(database.release);
    const pool = new Pool({ connectionString: database.url });
    started.push(() => pool.end());

    const taskward = await startServer(
      readConfig({
        JWT_JWKS_URL: `${app.url}/api/auth/jwks`,
        CORS_ALLOWED_ORIGINS: app.url,
        AUTH_COOKIE: options.cookie ? cookieName : undefined,
        HOST: 'localhost',
        PORT: options.port,
        LOG_LEVEL: options.logLevel,
        TASKWARD_DATA_DIR: options.directory,
      }),
      console.log,
    );
    started.push(taskward.stop);
    // The jobs of the command line. Where Taskward is elsewhere, run `taskward user erase <id>` there.
    const container = buildContainer(taskward.config);
    started.push(() => container.dispose());
    const { jobs } = container.cradle;

    const auth = await makeAuth({
      url: app.url,
      secret: await secretIn(options.directory),
      database: pool,
      eraseTasks: (userId) => jobs.eraseUser(operator, { owner: toUserId(userId) }),
    });
    const token = options.cookie ? 'cookie' : 'bearer';
    app.setRoutes({
      auth,
      webApp: { api: taskward.url, signIn: { kind: 'better-auth', url: '/api/auth', token } },
      page: await makePage(options.page, taskward.url),
    });
    return { url: app.url, apiUrl: taskward.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
