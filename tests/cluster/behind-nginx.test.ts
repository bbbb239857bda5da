import t, { type Test } from 'tap';
import { ownMigratedDatabase } from '../support/postgres/database.ts';
import { startNginx } from '../support/processes/nginx.ts';
import { type ApiProcess, aFreePort, anApiProcess } from '../support/processes/processes.ts';
import { missingProgram } from '../support/processes/programs.ts';
import { aRedisServer } from '../support/processes/redis-server.ts';
import { until } from './cluster.ts';
import { type FailedRequest, startLoad, withoutBusy } from './load.ts';

// Each process is stopped and killed once by default: TASKWARD_RESTARTS=25 asks for more.
const rounds = Number(process.env.TASKWARD_RESTARTS ?? 1);
const timeout = 240_000 + rounds * 60_000;
const clients = 8;
const maxStarts = 5;

t.setTimeout(timeout);

const production = {
  ENVIRONMENT: 'production',
  CORS_ALLOWED_ORIGINS: 'https://app.example',
};

const requestsOf = (api: ApiProcess): number => api.output().split('"msg":"request"').length - 1;

/** A process of an API on a port of its own, which can be started again. */
const aRestartedProcess = async (t: Test, databaseUrl: string, env: NodeJS.ProcessEnv) => {
  const port = await aFreePort();
  // As whatever supervises it would; a busy machine may have no connection to the database in time.
  const start = async (): Promise<ApiProcess> => {
    for (let attempt = 1; ; attempt += 1) {
      const started = await anApiProcess(t, databaseUrl, { ...env, PORT: String(port) }).catch((error: Error) => error);
      if (!(started instanceof Error)) return started;
      if (attempt === maxStarts) throw started;
    }
  };
  let api = await start();
  return {
    port,
    end: (signal: NodeJS.Signals) => api.end(signal),
    /** Starts it, and waits until the proxy sends it requests again. */
    async startAgain() {
      api = await start();
      await until('requests of the proxy', () => requestsOf(api) > 10 || undefined);
    },
  };
};

const skip = missingProgram('nginx') ?? missingProgram('redis-server') ?? false;

t.test('two servers behind nginx, stopped, killed and started in turn under load', { skip, timeout }, async (t) => {
  const { url: databaseUrl } = await ownMigratedDatabase(t);
  const redis = await aRedisServer(t);
  await redis.start();
  const env = { ...production, REDIS_URL: redis.url, RATE_LIMIT_MAX: '1000000000' };
  const processes = [await aRestartedProcess(t, databaseUrl, env), await aRestartedProcess(t, databaseUrl, env)];
  const servers = processes.map(({ port }) => `server 127.0.0.1:${port} fail_timeout=1s;`).join(' ');
  // As it comes, nginx repeats at the other server what it could not send, and reads. A write under a key may be repeated too.
  const server = `location / {
      error_page 418 = @keyed;
      if ($http_idempotency_key) { return 418; }
      proxy_pass http://taskward;
    }
    location @keyed {
      proxy_next_upstream error timeout non_idempotent;
      proxy_pass http://taskward;
    }`;
  const url = await startNginx(t, { http: `upstream taskward { ${servers} }`, server }, '/health');
  const load = startLoad(url, clients);
  t.teardown(() => load.stop().catch(() => {}));

  const failedDuring = async (work: () => Promise<void>): Promise<readonly FailedRequest[]> => {
    const before = load.failed().length;
    await load.goesOn(5 * clients);
    await work();
    await load.goesOn(5 * clients);
    return withoutBusy(load.failed().slice(before));
  };
  const counts = { SIGTERM: 0, SIGKILL: 0 };
  for (let round = 0; round < rounds; round += 1) {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      for (const server of processes) {
        let ended = 0;
        const failed = await failedDuring(async () => {
          await server.end(signal);
          ended = performance.now();
          await server.startAgain();
        });
        counts[signal] += failed.length;
        const allowed = signal === 'SIGKILL' ? clients : 0;
        t.ok(failed.length <= allowed, `${signal}: ${JSON.stringify(failed)}`);
        t.strictSame(
          failed.filter(({ begun, method, end }) => begun > ended || method !== 'POST' || !/^(409|502)$/.test(end)),
          [],
          'only writes in progress fail, and are told so',
        );
      }
    }
  }
  await load.stop();
  t.comment(
    `${2 * rounds} SIGTERM: ${counts.SIGTERM} requests failed; ${2 * rounds} SIGKILL: ${counts.SIGKILL} failed; ${load.failed().filter(({ isBusy }) => isBusy).length} refused as the machine was busy; all: ${JSON.stringify(load.ends())}`,
  );
  t.strictSame(await load.faults(), [], 'what was acknowledged is there once');
});
