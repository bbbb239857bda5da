import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, isAlive, postgresPid, processesIn, query, test } from './support.ts';

test('a second start finds the data of the first', async (t, project) => {
  const first = await project.start();
  await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS one');
  await first.release();
  t.strictSame(processesIn(project.root), [], 'release by the last holder waits until all is stopped');

  const second = await project.start();
  t.strictSame(await query(second.url, 'SELECT one FROM kept'), [{ one: 1 }]);
});

test('the server is the same on every machine, and open to nobody else', async (t, project) => {
  const { url } = await project.start({ database: 'Ünusual "name"' });
  const [row] = await query(
    url,
    `SELECT current_database() AS name, current_setting('server_encoding') AS encoding, datlocprovider AS provider,
       datlocale AS locale, datcollate AS collation, current_setting('TimeZone') AS zone,
       current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets,
       current_setting('server_version_num')::int / 10000 AS major, lower('ÄÖ') AS lower,
       (SELECT count(*)::int FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256') AS open_doors,
       (SELECT count(*)::int FROM pg_collation WHERE collname = 'und-x-icu') AS icu
     FROM pg_database WHERE datname = current_database()`,
  );
  t.strictSame(row, {
    name: 'Ünusual "name"',
    encoding: 'UTF8',
    provider: 'b',
    locale: 'C.UTF-8',
    collation: 'C',
    zone: 'UTC',
    addresses: '127.0.0.1',
    sockets: '',
    major: 18,
    lower: 'äö',
    open_doors: 0,
    icu: 1,
  });
  t.match(url, /^postgresql:\/\/taskward:[0-9a-f]{48}@127\.0\.0\.1:\d+\//);
  t.equal(statSync(join(project.directory, 'postgres', 'password')).mode & 0o777, 0o600);
  await t.rejects(query(url.replace(/:[0-9a-f]{48}@/, ':wrong@'), 'SELECT'), /password authentication failed/);
});

test('processes that start at the same moment share one server, until the last has gone', async (t, project) => {
  const [own, ...others] = await Promise.all([project.start(), project.hold(), project.hold()]);
  for (const other of others) t.equal(other.url, own.url);
  await own.release();
  others[0]?.child.kill('SIGTERM');
  t.strictSame(await query(own.url, 'SELECT 1 AS one'), [{ one: 1 }], 'one is left, so the server is, too');
});

test('a holder that is killed takes the server with it', async (t, project) => {
  const holder = await project.hold();
  const pid = postgresPid(project.data);
  holder.child.kill('SIGKILL');
  await eventually(60_000, () => !isAlive(pid));
  await eventually(60_000, () => processesIn(project.root).length === 0);
  t.notOk(existsSync(join(project.data, 'postmaster.pid')), 'it was stopped in an orderly way');
});

test('a process that does not release can end all the same', async (t, project) => {
  const { child, url } = await project.hold({ mode: 'leave' });
  t.ok(url);
  const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
  t.equal(code, 0);
});

test('who comes while the server is shutting down gets one', async (t, project) => {
  let held = await project.start();
  for (let round = 0; round < 3; round++) {
    const [next] = await Promise.all([project.start(), held.release()]);
    t.strictSame(await query(next.url, 'SELECT 1 AS one'), [{ one: 1 }]);
    held = next;
  }
  for (let round = 0; round < 3; round++) {
    const leaving = held.release();
    held = await project.start();
    await leaving;
    t.strictSame(await query(held.url, 'SELECT 1 AS one'), [{ one: 1 }]);
  }
});
