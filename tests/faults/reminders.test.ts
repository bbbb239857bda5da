import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { operator } from '@taskward/domain';
import t, { type Test } from 'tap';
import { anInstant, anOrigin, aUser } from '../support/builders.ts';
import { aWebhookDatabase } from '../support/postgres/webhook-database.ts';
import { aReminding } from '../support/reminders.ts';
import { scaled } from '../support/scale.ts';
import { aReceiver, verified } from '../support/webhooks/receiver.ts';
import { webhooksOver } from '../support/webhooks/workers.ts';

// By TASKWARD_REMINDERS=10000 as many as the promise is about.
const count = Number(process.env.TASKWARD_REMINDERS ?? scaled(2_000, 800));
const owners = Array.from({ length: 200 }, aUser);
const due = anInstant('2027-12-01T09:00:00.000Z');
const promised = 60_000;

const aProcess = async (t: Test, url: string) => {
  const child = fork(join(import.meta.dirname, 'reminder-process.ts'), [url]);
  t.teardown(() => child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
};

t.test('reminders that are due in one minute go out within it, each once, also when a process is killed', async (t) => {
  const { url, database, tasks, sql } = await aWebhookDatabase(t);
  const receiver = await aReceiver(t);
  const { secret } = await webhooksOver(database).webhooks.addEndpoint(operator, {
    url: receiver.url,
    events: ['reminder'],
  });
  for (const owner of owners)
    await tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => {
      for (let n = 0; n < count / owners.length; n += 1) unit.add(aReminding(owner, due));
      return { result: undefined, store: true };
    });
  const fired = async () => {
    const [row] = await sql<{ count: number }>(
      `select count(*)::integer as count from taskward.changes where kind = 'reminded'`,
    );
    return row?.count ?? 0;
  };
  const eventIds = () => new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
  const until = async (isSo: () => Promise<boolean> | boolean, what: string) => {
    for (const deadline = Date.now() + 3 * promised; !(await isSo()); await wait(5))
      if (Date.now() > deadline) throw new Error(`not in time: ${what}`);
  };

  const [first, second] = [await aProcess(t, url), await aProcess(t, url)];
  const start = performance.now();
  const seconds = () => Math.round((performance.now() - start) / 100) / 10;
  for (const child of [first, second]) child.send(Date.parse(due) - Date.now());
  await until(async () => (await fired()) >= count / 10, 'some are fired');
  first.kill('SIGKILL');
  const before = await fired();
  t.ok(before < count, `it is killed when ${before} of ${count} are fired`);
  await until(async () => (await fired()) >= count, 'all are fired');
  const firedAfter = seconds();
  await until(() => eventIds().size >= count, 'all are delivered');
  const deliveredAfter = seconds();
  t.comment(`${count} reminders of ${owners.length} users: fired in ${firedAfter} s, delivered in ${deliveredAfter} s`);
  t.ok(deliveredAfter * 1_000 < promised, `delivered within ${deliveredAfter} s`);
  second.kill('SIGKILL');

  t.equal(await fired(), count, 'no entry more');
  t.same(await sql('select id from taskward.tasks where remind_at is not null'), []);
  const events = receiver.received.map((one) => verified(secret, one));
  const [idOf, taskOf] = [new Map<string, string>(), new Map<string, string>()];
  for (const { id, data } of events) {
    const task = `${data.task.user_id} ${data.task.id}`;
    idOf.set(task, id);
    taskOf.set(id, task);
  }
  t.equal(idOf.size, count, 'each task');
  t.equal(taskOf.size, count, 'under one id');
  t.ok(
    events.every(({ type, data }) => type === 'taskward.task.reminder' && data.reminder?.at === due),
    'each says which reminder it is',
  );
});
