import { makeOwnerPorts, readWebhookQueue } from '@taskward/adapters-postgres';
import t from 'tap';
import { aUser } from '../support/builders.ts';
import { ownMigratedDatabase, sqlOn } from '../support/postgres/database.ts';
import { eventually } from '../support/processes/processes.ts';

t.test('requests that share a transaction are counted, and so are connections', async (t) => {
  const { database } = await ownMigratedDatabase(t);
  const { transactions } = database;
  const { tasks } = makeOwnerPorts({ database });
  const before = structuredClone(transactions.statistics());
  await Promise.all(Array.from({ length: 8 }, () => tasks.revision(aUser())));
  const after = transactions.statistics();
  t.equal(after.transactions.reading.requests - before.transactions.reading.requests, 8);
  const sent = after.transactions.reading.transactions - before.transactions.reading.transactions;
  t.ok(sent >= 1 && sent < 8, `${sent} transactions carry them`);
  t.equal(after.transactions.writing.requests, 0);
  t.match(after.connections, { max: 10, inUse: 0, waiting: 0, broken: 0, failed: 0 });
  t.ok(after.connections.opened >= 1 && after.connections.open >= 1);
  t.equal(after.waiting, 0);
});

t.test('connections that run something are in use', async (t) => {
  const { database } = await ownMigratedDatabase(t);
  const { transactions } = database;
  const gate = Promise.withResolvers<void>();
  const running = transactions.transaction(10_000, () => gate.promise);
  t.ok(await eventually(() => transactions.statistics().connections.inUse === 1));
  gate.resolve();
  await running;
  t.equal(transactions.statistics().connections.inUse, 0);
});

t.test('connections that are lost are counted', async (t) => {
  const { database } = await ownMigratedDatabase(t);
  const { transactions } = database;
  const { tasks } = makeOwnerPorts({ database });
  await tasks.revision(aUser());
  t.equal(transactions.statistics().connections.broken, 0);
  await sqlOn(database)(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  t.ok(await eventually(() => transactions.statistics().connections.broken >= 1));
  t.equal(await tasks.revision(aUser()), 0, 'and replaced');
});

t.test('the queue of webhooks is read as a job', async (t) => {
  const { database } = await ownMigratedDatabase(t);
  const sql = sqlOn(database);
  t.strictSame(await readWebhookQueue(database), { depth: 0, oldestSeconds: 0 });
  const [endpoint] = await sql<{ id: string }>(
    `insert into taskward.webhook_endpoints (url, events, created_at) values ('https://a.example', '{}', now()) returning id`,
  );
  const addEvent = async (minutes: number, dispatched: boolean) => {
    const [event] = await sql<{ id: string }>(
      `insert into taskward.outbox (user_id, revision, task_id, kind, at, task, dispatched)
       values (?, 1, 1, 'created', now() - ? * interval '1 minute', '{}', ?) returning id`,
      [aUser(), minutes, dispatched],
    );
    return event?.id;
  };
  await addEvent(1, false);
  const fresh = await readWebhookQueue(database);
  t.equal(fresh.depth, 1);
  t.ok(fresh.oldestSeconds >= 60 && fresh.oldestSeconds < 120, `${fresh.oldestSeconds} s`);
  const old = await addEvent(60, true);
  // It is tried again later: the event is as old as it is, whenever its next attempt is due.
  await sql(
    `insert into taskward.webhook_deliveries (endpoint_id, event_id, at) values (?, ?, now() + interval '1 hour')`,
    [endpoint?.id, old],
  );
  const waiting = await readWebhookQueue(database);
  t.equal(waiting.depth, 2);
  t.ok(waiting.oldestSeconds >= 3_600 && waiting.oldestSeconds < 3_700, `${waiting.oldestSeconds} s`);
  await sql(`update taskward.webhook_endpoints set disabled = 'operator'`);
  t.equal((await readWebhookQueue(database)).depth, 1, 'what a disabled endpoint is not sent does not wait');
});
