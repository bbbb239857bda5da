import { makeUserDirectory } from '@taskward/adapters-postgres';
import t from 'tap';
import { aCaller, type Caller } from '../support/http/api.ts';
import type { Mutation } from '../support/mutation.ts';
import { open } from '../support/postgres/database.ts';
import { replicatedServers } from '../support/postgres/replicated-servers.ts';
import { eventually } from '../support/processes/processes.ts';
import { aReplicatedApi } from './support.ts';

t.setTimeout(240_000);

const list = '/api/tasks?limit=500';

const titlesOf = async (me: Caller): Promise<string[]> =>
  (await me.call('GET', list)).json().data.map(({ title }: { title: string }) => title);

t.test('an account that was erased and begins anew shows nothing of before', async (t) => {
  const { primary, standby, catchUp } = await replicatedServers(t);
  const { app, replica, isUsed } = await aReplicatedApi(t, primary.url, standby.url);
  const me = aCaller(app);
  for (let n = 0; n < 3; n += 1) await me.call('POST', '/api/tasks', { title: 'of before' });
  await catchUp();
  t.ok(await isUsed());
  await standby.sql('select pg_wal_replay_pause()');
  const users = makeUserDirectory({ database: open(t, primary.url) });
  await users.erase(me.userId);
  t.strictSame((await me.call('GET', list)).json().data, []);
  await me.call('POST', '/api/tasks', { title: 'of the new account' });
  // Once it is asked again, it is at a later revision: of the account from before.
  const { behind } = replica.usage;
  const looked = await eventually(async () => {
    t.strictSame(await titlesOf(me), ['of the new account']);
    return replica.usage.behind > behind;
  });
  t.ok(looked);
  const withoutEpoch = { file: 'replica-reads.ts', from: 'here[0] === there[0]', to: 'true' };
  const faulty = await aReplicatedApi(t, primary.url, standby.url, [withoutEpoch]);
  t.ok(await faulty.isUsed());
  t.match(await titlesOf(aCaller(faulty.app, me.userId)), ['of before'], 'this test can fail');
  await standby.sql('select pg_wal_replay_resume()');
});

t.test('a replica that was promoted, and is written to itself, is not read from', async (t) => {
  const servers = await replicatedServers(t);
  const { primary, standby } = servers;
  const { app, replica, said, isUsed } = await aReplicatedApi(t, primary.url, standby.url);
  const me = aCaller(app);
  await me.call('POST', '/api/tasks', { title: 'on the primary' });
  await servers.catchUp();
  t.ok(await isUsed());
  const withoutState = { file: 'replica-reads.ts', from: ' and pg_is_in_recovery()', to: '' };
  const faulty = await aReplicatedApi(t, primary.url, standby.url, [withoutState]);
  t.ok(await faulty.isUsed());
  await servers.promoteStandby();
  await standby.sql(`update taskward.tasks set title = 'on the other'`);
  const { behind } = replica.usage;
  t.strictSame(await titlesOf(me), ['on the primary']);
  t.equal(replica.usage.behind, behind + 1);
  t.strictSame(await titlesOf(aCaller(faulty.app, me.userId)), ['on the other'], 'this test can fail');
  await replica.check();
  t.match(said.at(-1), /accepts writes/);
});

t.test('only first pages of lists go to the replica', async (t) => {
  const { primary, standby, catchUp } = await replicatedServers(t);
  const { app, replica, isUsed } = await aReplicatedApi(t, primary.url, standby.url);
  const me = aCaller(app);
  for (let n = 0; n < 3; n += 1) await me.call('POST', '/api/tasks', { title: 'Buy milk' });
  await catchUp();
  t.ok(await isUsed());
  const count = async (url: string, headers = {}) => {
    const before = replica.usage.answered;
    const response = await me.call('GET', url, undefined, headers);
    return { response, asked: replica.usage.answered - before };
  };
  for (const url of [list, '/api/tasks?limit=1', `${me.bare}?status=pending`, '/api/tasks?search=milk&sort=title']) {
    const { response, asked } = await count(url);
    t.equal(response.statusCode, 200);
    t.ok(asked > 0, url);
  }
  const first = (await me.call('GET', '/api/tasks?limit=1')).json();
  const tag = (await me.call('GET', list)).headers.etag as string;
  const others: [url: string, headers?: object][] = [
    [`/api/tasks?limit=1&cursor=${first.meta.next_cursor}`],
    [list, { 'if-none-match': tag }],
    ...['/1', '/changes', '/trash', '/1/history', '/summary', '/tags'].map((path): [string] => [`/api/tasks${path}`]),
  ];
  for (const [url, headers] of others) {
    const { response, asked } = await count(url, headers);
    t.match(String(response.statusCode), /^(200|304)$/, url);
    t.equal(asked, 0, url);
  }
});

t.test('that a standby is read-only is no reason to open its connections anew', async (t) => {
  const { primary, standby } = await replicatedServers(t);
  const keepsConnections = async (name: string, mutations: readonly Mutation[], milliseconds?: number) => {
    const url = new URL(standby.url);
    url.searchParams.set('application_name', name);
    const { app, isUsed } = await aReplicatedApi(t, primary.url, url.href, mutations);
    t.ok(await isUsed());
    const me = aCaller(app);
    await me.call('POST', '/api/tasks', { title: 'Buy milk' });
    return eventually(async () => {
      await me.call('GET', list);
      const old = await standby.sql(
        `select from pg_stat_activity where application_name = '${name}' and clock_timestamp() > backend_start + interval '3 s'`,
      );
      return old.length > 0;
    }, milliseconds);
  };
  t.ok(await keepsConnections('kept', []));
  const faulty = [{ file: 'connections.ts', from: '!this.#settings.isStandby && ', to: '' }];
  t.notOk(await keepsConnections('replaced', faulty, 6_000), 'this test can fail');
});
