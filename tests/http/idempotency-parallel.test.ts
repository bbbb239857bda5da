import { setTimeout as delay } from 'node:timers/promises';
import { answerLifetime } from '@taskward/application';
import { DomainError, databaseUnavailable, toInstant } from '@taskward/domain';
import t from 'tap';
import { anApi, stores } from '../support/api.ts';
import { aSteadyClock } from '../support/builders.ts';
import { aClient, aStoreThat, type Client, isRefused, onFaces, overStores } from './support.ts';

const create = ({ me, url }: Client, title = 'x', key = 'key') =>
  me.call('POST', url, { title }, { 'idempotency-key': key });

overStores((t, { app }) => {
  onFaces(t, app, 'Idempotency-Key · 50 requests at once under one key make one task', async (t, client) => {
    const { face, me, url } = client;
    const answers = await Promise.all(Array.from({ length: 50 }, () => create(client)));
    const created = answers.filter(({ statusCode }) => statusCode === 201);
    const waiting = answers.filter(({ statusCode }) => statusCode !== 201);
    const first = created.filter(({ headers }) => headers['idempotency-replayed'] === undefined);
    t.equal(first.length, 1, 'one is the first');
    t.strictSame([...new Set(created.map(({ body }) => body))], [first[0]?.body], 'the others are given its answer');
    for (const answer of waiting) {
      isRefused(t, answer, { status: 409, code: 'idempotency/in-flight', face });
      t.equal(answer.headers['retry-after'], '1');
    }
    for (const _ of waiting) {
      const again = await create(client);
      t.strictSame([again.headers['idempotency-replayed'], again.body], ['true', first[0]?.body]);
    }
    const list = face.data(await me.call('GET', url));
    t.strictSame(list, [face.data(first[0] as (typeof answers)[0])], 'exactly one task');
    t.match(await client.add(), { id: 2, revision: 2 });
  });

  onFaces(t, app, 'Idempotency-Key · many keys at once: each has its effect once', async (t, client) => {
    const { face, me, url } = client;
    const send = async (key: string) => {
      for (;;) {
        const answer = await create(client, key, key);
        if (answer.statusCode !== 409) return answer;
        await delay(5);
      }
    };
    const keys = Array.from({ length: 10 }, (_, n) => `key ${n}`);
    const answers = await Promise.all([...keys, ...keys, ...keys].map(send));
    t.strictSame([...new Set(answers.map(({ statusCode }) => statusCode))], [201]);
    t.equal(answers.filter(({ headers }) => headers['idempotency-replayed'] === undefined).length, 10);
    const titles = face.data(await me.call('GET', url)).map(({ title }: { title: string }) => title);
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
      time.now += answerLifetime - 1;
      t.equal((await create(client)).headers['idempotency-replayed'], 'true');
      time.now += 1;
      const anew = await create(client, 'another');
      t.strictSame([anew.statusCode, anew.json().id, anew.headers['idempotency-replayed']], [201, 2, undefined]);
    });

    // The store of answers hands out its tasks through `on`, so that a write fails within the step.
    const failingOnce = (error: Error) => {
      let failed = false;
      const on = () => {
        if (failed) return;
        failed = true;
        throw error;
      };
      const { once } = store.idempotency;
      return anApi(t, {
        tasks: store.tasks,
        idempotency: { ...store.idempotency, once: (call, work) => once(call, (tasks) => work(aStoreThat(on, tasks))) },
      });
    };

    for (const [status, code, error] of [
      [500, 'server/error', new Error('broken')],
      [503, 'database/unavailable', databaseUnavailable()],
    ] as const) {
      onFaces(t, await failingOnce(error), `Idempotency-Key · ${status} is not kept`, async (t, client) => {
        const first = await create(client);
        if (client.url !== '/api/tasks') isRefused(t, first, { status, code, face: client.face });
        const second = await create(client);
        t.equal(second.statusCode, 201);
        t.match(client.face.data(second), { id: 1, revision: 1 });
      });
    }

    t.test('Idempotency-Key · an answer that cannot be kept is not given, and nothing is written', async (t) => {
      const { once } = store.idempotency;
      const failing = {
        ...store.idempotency,
        once: ((call, work) =>
          once(call, async (tasks) => {
            await work(tasks);
            throw new DomainError('database/unavailable', 'The database went away before the end.');
          })) as typeof once,
      };
      const client = aClient(await anApi(t, { tasks: store.tasks, idempotency: failing }, { clock: aSteadyClock() }));
      t.equal((await create(client)).statusCode, 503);
      t.strictSame((await client.me.call('GET', client.url)).json(), []);
    });
  });
}
