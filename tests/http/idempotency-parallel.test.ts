import { setTimeout as delay } from 'node:timers/promises';
import { ApplicationError, databaseUnavailable, storedResponseLifetime } from '@taskward/application';
import { toInstant } from '@taskward/domain';
import t from 'tap';
import { aSteadyClock } from '../support/builders.ts';
import { anApi, stores } from '../support/http/api.ts';
import { aClient, type Client, onStyles, overStores } from '../support/http/client.ts';
import { aStoreThat } from '../support/http/doubles.ts';
import { isRefused } from '../support/http/errors.ts';

const create = ({ me, url }: Client, title = 'x', key = 'key') =>
  me.call('POST', url, { title }, { 'idempotency-key': key });

overStores((t, { app }) => {
  onStyles(t, app, 'Idempotency-Key · 50 requests at once under one key make one task', async (t, client) => {
    const { style, me, url } = client;
    const responses = await Promise.all(Array.from({ length: 50 }, () => create(client)));
    const created = responses.filter(({ statusCode }) => statusCode === 201);
    const waiting = responses.filter(({ statusCode }) => statusCode !== 201);
    const first = created.filter(({ headers }) => headers['idempotency-replayed'] === undefined);
    t.equal(first.length, 1, 'one is the first');
    t.strictSame([...new Set(created.map(({ body }) => body))], [first[0]?.body], 'the others get its response');
    for (const response of waiting) {
      isRefused(t, response, { status: 409, code: 'idempotency/in-flight', style });
      t.equal(response.headers['retry-after'], '1');
    }
    for (const _ of waiting) {
      const again = await create(client);
      t.strictSame([again.headers['idempotency-replayed'], again.body], ['true', first[0]?.body]);
    }
    const list = style.data(await me.call('GET', url));
    t.strictSame(list, [style.data(first[0] as (typeof responses)[0])], 'exactly one task');
    t.match(await client.add(), { id: 2, revision: 2 });
  });

  onStyles(t, app, 'Idempotency-Key · many keys at once: each has its effect once', async (t, client) => {
    const { style, me, url } = client;
    const send = async (key: string) => {
      for (;;) {
        const response = await create(client, key, key);
        if (response.statusCode !== 409) return response;
        await delay(5);
      }
    };
    const keys = Array.from({ length: 10 }, (_, n) => `key ${n}`);
    const responses = await Promise.all([...keys, ...keys, ...keys].map(send));
    t.strictSame([...new Set(responses.map(({ statusCode }) => statusCode))], [201]);
    t.equal(responses.filter(({ headers }) => headers['idempotency-replayed'] === undefined).length, 10);
    const titles = style.data(await me.call('GET', url)).map(({ title }: { title: string }) => title);
    t.strictSame(titles.sort(), keys);
  });
});

for (const [name, makeStore] of Object.entries(stores)) {
  t.test(`over ${name}`, async (t) => {
    const store = await makeStore(t);

    t.test('Idempotency-Key · after 24 hours the request is a new one', async (t) => {
      const time = { now: Date.parse('2026-11-20T09:00:00.000Z') };
      const clock = { now: () => toInstant(new Date(time.now).toISOString()) };
      const client = aClient(await anApi(t, store, { clock }));
      await create(client);
      time.now += storedResponseLifetime - 1;
      t.equal((await create(client)).headers['idempotency-replayed'], 'true');
      time.now += 1;
      const anew = await create(client, 'another');
      t.strictSame([anew.statusCode, anew.json().id, anew.headers['idempotency-replayed']], [201, 2, undefined]);
    });

    // The idempotency store hands out its tasks through `on`, so that a write fails within the step.
    const failingOnce = (error: Error) => {
      let failed = false;
      const on = () => {
        if (failed) return;
        failed = true;
        throw error;
      };
      const { runIdempotently } = store.idempotency;
      return anApi(t, {
        tasks: store.tasks,
        idempotency: {
          ...store.idempotency,
          runIdempotently: (call, work) =>
            runIdempotently(call, (ports) => work({ ...ports, tasks: aStoreThat(on, ports.tasks) })),
        },
      });
    };

    for (const [status, code, error] of [
      [500, 'server/error', new Error('broken')],
      [503, 'database/unavailable', databaseUnavailable()],
    ] as const) {
      onStyles(t, await failingOnce(error), `Idempotency-Key · ${status} is not stored`, async (t, client) => {
        const first = await create(client);
        if (client.url !== '/api/tasks') isRefused(t, first, { status, code, style: client.style });
        const second = await create(client);
        t.equal(second.statusCode, 201);
        t.match(client.style.data(second), { id: 1, revision: 1 });
      });
    }

    t.test('Idempotency-Key · a response that cannot be stored is not sent, and nothing is written', async (t) => {
      const { runIdempotently } = store.idempotency;
      const failing = {
        ...store.idempotency,
        runIdempotently: ((call, work) =>
          runIdempotently(call, async (ports) => {
            await work(ports);
            throw new ApplicationError('database/unavailable', 'The database went away before the end.');
          })) as typeof runIdempotently,
      };
      const client = aClient(await anApi(t, { tasks: store.tasks, idempotency: failing }, { clock: aSteadyClock() }));
      t.equal((await create(client)).statusCode, 503);
      t.strictSame((await client.me.call('GET', client.url)).json(), []);
    });
  });
}
