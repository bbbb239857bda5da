import { issueDevelopmentToken, readConfig, type Server, startServer } from '@taskward/api';
import { toUserId } from '@taskward/domain';
import { secret } from '../http/tokens.ts';
import { ownDatabase } from '../postgres/database.ts';
import { runScript } from '../processes/clean-process.ts';
import { aFreePort } from '../processes/processes.ts';
import { root } from '../repository/workspace.ts';

interface Scope {
  teardown(close: () => Promise<void>): void;
}

/** A running Taskward, with the page, on a database of its own. */
export interface WebServer {
  /** Where it listens: `http://localhost:23456`, the same after each start. */
  readonly url: string;
  /** Stops it, as a deployment does. It can be started again. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Issues a token as the command line does. */
  tokenOf(user: string): string;
}

let building: Promise<void> | undefined;

/** Builds the page if its sources have changed: in a process of its own, one of several that may do so at the same time. */
export const buildPage = (): Promise<void> => {
  building ??= (async () => {
    const { PATH, HOME } = process.env;
    const { code, out, err } = await runScript(['scripts/build-web.mjs'], { cwd: root, env: { PATH, HOME } });
    if (code !== 0) throw new Error(`${out}${err}`);
  })();
  return building;
};

/**
 * Starts the API in this process, in development, with the page built from the sources as they are. It stops with the test.
 * @param env further environment variables
 */
export const aWebServer = async (
  scope: Scope,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<WebServer> => {
  await buildPage();
  const port = await aFreePort();
  const config = readConfig({
    DATABASE_URL: await ownDatabase(scope),
    BETTER_AUTH_SECRET: secret,
    HOST: 'localhost',
    PORT: String(port),
    LOG_LEVEL: 'SILENT',
    RATE_LIMIT_MAX: 'off',
    ...env,
  });
  let server: Server | undefined;
  const stop = async () => {
    const running = server;
    server = undefined;
    await running?.stop();
  };
  const start = async () => {
    server ??= await startServer(config, () => {});
  };
  scope.teardown(stop);
  await start();
  return {
    url: `http://localhost:${port}`,
    stop,
    start,
    tokenOf: (user) => issueDevelopmentToken({ ...config, databaseUrl: '' }, toUserId(user)),
  };
};
