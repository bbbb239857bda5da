import t from 'tap';
import { aUser } from '../support/builders.ts';
import { aToken } from '../support/http/tokens.ts';
import { sqlOn } from '../support/postgres/database.ts';
import { aCluster, until, whileFrozen } from './cluster.ts';
import { startLoad, withoutBusy } from './load.ts';

t.setTimeout(240_000);
const clients = 8;

t.test(
  'two processes serve; one is killed under load: only what it had in progress fails, and it is replaced',
  async (t) => {
    const cluster = await aCluster(t, { DB_POOL_SIZE: '5', DB_MAX_OVERFLOW: '7' });
    t.equal(cluster.output().split('Ctrl-C stops it').length, 2, 'the welcome is printed once');
    const load = startLoad(cluster.url, clients);
    const sql = sqlOn(cluster.database);
    let connections = 0;
    const countConnections = async () => {
      const [row] = await sql<{ count: number }>(
        `select count(*)::int from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
        and backend_type = 'client backend'`,
      );
      connections = Math.max(connections, row?.count ?? 0);
    };
    for (let n = 0; n < 10; n += 1) {
      await load.goesOn(30);
      await countConnections();
    }
    const before = cluster.served();
    t.comment(`requests served: ${[...before.values()].join(' and ')}; at most ${connections} connections`);
    t.strictSame([...before.keys()].sort(), cluster.workers().sort(), 'each process serves');
    t.ok(connections > 0 && connections <= 12, 'together they have the connections that the settings allow');

    const [victim] = cluster.workers() as [number];
    t.strictSame(withoutBusy(load.failed()), [], 'nothing fails before');
    process.kill(victim, 'SIGKILL');
    await load.goesOn(100);
    const workers = await cluster.replaced(2, [victim]);
    // New connections reach the new process, also where the other would be quicker to accept them.
    const [survivor] = workers.filter((pid) => before.has(pid)) as [number];
    const agents = await whileFrozen(survivor, async () => {
      const started = startLoad(cluster.url, clients);
      await started.goesOn(clients);
      return started;
    });
    await until('the new process to serve', () => {
      const served = cluster.served();
      return workers.every((pid) => served.has(pid)) || undefined;
    });
    await agents.stop();
    await load.stop();

    const failed = withoutBusy(load.failed());
    t.comment(
      `after SIGKILL: ${failed.length} of ${clients} clients had a request fail; ${JSON.stringify(load.ends())}`,
    );
    const foreign = failed.filter(({ previous }) => previous !== undefined && cluster.servedBy(previous) !== victim);
    t.strictSame(foreign, [], 'each of them on a connection of the killed process');
    t.ok(failed.length <= clients, 'each client had at most one');
    t.strictSame(
      failed.filter(({ end }) => /^\d/.test(end)),
      [],
      'no response says that something failed',
    );
    t.strictSame([...(await load.faults()), ...(await agents.faults())], [], 'what was acknowledged is there once');
  },
);

t.test('the jobs go on whichever process is killed', async (t) => {
  const cluster = await aCluster(t);
  const token = aToken({ sub: aUser() });
  const send = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${cluster.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    return response.json();
  };
  const fires = async () => {
    const at = new Date(Date.now() + 1_500).toISOString();
    const { data } = (await send('POST', '/api/tasks', {
      title: 'x',
      due_date: at,
      reminders: [{ before: 'PT0S' }],
    })) as {
      data: { id: number };
    };
    await until('the reminder', async () => {
      const text = JSON.stringify(await send('GET', `/api/tasks/${data.id}/history`));
      return text.includes('reminded') || undefined;
    });
  };
  await fires();
  const killed: number[] = [];
  for (const pid of cluster.workers()) {
    process.kill(pid, 'SIGKILL');
    killed.push(pid);
    await until('its end', () => !cluster.workers().includes(pid) || undefined);
    await fires();
    await cluster.replaced(2, killed);
  }
  t.pass('reminders fired before, and after either was killed');
});

t.test('event streams are divided among the processes', async (t) => {
  const cluster = await aCluster(t, { MAX_STREAMS: '2' });
  const cut = new AbortController();
  t.teardown(() => cut.abort());
  const openStream = async () => {
    const headers = { authorization: `Bearer ${aToken({ sub: aUser() })}`, connection: 'close' };
    const response = await fetch(`${cluster.url}/api/tasks/events`, { headers, signal: cut.signal });
    return response.status;
  };
  for (const pid of cluster.workers()) {
    const statuses = await whileFrozen(pid, async () => [await openStream(), await openStream()]);
    t.strictSame(statuses, [200, 503], 'each process has its half');
  }
});
