import type { Config } from '../configuration/config.ts';
import { acquireResources, type Resources } from '../configuration/local-resources.ts';
import { buildServerContainer } from '../container/container.ts';
import { loadTracing } from '../container/tracing.ts';
import { type Jobs, startJobs } from '../operations/jobs.ts';
import { prepareDatabase } from '../operations/migrations.ts';
import { startHttpServer } from './http-server.ts';
import { toStartError } from './start-errors.ts';

/** A running server. */
export interface Server {
  readonly config: Resources['config'];
  /** Its URL on this machine, such as `http://localhost:8000`. */
  readonly url: string;
  /**
   * Resolves if the server has to be stopped although no signal asks for it: with an error, whose message says why, or with
   * `undefined` if the primary process asks for it.
   */
  readonly ending?: Promise<Error | undefined>;
  /** Reports "not ready", completes pending requests, stops, and releases all resources. */
  stop(): Promise<void>;
}

/**
 * Starts the API in this process: the database, migrations in development, the verification of isolation, then HTTP.
 * @param notice called with sentences to show to the user
 * @throws MigrationError, UnfitDatabaseError, UnsafeDatabaseError or Error, whose messages say what to do
 */
export const startServer = async (settings: Config, notice: (line: string) => void): Promise<Server> => {
  const makeTracing = await loadTracing(settings);
  const resources = await acquireResources(settings, notice);
  const { config } = resources;
  const container = buildServerContainer(config, makeTracing);
  let jobs: Jobs | undefined;
  const release = async () => {
    await jobs?.stop();
    await container.dispose();
    await resources.release();
  };
  try {
    await prepareDatabase(container.cradle);
    jobs = await startJobs(container.cradle);
    const http = await startHttpServer(container.cradle);
    return {
      config,
      url: `http://localhost:${http.port}`,
      async stop() {
        await http.stop();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw toStartError(error, config.port);
  }
};
