import { setTimeout as wait } from 'node:timers/promises';
import { startEmbeddedDatabase } from '@taskward/embedded-database';
import t, { type Test } from 'tap';
import { type ApiProcess, aDirectory, aFreePort, anApiProcess } from '../support/processes/processes.ts';
import { scaled } from '../support/scale.ts';
import { aPgbouncer, withPgbouncer } from './pgbouncer.ts';
import { syncLoad } from './sync-load.ts';

// By TASKWARD_SYNC_CHANGES=100000 as many as the promise is about.
const changes = Number(process.env.TASKWARD_SYNC_CHANGES ?? scaled(20_000, 4_000));
const writers = 8;
const timeout = 120_000 + changes * 10;

t.setTimeout(3 * timeout);

const aServer = async (t: Test): Promise<string> => {
  const database = await startEmbeddedDatabase({ directory: await aDirectory(t, 'sync') });
  t.teardown(() => database.release());
  return database.url;
};

const settings = { RATE_LIMIT_MAX: '10000000', LOG_LEVEL: 'CRITICAL', MAX_TASKS_PER_USER: '10000000' };

const isInSync = async (t: Test, load: ReturnType<typeof syncLoad>): Promise<void> => {
  const differences = await load.differences();
  t.comment(`${load.changes()} changes in ${load.pages()} pages`);
  t.ok(load.changes() >= changes);
  t.strictSame(differences.slice(0, 5), [], 'nothing was missed, and nothing came twice');
};

t.test(`a client follows ${changes} changes of ${writers} writers`, { timeout }, async (t) => {
  const api = await anApiProcess(t, await aServer(t), settings);
  const load = syncLoad(() => api.url, writers);
  await load.follow(changes);
  await isInSync(t, load);
});

t.test('it follows while the server is killed again and again', { timeout }, async (t) => {
  const databaseUrl = await aServer(t);
  const env = { ...settings, PORT: String(await aFreePort()) };
  let api: ApiProcess = await anApiProcess(t, databaseUrl, env);
  const load = syncLoad(() => api.url, writers);
  const following = load.follow(changes);
  for (let n = 0; n < 3; n += 1) {
    const before = load.changes();
    while (load.changes() < before + changes / 10) await wait(20);
    await api.end('SIGKILL');
    api = await anApiProcess(t, databaseUrl, env);
  }
  await following;
  await isInSync(t, load);
});

t.test('it follows through PgBouncer', { timeout, ...withPgbouncer }, async (t) => {
  const serverUrl = await aServer(t);
  const pooled = await aPgbouncer(t, serverUrl, 10);
  const api = await anApiProcess(t, pooled, { ...settings, MIGRATION_DATABASE_URL: serverUrl });
  const load = syncLoad(() => api.url, writers);
  await load.follow(changes);
  await isInSync(t, load);
});
