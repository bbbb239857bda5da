import t from 'tap';
import { aCaller, type Caller } from '../support/http/api.ts';
import { aPostgresProxy } from '../support/postgres/postgres-proxy.ts';
import { type ReplicatedServers, replicatedServers } from '../support/postgres/replicated-servers.ts';
import { eventually } from '../support/processes/processes.ts';
import { aReplicatedApi, type ReplicatedApi } from './support.ts';

t.setTimeout(240_000);

const list = '/api/tasks?limit=500';

/** Users with a task each, which the replica has. */
const usersOf = async ({ app }: ReplicatedApi, { catchUp }: ReplicatedServers, count = 20): Promise<Caller[]> => {
  const users = Array.from({ length: count }, () => aCaller(app));
  await Promise.all(users.map((user) => user.call('POST', '/api/tasks', { title: 'Buy milk' })));
  await catchUp();
  return users;
};

/** Reads as eight clients do until they are told to end. */
const reading = (users: readonly Caller[], url = list) => {
  const counts = { reads: 0, failed: 0, slowest: 0 };
  let isOver = false;
  const client = async (_: unknown, number: number) => {
    for (let n = number; !isOver; n += 1) {
      const since = performance.now();
      const response = await (users[n % users.length] as Caller).call('GET', url);
      counts.reads += 1;
      if (response.statusCode !== 200 || response.json().meta.total === 0) counts.failed += 1;
      counts.slowest = Math.max(counts.slowest, performance.now() - since);
    }
  };
  const all = Promise.all(Array.from({ length: 8 }, client));
  return {
    counts,
    async end() {
      isOver = true;
      await all;
      return counts;
    },
  };
};

const answersMore = ({ replica }: ReplicatedApi, milliseconds?: number): Promise<boolean> => {
  const before = replica.usage.answered;
  return eventually(() => replica.usage.answered > before, milliseconds);
};

t.test('a replica that is killed under load: no read fails, and it is used again', async (t) => {
  const servers = await replicatedServers(t);
  const api = await aReplicatedApi(t, servers.primary.url, servers.standby.url);
  const users = await usersOf(api, servers);
  t.ok(await api.isUsed());
  const load = reading(users);
  for (let kills = 0; kills < 3; kills += 1) {
    t.ok(await answersMore(api), 'it answers');
    await servers.killStandby();
    t.ok(await eventually(() => api.said.at(-1)?.startsWith('The replica is not used') === true));
    t.ok(await eventually(() => api.said.at(-1)?.startsWith('The replica answers lists') === true), 'found again');
  }
  t.ok(await answersMore(api));
  const { reads, failed, slowest } = await load.end();
  t.comment(`${reads} reads, ${JSON.stringify(api.replica.usage)}, slowest ${Math.round(slowest)} ms`);
  t.equal(failed, 0);
});

t.test('a replica that freezes: what waits for it is answered within a second or so', async (t) => {
  const servers = await replicatedServers(t);
  const proxy = await aPostgresProxy(t, servers.standby.url);
  const api = await aReplicatedApi(t, servers.primary.url, proxy.url);
  const users = await usersOf(api, servers);
  t.ok(await api.isUsed());
  const load = reading(users);
  t.ok(await answersMore(api));
  proxy.freeze();
  t.ok(await eventually(() => api.replica.usage.failed > 0));
  const soFar = load.counts.reads;
  t.ok(await eventually(() => load.counts.reads > soFar + 500), 'nothing else waits');
  proxy.thaw();
  t.ok(await answersMore(api), 'it is used again');
  const { failed, slowest } = await load.end();
  t.comment(`slowest read ${Math.round(slowest)} ms, ${api.replica.usage.failed} waited for the replica in vain`);
  t.equal(failed, 0);
  // Twice what an idle machine takes.
  t.ok(slowest < 3_000);
});

const fill = (servers: ReplicatedServers, owner: string, count: number) =>
  servers.primary.sql(
    `insert into taskward.tasks (user_id, id, title, completed, created_at, updated_at, revision)
     select '${owner}', n, 'task ' || n, false, now(), now(), 1 from generate_series(2, ${count}) n;
     update taskward.users set last_task_id = ${count} where id = '${owner}'`,
  );

t.test('reads that are in the way of replaying the log are cancelled there, and no client sees it', async (t) => {
  const servers = await replicatedServers(t);
  const api = await aReplicatedApi(t, servers.primary.url, servers.standby.url);
  const users = await usersOf(api, servers, 4);
  for (const { userId } of users) await fill(servers, userId, 5_000);
  await servers.setOnStandby('max_standby_streaming_delay', '0');
  await servers.catchUp();
  t.ok(await api.isUsed());
  const load = reading(users, '/api/tasks?search=task&count=true&sort=title');
  const conflicts = async () =>
    Number((await servers.standby.sql('select sum(confl_lock) as n from pg_stat_database_conflicts'))[0]?.n);
  const isMet = await eventually(async () => {
    await servers.primary.sql('begin; lock table taskward.tasks in access exclusive mode; commit');
    return api.replica.usage.failed >= 5 && (await conflicts()) >= 5;
  });
  t.ok(isMet, `${await conflicts()} conflicts`);
  t.ok(await answersMore(api), 'it is used on');
  const { reads, failed } = await load.end();
  t.comment(`${reads} reads, ${JSON.stringify(api.replica.usage)}`);
  t.equal(failed, 0);
});
