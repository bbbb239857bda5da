import t from 'tap';
import { aUser } from '../support/builders.ts';
import { aToken } from '../support/http/tokens.ts';
import { ownMigratedDatabase } from '../support/postgres/database.ts';
import { replicatedServers } from '../support/postgres/replicated-servers.ts';
import { type ApiProcess, anApiProcess, eventually } from '../support/processes/processes.ts';

t.setTimeout(240_000);

const rounds = 250;
const users = 50;

/** A user's requests, to whichever process. */
const aClient = () => {
  const headers = { authorization: `Bearer ${aToken({ sub: aUser() })}`, 'content-type': 'application/json' };
  return {
    create: (api: ApiProcess, title: string) =>
      fetch(`${api.url}/api/tasks`, { method: 'POST', headers, body: JSON.stringify({ title }) }),
    async titles(api: ApiProcess): Promise<string[]> {
      const response = await fetch(`${api.url}/api/tasks?limit=500`, { headers });
      return ((await response.json()) as { data: { title: string }[] }).data.map(({ title }) => title);
    },
  };
};

t.test('two API processes, and a replica that is five seconds behind', async (t) => {
  const { primary, standby, setOnStandby } = await replicatedServers(t);
  await setOnStandby('recovery_min_apply_delay', '5s');
  const env = { DATABASE_REPLICA_URL: standby.url, RATE_LIMIT_MAX: 'off' };
  const start = () => anApiProcess(t, primary.url, env);
  const [first, second] = await Promise.all([start(), start()]);
  const uses = (api: ApiProcess) => eventually(() => api.output().includes('The replica answers lists'));
  t.ok(await uses(first));
  t.ok(await uses(second));

  // Read by the owner's index on the standby, as its own statistics tell.
  const lookups = async () =>
    Number(
      (await standby.sql(`select idx_scan from pg_stat_user_tables where relid = 'taskward.tasks'::regclass`))[0]
        ?.idx_scan,
    );
  const before = await lookups();
  let missed = 0;
  const clients = Array.from({ length: users }, aClient);
  const round = async (n: number) => {
    const { create, titles } = clients[n % users] as ReturnType<typeof aClient>;
    const [writer, reader] = n % 2 === 0 ? [first, second] : [second, first];
    const title = `task ${n}`;
    t.equal((await create(writer, title)).status, 201);
    if (!(await titles(reader)).includes(title)) missed += 1;
  };
  for (let n = 0; n < rounds; n += 5) await Promise.all([0, 1, 2, 3, 4].map((more) => round(n + more)));
  t.equal(missed, 0, `of ${rounds} reads through the other process`);
  // Once it has replayed them, it answers.
  const isAsked = await eventually(async () => {
    for (const { titles } of clients) t.equal((await titles(first)).length, rounds / users);
    return (await lookups()) >= before + 2 * users;
  });
  t.ok(isAsked, `${(await lookups()) - before} lookups in its index`);
});

t.test('an API starts, is ready and serves while its replica is down, and says so', async (t) => {
  const { url } = await ownMigratedDatabase(t);
  const api = await anApiProcess(t, url, {
    DATABASE_REPLICA_URL: 'postgresql://postgres@127.0.0.1:1/taskward',
  });
  t.ok(await eventually(() => api.output().includes('The replica is not used, and the primary answers: ')));
  t.equal((await fetch(`${api.url}/health/ready`)).status, 200);
  const { create, titles } = aClient();
  t.equal((await create(api, 'Buy milk')).status, 201);
  t.strictSame(await titles(api), ['Buy milk']);
  const { code } = await api.end('SIGTERM');
  t.equal(code, 0);
});
