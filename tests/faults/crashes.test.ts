import { startEmbeddedDatabase } from '@taskward/embedded-database';
import t, { type Test } from 'tap';
import { open, sqlOn } from '../support/postgres/database.ts';
import { type ApiProcess, aDirectory, aFreePort, anApiProcess } from '../support/processes/processes.ts';
import { crashLoad } from './crash-load.ts';

// Each crash takes one to two seconds, so a run on every change has a few: TASKWARD_CRASHES=100 asks for more.
const crashes = Number(process.env.TASKWARD_CRASHES ?? 3);
const users = 8;
const recoveryMilliseconds = 60_000;
const timeout = 120_000 + crashes * 20_000;

t.setTimeout(3 * timeout);

/** A database server that nobody else uses, so that it may crash. */
const aVictim = async (t: Test): Promise<string> => {
  const directory = await aDirectory(t, 'crashes');
  const database = await startEmbeddedDatabase({ directory });
  t.teardown(() => database.release());
  return database.url;
};

const anApi = async (t: Test, databaseUrl: string): Promise<() => Promise<ApiProcess>> => {
  const env = { PORT: String(await aFreePort()), RATE_LIMIT_MAX: '1000000', LOG_LEVEL: 'CRITICAL' };
  return () => anApiProcess(t, databaseUrl, env);
};

const writesTo = (t: Test, url: () => string) => {
  const load = crashLoad(url, users);
  t.teardown(() => load.stop().catch(() => {}));
  return load;
};

const isRight = async (t: Test, load: ReturnType<typeof crashLoad>, allowed: RegExp): Promise<void> => {
  await load.stop();
  const { acknowledged, ends, misshapen } = load.seen();
  t.comment(`${acknowledged} writes acknowledged: ${JSON.stringify(ends)}`);
  t.strictSame(
    Object.keys(ends).filter((end) => !allowed.test(end)),
    [],
    'no other response came',
  );
  t.equal(misshapen, 0, 'whoever was told "not now" was told when to come back');
  t.strictSame(await load.faults(), [], 'what was acknowledged is there once, and nothing else');
};

t.test(`PostgreSQL crashes ${crashes} times under writes`, { timeout }, async (t) => {
  const databaseUrl = await aVictim(t);
  const sql = sqlOn(open(t, databaseUrl));
  const api = await (await anApi(t, databaseUrl))();
  const load = writesTo(t, () => api.url);
  const recoveries: number[] = [];
  for (let n = 0; n < crashes; n += 1) {
    await load.goesOn(100);
    // The server cannot trust its memory after that: it cuts everybody off and recovers from its log.
    const [checkpointer] = await sql<{ pid: number }>(
      `select pid from pg_stat_activity where backend_type = 'checkpointer'`,
    );
    if (checkpointer === undefined) throw new Error('there is no checkpointer to kill');
    process.kill(checkpointer.pid, 'SIGKILL');
    await load.meets('503');
    recoveries.push(await load.goesOn(2 * users));
  }
  t.comment(`writes went on after ${recoveries.join(', ')} ms`);
  t.ok(Math.max(...recoveries) < recoveryMilliseconds, 'it recovered by itself');
  // 409: the first try of the same key is still under way.
  await isRight(t, load, /^(200|201|409|503)$/);
});

/** Ends the API in some way, and starts it again, over and over while clients write. */
const endedUnderWrites = async (t: Test, end: (api: ApiProcess) => Promise<void>, allowed: RegExp): Promise<void> => {
  const start = await anApi(t, await aVictim(t));
  let api = await start();
  const load = writesTo(t, () => api.url);
  for (let n = 0; n < crashes; n += 1) {
    await load.goesOn(100);
    await end(api);
    api = await start();
    await load.goesOn(2 * users);
  }
  await isRight(t, load, allowed);
};

t.test(`the API is killed ${crashes} times under writes`, { timeout }, async (t) => {
  const kill = async (api: ApiProcess) => void (await api.end('SIGKILL'));
  await endedUnderWrites(t, kill, /^(200|201|409|503|ECONNREFUSED|ECONNRESET|UND_ERR_SOCKET|EPIPE)$/);
});

t.test(`the API is told to stop ${crashes} times under writes`, { timeout }, async (t) => {
  const stop = async (api: ApiProcess) => {
    const began = Date.now();
    t.strictSame(await api.end('SIGTERM'), { code: 0, signal: null }, 'it ended well');
    t.ok(Date.now() - began < recoveryMilliseconds, `after ${Date.now() - began} ms`);
  };
  // A connection that is refused was never accepted; one that is reset would have lost a request.
  await endedUnderWrites(t, stop, /^(200|201|ECONNREFUSED)$/);
});
