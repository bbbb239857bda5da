import {
  type Attempt,
  type Endpoint,
  makeWebhookUseCases,
  retryDelay,
  type WebhookSender,
  type WebhookStore,
} from '@taskward/application';
import { operator, ownerActor, type TaskEvent, type TaskEventType, toInstant } from '@taskward/domain';
import t from 'tap';
import { aDraft, anOrigin, aUser, changing } from '../support/builders.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';

const hour = 3_600_000;
const day = 24 * hour;

interface Sent {
  readonly event: TaskEvent;
  readonly id: string;
  readonly url: string;
  readonly secrets: readonly string[];
}

/** The use-cases over stores in memory, a clock that stands still, and a receiver that responds as it is told. */
const aStory = () => {
  const { tasks, webhooks: webhookStore } = makeMemoryStores();
  const sent: Sent[] = [];
  let time = Date.parse('2026-12-01T00:00:00.000Z');
  const world = { outcome: { milliseconds: 1, status: 200 } as Attempt, random: 0 };
  const webhookSender: WebhookSender = {
    urlFault: (url) => (url.startsWith('https:') ? undefined : 'must be https'),
    async send(event, { id, url, secrets }) {
      sent.push({ event, id, url, secrets });
      return world.outcome;
    },
  };
  const webhooks = makeWebhookUseCases({
    webhookStore,
    webhookSender,
    webhookSecrets: { secretOf: (endpoint, version) => `${endpoint} ${version}` },
    clock: { now: () => toInstant(new Date(time).toISOString()) },
    random: () => world.random,
  });
  const deliver = async () => {
    const { due } = await webhooks.dispatchEvents(operator, { limit: 100 });
    return Promise.all(due.map((endpoint) => webhooks.deliverEvents(operator, { endpoint, limit: 100 })));
  };
  const owner = aUser();
  return {
    ...{ tasks, webhookStore, webhooks, sent, world, deliver, owner },
    wait: (milliseconds: number) => {
      time += milliseconds;
    },
    addTask: () => tasks.add(aDraft(owner), anOrigin()),
    addEndpoint: (events?: readonly TaskEventType[]) =>
      webhooks.addEndpoint(operator, { url: 'https://app.example', ...(events && { events }) }),
  };
};

const only = async (store: WebhookStore): Promise<Endpoint | undefined> => (await store.list())[0];

t.test('an endpoint is sent the events that it wants, once each', async (t) => {
  const { tasks, owner, sent, deliver, addEndpoint, addTask } = aStory();
  await addEndpoint(['created', 'completed']);
  await addTask();
  await tasks.update(owner, 1, changing(owner, { title: 'B' }), anOrigin());
  await tasks.update(owner, 1, changing(owner, { completed: true }), anOrigin());
  await deliver();
  await deliver();
  t.same(
    sent.map(({ event }) => event.type),
    ['created', 'completed'],
  );
});

t.test('a delivery is attempted ten times over about three days, then no more', async (t) => {
  const { webhookStore, world, sent, wait, deliver, addEndpoint, addTask } = aStory();
  world.outcome = { milliseconds: 1, status: 500, error: 'status' };
  const { endpoint } = await addEndpoint();
  await addTask();
  const at: number[] = [];
  for (let minutes = 0; minutes < 5 * 24 * 60; minutes += 1) {
    const before = sent.length;
    await deliver();
    if (sent.length > before) at.push(minutes);
    wait(60_000);
  }
  t.same(at, [0, 1, 6, 36, 156, 456, 1_056, 1_896, 3_096, 4_536]);
  t.equal(new Set(sent.map(({ id }) => id)).size, 1, 'all under one id');
  t.match(await webhookStore.deliveries(endpoint.id, undefined, 10), [{ state: 'failed', attempts: 10 }]);
});

t.test('what failed together is not repeated together, and the receiver may ask for more time', (t) => {
  const [minute] = [60_000];
  t.same([retryDelay(2, undefined, 0), retryDelay(2, undefined, 0.5)], [5 * minute, 5.25 * minute]);
  t.same([retryDelay(1, minute, 0), retryDelay(3, minute, 0)], [minute, 30 * minute]);
  t.equal(retryDelay(1, 30 * day, 0), day, 'not for longer than a day');
  t.equal(retryDelay(10, minute, 0), undefined);
  t.end();
});

t.test('an endpoint that is gone is disabled at once, and attempts nothing again', async (t) => {
  const { webhookStore, webhooks, world, sent, deliver, wait, addEndpoint, addTask } = aStory();
  world.outcome = { milliseconds: 1, status: 410, error: 'status' };
  const { endpoint } = await addEndpoint();
  await addTask();
  t.match(await deliver(), [{ attempted: 1, accepted: 0, disabled: { id: endpoint.id, disabled: 'gone' } }]);
  await addTask();
  wait(day);
  await deliver();
  t.equal(sent.length, 1);
  t.match(await webhookStore.deliveries(endpoint.id, undefined, 10), [{ state: 'failed' }]);
  t.match(await webhooks.setEndpointEnabled(operator, { id: endpoint.id, enabled: true }), { disabled: undefined });
  world.outcome = { milliseconds: 1, status: 200 };
  await addTask();
  t.match(await deliver(), [{ accepted: 1 }]);
});

t.test('an endpoint at which nothing has succeeded for five days is disabled', async (t) => {
  const { webhookStore, world, deliver, wait, addEndpoint, addTask } = aStory();
  const failed: Attempt = { milliseconds: 1, error: 'connection' };
  const passDays = async (count: number) => {
    const disabled: unknown[] = [];
    for (let n = 0; n < count * 24; n += 1) {
      await addTask();
      disabled.push(...(await deliver()).flatMap((one) => one.disabled ?? []));
      wait(hour);
    }
    return disabled;
  };
  await addEndpoint();
  world.outcome = failed;
  t.same(await passDays(4), []);
  t.match(await only(webhookStore), { givesUpAt: '2026-12-06T00:00:00.000Z', disabled: undefined });
  world.outcome = { milliseconds: 1, status: 200 };
  await passDays(1 / 24);
  t.match(await only(webhookStore), { givesUpAt: undefined }, 'one success ends it');
  world.outcome = failed;
  t.same(await passDays(4.9), []);
  t.match(await passDays(0.5), [{ disabled: 'failing' }]);
});

t.test('a new secret signs together with the previous one for 24 hours', async (t) => {
  const { webhooks, sent, wait, deliver, addEndpoint, addTask } = aStory();
  const { endpoint, secret } = await addEndpoint();
  const signing = async () => {
    await addTask();
    await deliver();
    return sent.at(-1)?.secrets;
  };
  t.same(await signing(), [secret]);
  const rotated = await webhooks.rotateSecret(operator, { id: endpoint.id });
  t.not(rotated.secret, secret);
  t.same(await signing(), [rotated.secret, secret]);
  wait(day - 1);
  t.same(await signing(), [rotated.secret, secret]);
  wait(1);
  t.same(await signing(), [rotated.secret]);
});

t.test('a sent event can be sent again', async (t) => {
  const { webhooks, sent, deliver, addEndpoint, addTask } = aStory();
  const { endpoint } = await addEndpoint();
  await addTask();
  await deliver();
  const [delivery] = await webhooks.listDeliveries(operator, { endpoint: endpoint.id, limit: 10 });
  t.match(delivery, { state: 'delivered', attempts: 1 });
  await webhooks.redeliver(operator, { id: delivery?.id ?? '' });
  await deliver();
  t.same([sent.length, new Set(sent.map(({ id }) => id)).size], [2, 1]);
});

t.test('an attempt that ends with the process is repeated when the lease is over', async (t) => {
  const { webhookStore, world, sent, wait, deliver, addEndpoint, addTask } = aStory();
  await addEndpoint();
  await addTask();
  Object.defineProperty(world, 'outcome', {
    configurable: true,
    get: () => {
      throw new Error('the process stops');
    },
  });
  t.match(await deliver(), [{ attempted: 1, accepted: 0 }]);
  t.match(await only(webhookStore), { givesUpAt: undefined }, 'which is not the endpoint’s fault');
  Object.defineProperty(world, 'outcome', { value: { milliseconds: 1, status: 200 } });
  t.same(await deliver(), []);
  wait(20_000);
  t.match(await deliver(), [{ accepted: 1 }]);
  t.equal(sent.length, 2);
});

t.test('the endpoints of the configuration are added once, and faults are all named', async (t) => {
  const { webhooks, webhookStore } = aStory();
  const urls = ['https://a.example', 'https://b.example'];
  t.match(await webhooks.addConfiguredEndpoints(operator, { urls }), [{ url: urls[0] }, { url: urls[1] }]);
  t.same(await webhooks.addConfiguredEndpoints(operator, { urls }), []);
  await t.rejects(webhooks.addConfiguredEndpoints(operator, { urls: ['http://c.example', 'http://d.example'] }), {
    code: 'request/invalid',
    message: 'The input is not valid: http://c.example must be https; http://d.example must be https.',
  });
  t.equal((await webhookStore.list()).length, 2);
});

t.test('what cannot be done is refused, with what to do', async (t) => {
  const { webhooks, addEndpoint } = aStory();
  await addEndpoint();
  await t.rejects(addEndpoint(), { code: 'request/invalid', message: /url has an endpoint already/ });
  await t.rejects(webhooks.addEndpoint(operator, { url: 'http://x' }), { message: /url must be https/ });
  const unknown = { code: 'request/invalid', message: /`none` is no webhook endpoint: `taskward webhook list`/ };
  await t.rejects(webhooks.rotateSecret(operator, { id: 'none' }), unknown);
  await t.rejects(webhooks.removeEndpoint(operator, { id: 'none' }), unknown);
  await t.rejects(webhooks.setEndpointEnabled(operator, { id: 'none', enabled: true }), unknown);
  await t.rejects(webhooks.listDeliveries(operator, { endpoint: 'none', limit: 10 }), unknown);
  await t.rejects(webhooks.redeliver(operator, { id: '9' }), { message: /`9` is no delivery/ });
});

t.test('no user may call any of them', async (t) => {
  const { webhooks, addEndpoint } = aStory();
  const { endpoint } = await addEndpoint();
  const input = { id: endpoint.id, url: 'https://b.example', urls: [], endpoint, limit: 1, enabled: false };
  const calls = Object.entries(webhooks) as [string, (actor: unknown, input: unknown) => Promise<unknown>][];
  t.equal(calls.length, 11);
  for (const [name, call] of calls) {
    await t.rejects(call(ownerActor(aUser()), input), { code: 'auth/wrong-user' }, name);
  }
});
