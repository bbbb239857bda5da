import { setTimeout as wait } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { eventually } from '../support/processes/processes.ts';
import { aCluster, type Cluster } from './cluster.ts';
import { startLoad } from './load.ts';

t.setTimeout(240_000);

const clients = 8;
const drainMilliseconds = 1_500;
const repeatMilliseconds = 2_000;

const production = {
  ENVIRONMENT: 'production',
  CORS_ALLOWED_ORIGINS: 'https://app.example',
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const allEnd = async (t: Test, pids: readonly number[]) =>
  t.ok(await eventually(() => !pids.some(isRunning)), 'all processes are gone');

/** The status of readiness on a new connection, or the error of the network. */
const readiness = (url: string): Promise<number | string> =>
  fetch(`${url}/health/ready`, { headers: { connection: 'close' } }).then(
    ({ status }) => status,
    (error) => error.cause?.code ?? String(error),
  );

const untilServed = async (cluster: Cluster, load: ReturnType<typeof startLoad>) => {
  while (cluster.served().size < 2) await load.goesOn(20);
};

t.test('SIGTERM under load: no request fails, and readiness is 503 in all processes', async (t) => {
  const cluster = await aCluster(t);
  const load = startLoad(cluster.url, clients);
  await untilServed(cluster, load);
  const workers = cluster.workers();
  const stopped = performance.now();
  const end = cluster.end('SIGTERM');
  const stopping = load.stop();
  t.strictSame(await end, { code: 0, signal: null }, 'it ends with 0');
  await stopping.catch(() => {});
  await allEnd(t, workers);
  const failed = load.failed();
  t.comment(`${JSON.stringify(load.ends())}`);
  // A connection that was refused, or reset before it was accepted, had no request in progress.
  const inProgress = failed.filter(({ begun, previous }) => begun < stopped || previous !== undefined);
  t.strictSame(inProgress, [], 'every request in progress has its response');
});

t.test('SIGTERM in production: while draining, requests are served, and no process is ready', async (t) => {
  const cluster = await aCluster(t, production);
  t.equal(await readiness(cluster.url), 200);
  const end = cluster.end('SIGTERM');
  const probed: (number | string)[] = [];
  for (const until = performance.now() + drainMilliseconds; performance.now() < until; await wait(50))
    probed.push(await readiness(cluster.url));
  t.strictSame(await end, { code: 0, signal: null });
  const first = probed.indexOf(503);
  t.not(first, -1, 'not ready any more');
  t.notOk(probed.slice(first).includes(200), `in neither process: ${probed}`);
});

t.test('a process that is frozen keeps no shutdown from ending, and a second signal ends it at once', async (t) => {
  for (const isRepeated of [false, true]) {
    const cluster = await aCluster(t);
    const workers = cluster.workers();
    const [frozen] = workers as [number];
    process.kill(frozen, 'SIGSTOP');
    t.teardown(() => isRunning(frozen) && process.kill(frozen, 'SIGKILL'));
    const end = cluster.end('SIGTERM');
    if (isRepeated) {
      await wait(repeatMilliseconds + 100);
      process.kill(cluster.pid, 'SIGTERM');
      // It goes with the first process as soon as it can notice.
      process.kill(frozen, 'SIGCONT');
    }
    t.strictSame(await end, { code: isRepeated ? 143 : 0, signal: null });
    await allEnd(t, workers);
  }
});

t.test('one process is told to stop under load: no request fails, and it is replaced', async (t) => {
  const cluster = await aCluster(t);
  const load = startLoad(cluster.url, clients);
  await untilServed(cluster, load);
  const [stopped] = cluster.workers() as [number];
  process.kill(stopped, 'SIGTERM');
  await cluster.replaced(2, [stopped]);
  await load.goesOn(50);
  await load.stop();
  t.comment(JSON.stringify(load.ends()));
  t.strictSame(load.failed(), [], 'the other accepts what this one does not');
  t.strictSame(await load.faults(), []);
});

t.test('the first process is killed: the others end with it', async (t) => {
  const cluster = await aCluster(t);
  const workers = cluster.workers();
  await cluster.end('SIGKILL');
  await allEnd(t, workers);
});
