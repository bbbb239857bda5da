import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { commandOf, eventually, isAlive, keeperPid, postgresPid, processesIn, query, test } from './support.ts';

test('after the keeper was killed, the next start ends its server and finds the data', async (t, project) => {
  const holder = await project.hold();
  await query(holder.url, 'CREATE TABLE kept AS SELECT 1 AS one');
  const orphan = postgresPid(project.data);
  process.kill(keeperPid(project.root), 'SIGKILL');
  holder.child.kill('SIGKILL');

  const { url } = await project.start();
  t.notOk(isAlive(orphan));
  t.strictSame(await query(url, 'SELECT one FROM kept'), [{ one: 1 }]);
});

test('after keeper and server were killed, the next start finds the data', async (t, project) => {
  const holder = await project.hold();
  await query(holder.url, 'CREATE TABLE kept AS SELECT 1 AS one');
  for (const pid of [keeperPid(project.root), postgresPid(project.data)]) process.kill(pid, 'SIGKILL');
  holder.child.kill('SIGKILL');

  const { url } = await project.start();
  t.strictSame(await query(url, 'SELECT one FROM kept'), [{ one: 1 }]);
});

test('a server that dies while it is held comes back under the same address', async (t, project) => {
  const { url } = await project.start();
  await query(url, 'CREATE TABLE kept AS SELECT 1 AS one');
  const pid = postgresPid(project.data);
  process.kill(pid, 'SIGKILL');
  await eventually(60_000, () =>
    query(url, 'SELECT one FROM kept').then(
      ([row]) => row?.one === 1,
      () => false,
    ),
  );
  t.not(postgresPid(project.data), pid);
});

test('a server that dies again and again is given up, and the holder is told', async (t, project) => {
  const notices: string[] = [];
  const held = await project.start({ notice: (line: string) => notices.push(line) });
  for (let deaths = 0; deaths < 6; deaths++) {
    await eventually(60_000, () => query(held.url, 'SELECT').then(Boolean, () => false));
    process.kill(postgresPid(project.data), 'SIGKILL');
  }
  await eventually(60_000, () => notices.some((notice) => /start again/.test(notice)));
  // Where PostgreSQL cannot run in this directory, that notice came first.
  t.match(notices.slice(-2), [/PostgreSQL ended 6 times: see .*postgres\.log/, /start again/]);

  const { url } = await project.start();
  t.strictSame(await query(url, 'SELECT 1 AS one'), [{ one: 1 }], 'a new start is a new chance');
});

test('a stale pid file that names another program blocks nothing and harms nobody', async (t, project) => {
  await (await project.start()).release();
  const { uid, gid } = statSync(project.data);
  const bystander = spawn('sleep', ['60'], { ...(process.getuid?.() === 0 && { uid, gid }), stdio: 'ignore' });
  t.teardown(() => bystander.kill());
  const stale = [bystander.pid, project.data, 1, 20000, '', '127.0.0.1', '1 1', 'ready'].join('\n');
  writeFileSync(join(project.data, 'postmaster.pid'), stale);

  const { url } = await project.start();
  t.strictSame(await query(url, 'SELECT 1 AS one'), [{ one: 1 }]);
  t.ok(bystander.exitCode === null && bystander.signalCode === null);
});

test('a first start that is killed half-way does not block the next', async (t, project) => {
  const killed = project.hold().catch(() => undefined);
  const unfinished = () => readdirSync(project.directory).filter((name) => name.startsWith('postgres.new-'));
  await eventually(
    60_000,
    () =>
      existsSync(project.directory) &&
      unfinished().some((name) => existsSync(join(project.directory, name, 'data/base'))),
  );
  // The holder would ask for another keeper at once: it has to go first.
  for (const pid of processesIn(project.root).reverse()) if (!isInitdb(pid)) process.kill(pid, 'SIGKILL');
  await killed;
  t.equal(unfinished().length, 1);

  const { url } = await project.start();
  t.strictSame(await query(url, 'SELECT 1 AS one'), [{ one: 1 }]);
  t.strictSame(unfinished(), []);
});

const isInitdb = (pid: number) => !commandOf(pid).includes('.ts ');

test('files of a dead keeper, whose port is another program’s, do not block', async (t, project) => {
  await (await project.start()).release();
  const other = createServer((socket) => socket.on('error', () => {}).write('220\r\n')).listen(0, '127.0.0.1');
  t.teardown(() => other.close());
  await once(other, 'listening');
  const address = { port: (other.address() as AddressInfo).port, token: 'stale' };
  writeFileSync(join(project.directory, 'keeper.json'), JSON.stringify(address));
  t.ok((await project.start()).url);
});

test('what cannot be repaired is said in a sentence that names the directory and the remedy', async (t, project) => {
  await (await project.start()).release();
  const version = join(project.data, 'PG_VERSION');

  writeFileSync(version, '17\n');
  await t.rejects(project.start(), {
    name: 'EmbeddedDatabaseError',
    message: /^The database in .*\.data\/postgres was made by PostgreSQL 17, and PostgreSQL 18, .*: move it away/,
  });

  rmSync(version);
  await t.rejects(project.start(), { message: /^There is no complete database in .*\.data\/postgres: move it away/ });

  writeFileSync(version, '18\n');
  await t.rejects(project.start({ settings: { shared_buffers: 'plenty' } }), {
    message: /^The embedded database could not start \(PostgreSQL: .*shared_buffers.*plenty.*set DATABASE_URL/,
  });
  t.ok((await project.start()).url, 'and once corrected, it starts');
});
