import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openReplica } from '@taskward/adapters-postgres';
import t from 'tap';
import { aCaller } from '../support/http/api.ts';
import { open, poolSettings, withDatabase } from '../support/postgres/database.ts';
import { replicatedServers } from '../support/postgres/replicated-servers.ts';
import { aCommandLine } from '../support/processes/command-line.ts';
import { aDirectory } from '../support/processes/processes.ts';
import { aReplicatedApi } from './support.ts';

t.setTimeout(240_000);

const list = '/api/tasks?limit=500';

t.test('a server that is no standby of the database is not used, and doctor says why', async (t) => {
  const [servers, others] = await Promise.all([replicatedServers(t), replicatedServers(t)]);
  const { primary, standby } = servers;
  const taskward = aCommandLine(t, primary.url);
  const refused: [url: string, sentence: RegExp][] = [
    [primary.url, /^The server of DATABASE_REPLICA_URL accepts writes: name a standby/],
    [others.standby.url, /^DATABASE_REPLICA_URL names a standby of another database/],
    [withDatabase(standby.url, 'postgres'), /^DATABASE_REPLICA_URL names a standby of another database, "postgres": /],
    ['postgresql://postgres@127.0.0.1:1/taskward', /ECONNREFUSED/],
  ];
  for (const [url, sentence] of refused) {
    const { app, replica, said } = await aReplicatedApi(t, primary.url, url);
    await t.rejects(replica.verify(), { message: sentence });
    await replica.check();
    await replica.check();
    t.equal(said.length, 1, 'logged once');
    t.match(said[0], /^The replica is not used, and the primary answers: /);
    t.equal((await aCaller(app).call('GET', list)).statusCode, 200);
    t.equal(replica.usage.answered, 0);
    const { code, out } = await taskward(['doctor', '--json'], { DATABASE_REPLICA_URL: url });
    t.equal(code, 1);
    const found = JSON.parse(out).checks.at(-1);
    t.match(found, { check: 'replica', ok: false });
    t.match(found.says.join(), new RegExp(sentence.source));
  }
  const { code, out } = await taskward(['doctor'], { DATABASE_REPLICA_URL: standby.url });
  t.equal(code, 0);
  t.match(out, /ok +replica +A standby of the database/);
});

t.test('a login without privileges suffices, with the password of the file or its own', async (t) => {
  const { primary, standby, catchUp } = await replicatedServers(t);
  await primary.sql(`create role reader login password 'right'; grant taskward_api, taskward_jobs to reader`);
  await catchUp();
  const database = open(t, primary.url);
  const passwordFile = join(await aDirectory(t, 'password'), 'password');
  const logIn = async (inUrl: string, inFile: string) => {
    await writeFile(passwordFile, inFile);
    const url = new URL(standby.url);
    url.username = 'reader';
    url.password = inUrl;
    const replica = openReplica(database, url.href, poolSettings, { passwordFile });
    await replica.verify().finally(() => replica.close());
  };
  await logIn('', 'right');
  await logIn('right', 'wrong');
  await t.rejects(logIn('', 'wrong'), /password authentication failed/);
});

t.test('a replica with another schema, or without forced row security, is not used until it is fit', async (t) => {
  const { primary, standby, catchUp } = await replicatedServers(t);
  const { replica, said, isUsed } = await aReplicatedApi(t, primary.url, standby.url);
  await catchUp();
  await standby.sql('select pg_wal_replay_pause()');
  await primary.sql('alter table taskward.tasks add column later text');
  await t.rejects(replica.verify(), { name: 'UnfitReplicaError', message: /has not replayed the latest migration/ });
  await replica.check();
  t.match(said, [/schema of another version/]);
  await standby.sql('select pg_wal_replay_resume()');
  t.ok(await isUsed());

  await primary.sql('alter table taskward.tasks no force row level security');
  await catchUp();
  await t.rejects(replica.verify(), { name: 'UnsafeDatabaseError', message: /taskward\.tasks is open/ });
  await replica.check();
  t.match(said.at(-1), /The replica is not used, .*taskward\.tasks is open/s);
  await primary.sql('alter table taskward.tasks force row level security');
  t.ok(await isUsed());
});
