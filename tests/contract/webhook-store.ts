import type { Endpoint, OutboxEntry, TaskRepository, UserDirectory, WebhookStore } from '@taskward/application';
import { type Instant, type Task, taskEventOf, taskEventTypes, toInstant, type UserId } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aUser, changing } from '../support/builders.ts';

/** The webhook store, and the stores whose changes it keeps. */
export interface WebhookStores {
  readonly tasks: TaskRepository;
  readonly users: UserDirectory;
  readonly webhooks: WebhookStore;
}
/** Makes stores without endpoints, which no other test uses meanwhile. */
export type MakeWebhookStores = (scope: Test) => Promise<WebhookStores>;

const start = anInstant('2026-12-01T00:00:00.000Z');
export const after = (milliseconds: number): Instant =>
  toInstant(new Date(Date.parse(start) + milliseconds).toISOString());
const lease = 20_000;

const anEndpoint = async (webhooks: WebhookStore, url = 'https://app.example/events'): Promise<Endpoint> => {
  const endpoint = await webhooks.add({ url, events: taskEventTypes }, start);
  if (endpoint === undefined) throw new Error('there is one with this URL');
  return endpoint;
};

/** Routes everything to all endpoints, and returns what there was. */
const dispatchAll = async (webhooks: WebhookStore, limit = 1_000): Promise<OutboxEntry[]> => {
  const kept: OutboxEntry[] = [];
  await webhooks.dispatch(limit, start, (logged, endpoints) => {
    kept.push(logged);
    return endpoints.map(({ id }) => id);
  });
  return kept.sort((a, b) => a.change.revision - b.change.revision);
};

const claimAll = (webhooks: WebhookStore, { id }: Endpoint, now = start, limit = 1_000) =>
  webhooks.claim(id, now, { lease, limit });

const addTasks = async (tasks: TaskRepository, count: number, owner: UserId = aUser()): Promise<UserId> => {
  for (let n = 0; n < count; n += 1) await tasks.add(aDraft(owner), anOrigin());
  return owner;
};

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
        task: { ...task },
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
    const revisionless = ({ revision: _revision, ...task }: Task | OutboxEntry['task']) => ({ ...task });
    t.same(
      kept.map(({ task }) => revisionless(task)),
      states.map(revisionless),
    );
    t.same(
      kept.map(({ change, task }) => taskEventOf(change, task).type),
      ['completed', 'updated', 'reopened', 'deleted', 'restored', 'updated', 'created', 'deleted'],
    );
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

const testDeliveries = (t: Test, make: MakeWebhookStores): void => {
  t.test('each change is routed once, by whomever, to the endpoints that are enabled', async (t) => {
    const { tasks, webhooks } = await make(t);
    const [one, other] = [await anEndpoint(webhooks), await anEndpoint(webhooks, 'https://other.example')];
    const off = await anEndpoint(webhooks, 'https://off.example');
    await webhooks.change(off.id, { kind: 'disable', reason: 'operator' }, start);
    await addTasks(tasks, 40);
    const offered = new Set<string>();
    const routed = await Promise.all(
      Array.from({ length: 8 }, () =>
        webhooks.dispatch(10, start, ({ change }, endpoints) => {
          for (const { id } of endpoints) offered.add(id);
          return change.revision % 2 === 0 ? [one.id] : [one.id, other.id];
        }),
      ),
    );
    t.equal(routed.reduce((sum, count) => sum + count, 0) + (await dispatchAll(webhooks)).length, 40);
    t.same(offered, new Set([one.id, other.id]));
    t.equal((await webhooks.deliveries(one.id, undefined, 100)).length, 40);
    t.same(await dispatchAll(webhooks), []);
  });

  t.test('a delivery is claimed by one, and again when the lease is over', async (t) => {
    const { tasks, webhooks } = await make(t);
    const endpoint = await anEndpoint(webhooks);
    await addTasks(tasks, 30);
    const logged = await dispatchAll(webhooks);
    const claims = await Promise.all(Array.from({ length: 6 }, () => claimAll(webhooks, endpoint, start, 10)));
    const claimed = [...claims.flat(), ...(await claimAll(webhooks, endpoint))];
    t.equal(claimed.length, 30);
    t.same(new Set(claimed.map(({ id }) => id)), new Set(logged.map(({ id }) => id)));
    t.same(await webhooks.due(after(lease - 1)), []);
    t.match(await webhooks.due(after(lease)), [{ id: endpoint.id }]);
    const again = await claimAll(webhooks, endpoint, after(lease));
    t.ok(again.length === 30 && again.every(({ attempt }) => attempt === 2));
    const outcome = { milliseconds: 1, status: 200 };
    await webhooks.settle(
      claimed.map(({ deliveryId, attempt }) => ({ deliveryId, attempt, outcome })),
      after(lease + 1),
    );
    t.equal((await claimAll(webhooks, endpoint, after(2 * lease))).length, 30, 'who was too late settles nothing');
  });

  t.test('a delivery is done, failed, or due again later', async (t) => {
    const { tasks, webhooks } = await make(t);
    const endpoint = await anEndpoint(webhooks);
    await addTasks(tasks, 3);
    await dispatchAll(webhooks);
    const claimed = await claimAll(webhooks, endpoint);
    const of = (revision: number) => claimed.find(({ change }) => change.revision === revision)?.deliveryId ?? '';
    await webhooks.settle(
      [
        { deliveryId: of(1), attempt: 1, outcome: { milliseconds: 3.6, status: 204 } },
        { deliveryId: of(2), attempt: 1, outcome: { milliseconds: 5, status: 500, error: 'status' } },
        { deliveryId: of(3), attempt: 1, outcome: { milliseconds: 7, error: 'timeout' }, retryIn: 1_500.4 },
      ],
      after(10),
    );
    const records = await webhooks.deliveries(endpoint.id, undefined, 10);
    t.match(
      [...records].sort((a, b) => a.revision - b.revision),
      [
        { state: 'delivered', attempts: 1, at: after(10), status: 204, milliseconds: 4, error: undefined },
        { state: 'failed', attempts: 1, at: after(10), status: 500, milliseconds: 5, error: 'status' },
        { state: 'pending', attempts: 1, at: after(1_510), status: undefined, milliseconds: 7, error: 'timeout' },
      ],
    );
    t.same(await claimAll(webhooks, endpoint, after(1_509)), []);
    t.match(await claimAll(webhooks, endpoint, after(1_510)), [{ deliveryId: of(3), attempt: 2 }]);
  });

  t.test('a disabled endpoint is given nothing, until it is enabled', async (t) => {
    const { tasks, webhooks } = await make(t);
    const endpoint = await anEndpoint(webhooks);
    await addTasks(tasks, 2);
    await dispatchAll(webhooks);
    await webhooks.change(endpoint.id, { kind: 'disable', reason: 'failing' }, start);
    t.same([await webhooks.due(start), await claimAll(webhooks, endpoint)], [[], []]);
    await webhooks.change(endpoint.id, { kind: 'enable' }, start);
    t.equal((await claimAll(webhooks, endpoint)).length, 2);
  });

  t.test('deliveries are listed page by page, and delivered again when asked', async (t) => {
    const { tasks, webhooks } = await make(t);
    const endpoint = await anEndpoint(webhooks);
    await addTasks(tasks, 5);
    await dispatchAll(webhooks);
    const walked: string[] = [];
    for (let before: string | undefined; ; before = walked.at(-1)) {
      const page = await webhooks.deliveries(endpoint.id, before, 2);
      if (page.length === 0) break;
      walked.push(...page.map(({ id }) => id));
    }
    t.equal(new Set(walked).size, 5);
    t.same(
      walked,
      [...walked].sort((a, b) => Number(b) - Number(a)),
    );
    const claimed = await claimAll(webhooks, endpoint);
    const outcome = { milliseconds: 1, status: 200 };
    await webhooks.settle(
      claimed.map(({ deliveryId, attempt }) => ({ deliveryId, attempt, outcome })),
      start,
    );
    const [chosen = ''] = walked;
    t.equal(await webhooks.redeliver(chosen, after(5)), true);
    t.match(await claimAll(webhooks, endpoint, after(5)), [{ deliveryId: chosen, attempt: 1 }]);
    t.same([await webhooks.redeliver('999999999', start), await webhooks.redeliver("1'", start)], [false, false]);
  });
};

/** What every webhook store must do, over whatever keeps the tasks. */
export const testWebhookStore = (t: Test, make: MakeWebhookStores): void => {
  testOutbox(t, make);
  testEndpoints(t, make);
  testDeliveries(t, make);
};
