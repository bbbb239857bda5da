import type { OutboxEntry, WebhookStore } from '@taskward/application';
import { Task, taskEventOf } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aUser, changing } from '../support/builders.ts';
import { aReminding } from '../support/reminders.ts';
import { lastStateOf } from './change-stores.ts';
import { testWebhookDeliveries } from './webhook-deliveries.ts';
import { addTasks, after, anEndpoint, dispatchAll, type MakeWebhookStores, start } from './webhook-stores.ts';

const testOutbox = (t: Test, make: MakeWebhookStores): void => {
  t.test('changes are kept exactly while an endpoint is enabled', async (t) => {
    const { tasks, webhooks } = await make(t);
    const owner = await addTasks(tasks, 1);
    const [one, other] = [await anEndpoint(webhooks), await anEndpoint(webhooks, 'https://other.example')];
    await addTasks(tasks, 1, owner);
    await webhooks.change(one.id, { kind: 'disable', reason: 'operator' }, start);
    await addTasks(tasks, 1, owner);
    await webhooks.change(other.id, { kind: 'disable', reason: 'operator' }, start);
    await addTasks(tasks, 1, owner);
    await webhooks.change(one.id, { kind: 'enable' }, start);
    await addTasks(tasks, 1, owner);
    await webhooks.remove(one.id);
    await addTasks(tasks, 1, owner);
    const kept = await dispatchAll(webhooks);
    t.same(
      kept.map(({ change }) => change.revision),
      [2, 3, 5],
    );
  });

  t.test('each change is kept with the task after it', async (t) => {
    const { tasks, webhooks } = await make(t);
    await anEndpoint(webhooks);
    const owner = aUser();
    const origin = anOrigin({ requestId: 'r-1' });
    const added = await tasks.add(aDraft(owner, { title: 'A', description: 'x' }), origin);
    const changed = await tasks.update(owner, 1, changing(owner, { title: 'B' }), origin);
    const rule = { whenCompleted: true, whenOpen: true, at: changed.updatedAt };
    const done = await tasks.update(owner, 1, changing(owner, { completed: true }, rule.at), origin, rule);
    await tasks.remove(owner, 1, origin);
    const kept = await dispatchAll(webhooks);
    t.match(
      kept.map(({ owner, task, change: { requestId, taskId, at } }) => ({ owner, task, requestId, taskId, at })),
      [added, changed, done, done].map((task) => ({
        owner,
        task: { owner, id: 1, ...lastStateOf(task) },
        requestId: 'r-1',
        taskId: 1,
        at: String,
      })),
    );
    t.same(
      kept
        .map(({ change, task }) => taskEventOf(change, task))
        .map(({ type, changed, revision }) => [type, changed, revision]),
      [
        ['created', { title: [null, 'A'], description: [null, 'x'], completed: [null, false] }, 1],
        ['updated', { title: ['A', 'B'] }, 2],
        ['completed', { completed: [false, true] }, 3],
        ['deleted', { title: ['B', null], description: ['x', null], completed: [true, null] }, 4],
      ],
    );
    t.equal(new Set(kept.map(({ id }) => id)).size, 4);
  });

  t.test('of several changes of a task in one step each is kept with the task as it was after that one', async (t) => {
    const { tasks, webhooks } = await make(t);
    const owner = await addTasks(tasks, 1);
    await anEndpoint(webhooks);
    const states: Task[] = [];
    const now = anInstant('2026-11-20T10:00:00.000Z');
    await tasks.transact(owner, { ids: [1] }, anOrigin({ at: now }), (unit) => {
      const note = (task: Task) => void states.push(task);
      note(unit.update(1, changing(owner, { title: 'B', completed: true }, now)));
      note(unit.update(1, changing(owner, { description: 'x' }, now)));
      note(unit.update(1, changing(owner, { title: 'C', description: null, completed: false }, now)));
      const last = unit.get(1);
      note(last);
      unit.remove(1);
      note(unit.restore(last));
      note(unit.update(1, changing(owner, { title: 'D' }, now)));
      const other = unit.add(aDraft(owner, { title: 'other' }, now));
      note(other);
      note(other);
      unit.remove(other.id);
      return { result: undefined, store: true };
    });
    const kept = await dispatchAll(webhooks);
    const revisionless = (task: Task | OutboxEntry['task']) => ({ ...Task.restore({ ...task, revision: 0 }) });
    t.same(
      kept.map(({ task }) => revisionless(task)),
      states.map(revisionless),
    );
    t.same(
      kept.map(({ change, task }) => taskEventOf(change, task).type),
      ['completed', 'updated', 'reopened', 'deleted', 'restored', 'updated', 'created', 'deleted'],
    );
  });

  t.test('a reminder is kept with the task, which keeps its revision', async (t) => {
    const { tasks, webhooks } = await make(t);
    await anEndpoint(webhooks);
    const owner = aUser();
    const [first, second] = [anInstant('2026-12-01T09:00:00.000Z'), anInstant('2026-12-01T09:01:00.000Z')];
    await tasks.add(aReminding(owner, first, second), anOrigin());
    const task = await tasks.update(owner, 1, changing(owner, { title: 'Call back', tags: ['work'] }), anOrigin());
    await tasks.transact(owner, { ids: [1] }, anOrigin({ at: second }), (unit) => {
      unit.remind(unit.get(1), { at: first, late: true });
      unit.remind(unit.get(1), { at: second, late: false });
      return { result: undefined, store: true };
    });
    const events = (await dispatchAll(webhooks)).map(({ change, task }) => taskEventOf(change, task));
    t.match(events, [
      { type: 'created' },
      { type: 'updated' },
      { type: 'reminder', revision: 3, at: second, changed: {}, reminder: { at: first, late: true } },
      { type: 'reminder', revision: 4, at: second, changed: {}, reminder: { at: second, late: false } },
    ]);
    for (const event of events.slice(2)) t.same({ ...Task.restore(event.task) }, { ...task }, 'the task as it is');
  });

  t.test('a user who is erased leaves no event behind', async (t) => {
    const { tasks, users, webhooks } = await make(t);
    const endpoint = await anEndpoint(webhooks);
    const [ann, bob] = [await addTasks(tasks, 2), await addTasks(tasks, 1)];
    await dispatchAll(webhooks, 1);
    await users.erase(ann);
    await dispatchAll(webhooks);
    const left = await webhooks.deliveries(endpoint.id, undefined, 10);
    t.same(
      left.map(({ owner }) => owner),
      [bob],
    );
  });

  t.test('old events are removed with their deliveries, some at a time', async (t) => {
    const { tasks, webhooks } = await make(t);
    const endpoint = await anEndpoint(webhooks);
    const owner = aUser();
    for (const at of [after(0), after(1), after(1_000)]) await tasks.add(aDraft(owner), anOrigin({ at }));
    await dispatchAll(webhooks);
    const purge = (limit: number) => webhooks.purge({ now: after(2_000), lifetime: 1_500, limit });
    t.same([await purge(1), await purge(5), await purge(5)], [1, 1, 0]);
    t.equal((await webhooks.deliveries(endpoint.id, undefined, 10)).length, 1);
  });
};

const testEndpoints = (t: Test, make: MakeWebhookStores): void => {
  t.test('endpoints are kept as they were added, and a URL has one', async (t) => {
    const { webhooks } = await make(t);
    const first = await webhooks.add({ url: 'https://a.example/?q=%20', events: ['created', 'deleted'] }, start);
    const second = await webhooks.add({ url: 'https://b.example', events: ['completed'] }, after(1));
    t.equal(await webhooks.add({ url: 'https://b.example', events: ['created'] }, after(2)), undefined);
    t.match(first, {
      url: 'https://a.example/?q=%20',
      events: ['created', 'deleted'],
      createdAt: start,
      secretVersion: 1,
    });
    t.same(await webhooks.list(), [first, second]);
    t.equal(await webhooks.remove(first?.id ?? ''), true);
    t.equal(await webhooks.remove(first?.id ?? ''), false);
    t.equal(await webhooks.remove('no id'), false);
    t.equal(await webhooks.change('no id', { kind: 'enable' }, start), undefined);
    t.same(await webhooks.list(), [second]);
  });

  t.test('an endpoint changes as it is told', async (t) => {
    const { webhooks } = await make(t);
    const added = await anEndpoint(webhooks);
    const change = async (change: Parameters<WebhookStore['change']>[1], now = start) =>
      webhooks.change(added.id, change, now);
    t.same(await change({ kind: 'rotate', overlap: 1_000 }), {
      ...added,
      secretVersion: 2,
      previousUntil: after(1_000),
    });
    const rotated = await change({ kind: 'rotate', overlap: 1_000 }, after(500));
    t.same(rotated, { ...added, secretVersion: 3, previousUntil: after(1_500) });
    t.same(await change({ kind: 'failed', patience: 1_000 }), { ...rotated, givesUpAt: after(1_000) });
    t.same(await change({ kind: 'failed', patience: 1_000 }, after(10)), { ...rotated, givesUpAt: after(1_000) });
    t.same(await change({ kind: 'succeeded' }), rotated);
    t.same(await change({ kind: 'disable', reason: 'gone' }), { ...rotated, disabled: 'gone' });
    await change({ kind: 'failed', patience: 1 });
    t.same(await change({ kind: 'enable' }), rotated);
    t.same(await webhooks.list(), [rotated]);
  });
};

/** What every webhook store must do, over whatever keeps the tasks. */
export const testWebhookStore = (t: Test, make: MakeWebhookStores): void => {
  testOutbox(t, make);
  testEndpoints(t, make);
  testWebhookDeliveries(t, make);
};
