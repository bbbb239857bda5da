import t from 'tap';
import { aCaller, anApi, stores } from '../support/http/api.ts';
import { otherCollections, otherRequests } from '../support/http/other-backends.ts';

const settings = { 'no settings': [], 'settings for the shapes of others': ['bare', 'tasks', 'delete-json'] } as const;

for (const [name, compatibility] of Object.entries(settings)) {
  t.test(`with ${name}`, async (t) => {
    const app = await anApi(t, await stores.memory(t), { compatibility });

    for (const [collection, urlOf] of Object.entries(otherCollections)) {
      t.test(`${collection} · 401 without a token`, async (t) => {
        const url = urlOf(aCaller(app));
        for (const { method, path, body } of otherRequests(1, 'milk')) {
          const payload = body !== undefined && { payload: body as object };
          const response = await app.inject({ method: method as 'GET', url: `${url}${path}`, ...payload });
          t.equal(response.statusCode, 401, `${method} ${path}`);
        }
      });

      t.test(`${collection} · my own tasks, and none of another user`, async (t) => {
        const [me, other] = [aCaller(app), aCaller(app)];
        for (const { call } of [me, other]) await call('POST', '/api/tasks', { title: `of ${call === me.call}` });
        const theirs = (await other.call('GET', '/api/tasks')).body;
        for (const { method, path, body } of otherRequests(1, 'of')) {
          const response = await me.call(method as 'GET', `${urlOf(me)}${path}`, body);
          t.ok([200, 204].includes(response.statusCode), `${method} ${path}: ${response.statusCode}`);
          t.notMatch(response.body, /of false/);
          t.notMatch(response.body, other.userId);
          if (!collection.includes('{uid}')) continue;
          const foreign = await me.call(method as 'GET', `${urlOf(other)}${path}`, body);
          t.equal(foreign.statusCode, 403, `${method} ${path} of another user`);
        }
        t.equal((await other.call('GET', '/api/tasks')).body, theirs, 'theirs are as they were');
      });
    }
  });
}
