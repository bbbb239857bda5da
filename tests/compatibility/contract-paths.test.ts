import type { UserId } from '@taskward/domain';
import t from 'tap';
import { aCaller, anApi, stores } from '../support/http/api.ts';
import { onStyles, overStores } from '../support/http/client.ts';
import { isRefused } from '../support/http/errors.ts';

overStores((t, { app }) => {
  for (const tag of ['toggle', 'status']) {
    onStyles(t, app, `a tag called ${tag} is renamed, and no other`, async (t, { me, url, add, read }) => {
      const named = await add({ tags: [tag] });
      const other = await add({ tags: ['complete'] });
      const response = await me.call('PATCH', `${url}/tags/${tag}`, { name: 'new' });
      t.equal(response.statusCode, 200);
      t.equal(response.headers['contract-spelling'], undefined);
      t.strictSame((await read(named.id)).tags, ['new']);
      t.strictSame(await read(other.id), other);
    });
  }

  for (const value of ['constructor', 'toString', '__proto__', 'ture', '1', 'yes']) {
    onStyles(t, app, `completed=${value} · 422`, async (t, { style, me, url }) => {
      const response = await me.call('GET', `${url}?completed=${value}`);
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: ['completed'] });
    });
  }
});

t.test('a user called v1 is not the one who asks', async (t) => {
  const app = await anApi(t, await stores.memory(t));
  const [somebody, v1] = [aCaller(app), aCaller(app, 'v1' as UserId)];
  await somebody.call('POST', '/api/tasks', { title: 'of somebody' });
  t.equal((await somebody.call('GET', '/api/v1/v1/tasks')).statusCode, 403);
  t.equal((await somebody.call('GET', '/api/v1/users/v1/tasks')).statusCode, 403);
  t.strictSame((await v1.call('GET', '/api/v1/v1/tasks')).json(), []);
});
