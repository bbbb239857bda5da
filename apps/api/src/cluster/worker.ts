import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../configuration/config.ts';
import { acquireResources } from '../configuration/local-resources.ts';
import { buildServerContainer, type Cradle } from '../container/container.ts';
import { loadTracing } from '../container/tracing.ts';
import { type Jobs, startJobs } from '../operations/jobs.ts';
import { startHttpServer } from '../server/http-server.ts';
import type { Server } from '../server/server.ts';
import { isDatabaseUnavailable, toStartError } from '../server/start-errors.ts';
import { onPrimaryMessage, tellPrimary } from './messages.ts';
import { shareOf } from './shares.ts';

/** The variable by which the primary numbers its workers. */
export const slotVariable = 'TASKWARD_WORKER_SLOT';

const retryMilliseconds = 2_000;

// A worker that takes over jobs must not end because the database is away.
const startJobsOnceAvailable = async (cradle: Cradle, signal: AbortSignal): Promise<Jobs | undefined> => {
  while (!signal.aborted) {
    try {
      return await startJobs(cradle);
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      cradle.log.warn({ err: error }, 'Jobs cannot be started now; tried again in a moment.');
      await wait(retryMilliseconds, undefined, { signal, ref: false }).catch(() => {});
    }
  }
  return undefined;
};

/**
 * Starts one of the processes that serve requests, on a database that the primary has prepared. It runs the jobs once the
 * primary asks for it.
 * @throws Error, whose message says what to do
 */
export const startWorker = async (settings: Config): Promise<Server> => {
  const ending = Promise.withResolvers<Error | undefined>();
  const stopping = new AbortController();
  let jobs: Promise<Jobs | undefined> | undefined;
  const makeTracing = await loadTracing(settings);
  const share = shareOf(settings, Number(process.env[slotVariable]));
  const { config, release } = await acquireResources(share, () => {});
  const container = buildServerContainer(config, makeTracing);

  const takeOverJobs = async () => {
    jobs = startJobsOnceAvailable(container.cradle, stopping.signal);
    try {
      await jobs;
      tellPrimary({ taskward: 'jobs-started' });
    } catch (error) {
      jobs = undefined;
      ending.resolve(error as Error);
    }
  };
  onPrimaryMessage(({ taskward: kind }) => {
    if (kind === 'start-jobs') void takeOverJobs();
    if (kind === 'stop') ending.resolve(undefined);
  });
  const releaseAll = async () => {
    stopping.abort();
    await (await jobs)?.stop();
    await container.dispose();
    await release();
  };

  try {
    const http = await startHttpServer(container.cradle);
    tellPrimary({ taskward: 'ready', port: http.port });
    return {
      config,
      url: `http://localhost:${http.port}`,
      ending: ending.promise,
      async stop() {
        await http.stop();
        await releaseAll();
      },
    };
  } catch (error) {
    await releaseAll();
    throw toStartError(error, config.port);
  }
};

/** Tells the primary why this worker ends. @returns once it is told */
export const reportFailure = (message: string): Promise<void> =>
  new Promise((resolve) => tellPrimary({ taskward: 'failed', message }, resolve));
