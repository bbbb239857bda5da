import { defaultLimits } from '@taskward/application';
import t from 'tap';
import { anApi, stores } from '../support/http/api.ts';
import { onStyles } from '../support/http/client.ts';
import { isRefused } from '../support/http/errors.ts';

const full = { status: 409, code: 'task/quota-exceeded', sentence: /already has 3 tasks.*Delete tasks/ };

for (const [name, makeStore] of Object.entries(stores)) {
  t.test(`over ${name}`, async (t) => {
    const app = await anApi(t, await makeStore(t), { limits: { ...defaultLimits, tasksPerUser: 3 } });

    onStyles(t, app, 'a user who has as many tasks as one may have cannot create another', async (t, client) => {
      const { me, url, style } = client;
      for (let n = 0; n < 3; n += 1) await client.add();
      isRefused(t, await me.call('POST', url, { title: 'One more' }), { ...full, style });
      t.equal((await me.call('PATCH', `${url}/1`, { title: 'Still mine' })).statusCode, 200);
      t.equal((await me.call('DELETE', `${url}/1`)).statusCode, style.deleted);
      t.equal((await me.call('POST', url, { title: 'One more' })).statusCode, 201);
    });

    onStyles(t, app, 'of many created at once as many are as there is room for', async (t, { me, url }) => {
      const creating = Array.from({ length: 20 }, () => me.call('POST', url, { title: 'Now' }));
      const statuses = (await Promise.all(creating)).map(({ statusCode }) => statusCode).sort();
      t.strictSame(statuses, [...Array(3).fill(201), ...Array(17).fill(409)]);
    });

    onStyles(t, app, 'a batch is counted operation by operation', async (t, { me, url, style }) => {
      const create = { op: 'create', title: 'New' };
      const operations = [create, create, { op: 'delete', id: 1 }, create, create, create];
      const atomic = await me.call('POST', `${url}/batch`, { operations });
      t.equal(atomic.statusCode, 422);
      const ends = atomic.json().results.map(({ error: { code } }: { error: { code: string } }) => code);
      t.strictSame(ends, [...Array(5).fill('batch/not-applied'), 'task/quota-exceeded']);
      const dry = style.data(await me.call('POST', `${url}/batch`, { operations, atomic: false, dry_run: true }));
      const parted = style.data(await me.call('POST', `${url}/batch`, { operations, atomic: false }));
      for (const { results } of [dry, parted]) {
        t.strictSame(
          results.map(({ status }: { status: number }) => status),
          [201, 201, 204, 201, 201, 409],
        );
      }
      t.equal(style.data(await me.call('GET', url)).length, 3);
    });

    onStyles(t, app, 'the error is not stored under a key: with room, the same request does it', async (t, client) => {
      const { me, url, style } = client;
      for (let n = 0; n < 3; n += 1) await client.add();
      const again = () => me.call('POST', url, { title: 'Once' }, { 'idempotency-key': 'k' });
      isRefused(t, await again(), { ...full, style });
      await me.call('DELETE', `${url}/2`);
      const [created, replayed] = [await again(), await again()];
      t.strictSame([created.statusCode, replayed.statusCode], [201, 201]);
      t.equal(created.body, replayed.body);
      t.equal(style.data(await me.call('GET', url)).length, 3);
    });
  });
}
