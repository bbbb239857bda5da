import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { operator, type UserId } from '@taskward/domain';
import t, { type Test } from 'tap';
import { aDraft, anOrigin, aUser } from '../support/builders.ts';
import { aWebhookDatabase } from '../support/postgres/webhook-database.ts';
import { scaled } from '../support/scale.ts';
import { aReceiver, type Received, verified } from '../support/webhooks/receiver.ts';
import { aWorker, webhooksOver } from '../support/webhooks/workers.ts';

// By TASKWARD_EVENTS=100000 as many as the promise is about.
const manyEvents = Number(process.env.TASKWARD_EVENTS ?? scaled(4_000, 480));
const patience = 60_000 + manyEvents * 10;
const timeout = 2 * patience;

t.setTimeout(2 * timeout);

const now = () => new Date().toISOString();

const until = async (isSo: () => boolean | Promise<boolean>, what: string): Promise<void> => {
  for (const deadline = Date.now() + patience; !(await isSo()); await wait(20)) {
    if (Date.now() > deadline) throw new Error(`not within ${patience} ms: ${what}`);
  }
};

const aWorld = async (t: Test) => {
  const stores = await aWebhookDatabase(t);
  const { webhooks } = webhooksOver(stores.database);
  const add = (url: string) => webhooks.addEndpoint(operator, { url });
  const addTasks = async (owner: UserId, count: number) => {
    for (let n = 0; n < count; n += 1) await stores.tasks.add(aDraft(owner), anOrigin({ at: now() as never }));
  };
  return { ...stores, useCases: webhooks, add, addTasks };
};

/** The owner and revision of each event, verified. */
const eventsIn = (received: readonly Received[], secret: string) =>
  received.map((one) => {
    const { data } = verified(secret, one);
    return `${data.task.user_id} ${data.revision}`;
  });

t.test('of many events that two workers deliver to a receiver with hiccups none is lost', { timeout }, async (t) => {
  const { database, add, addTasks, sql } = await aWorld(t);
  // Every seventh request fails, and is repeated at once: the delays are not what is tested here.
  const receiver = await aReceiver(t, (response, _received, n) => response.writeHead(n % 7 === 3 ? 500 : 200).end());
  const { secret } = await add(receiver.url);
  const workers = [aWorker(database, 3_600_000), aWorker(database, 3_600_000)];
  const owners = Array.from({ length: 8 }, aUser);
  const each = manyEvents / owners.length;
  await Promise.all(owners.map((owner) => addTasks(owner, each)));
  const left = async () => {
    await sql(`update taskward.webhook_deliveries set at = now() where state = 'pending' and error is not null`);
    const [row] = await sql<{ count: number }>(
      `select (select count(*) from taskward.outbox where not dispatched)::integer
         + (select count(*) from taskward.webhook_deliveries where state <> 'delivered')::integer as count`,
    );
    return row?.count ?? 0;
  };
  await until(async () => (await left()) === 0, 'everything is delivered');
  await Promise.all(workers.map(({ stop }) => stop()));
  const events = new Set(eventsIn(receiver.received, secret));
  const expected = owners.flatMap((owner) => Array.from({ length: each }, (_, n) => `${owner} ${n + 1}`));
  t.equal(events.size, expected.length);
  t.same(
    expected.filter((one) => !events.has(one)),
    [],
  );
  const accepted = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
  t.equal(accepted.size, expected.length, 'each under one id');
});

t.test('a receiver that hangs does not hold up another', async (t) => {
  const { database, add, addTasks } = await aWorld(t);
  const hanging = await aReceiver(t, () => {});
  const receiver = await aReceiver(t);
  await add(hanging.url);
  await add(receiver.url);
  const worker = aWorker(database);
  await addTasks(aUser(), 60);
  const start = performance.now();
  await until(() => receiver.received.length === 60, 'the other has everything');
  t.ok(performance.now() - start < 1_900, 'before the first attempt at the one that hangs is over');
  await worker.stop();
});

t.test('an endpoint that is gone is disabled, with a line in the log, and nothing is kept any more', async (t) => {
  const { database, add, addTasks, sql, useCases } = await aWorld(t);
  const receiver = await aReceiver(t, (response) => response.writeHead(410).end());
  const { endpoint } = await add(receiver.url);
  const worker = aWorker(database);
  const owner = aUser();
  await addTasks(owner, 1);
  await until(async () => (await useCases.listEndpoints(operator))[0]?.disabled === 'gone', 'it is disabled');
  await until(() => worker.lines.length > 0, 'the log says so');
  await worker.stop();
  t.match(worker.lines, [new RegExp(`The webhook endpoint ${endpoint.id} is disabled: it answered 410 Gone`)]);
  await addTasks(owner, 5);
  t.same(await sql('select count(*)::integer as count from taskward.outbox'), [{ count: 1 }]);
});

t.test('what a killed worker had begun is taken over by another within seconds', async (t) => {
  const { url, database, add, addTasks } = await aWorld(t);
  let isHanging = true;
  const receiver = await aReceiver(t, (response) => {
    if (!isHanging) response.writeHead(200).end();
  });
  const { secret } = await add(receiver.url);
  await addTasks(aUser(), 5);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'worker-process.ts'), url], { stdio: 'inherit' });
  t.teardown(() => child.kill('SIGKILL'));
  await until(() => receiver.received.length === 5, 'it attempts all');
  child.kill('SIGKILL');
  isHanging = false;
  // Time passes: the lease of the killed one is twenty seconds.
  const other = aWorker(database, 21_000);
  await until(() => receiver.received.length === 10, 'the other one attempts all');
  await other.stop();
  const [before, after] = [receiver.received.slice(0, 5), receiver.received.slice(5)];
  t.same(new Set(eventsIn(after, secret)), new Set(eventsIn(before, secret)));
  t.same(
    new Set(after.map(({ headers }) => headers['webhook-id'])),
    new Set(before.map(({ headers }) => headers['webhook-id'])),
    'under the same ids, so that the receiver knows them',
  );
});

t.test('a worker without endpoints writes nothing, and finds one that is added', async (t) => {
  const { database, add, addTasks, sql } = await aWorld(t);
  const worker = aWorker(database);
  const owner = aUser();
  await addTasks(owner, 3);
  t.same(await sql(`select tgname from pg_trigger where tgname = 'changes_outbox'`), []);
  t.same(await sql('select id from taskward.outbox'), []);
  const receiver = await aReceiver(t);
  const { secret } = await add(receiver.url);
  await addTasks(owner, 1);
  await until(() => receiver.received.length === 1, 'the event arrives');
  t.same(eventsIn(receiver.received, secret), [`${owner} 4`]);
  await worker.stop();
});
