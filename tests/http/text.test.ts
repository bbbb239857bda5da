import { toUserId } from '@taskward/domain';
import fc from 'fast-check';
import { aUser } from '../support/builders.ts';
import { aCaller, anApi } from '../support/http/api.ts';
import { aClient, onStyles, overStores } from '../support/http/client.ts';
import { isRefused } from '../support/http/errors.ts';
import { aToken } from '../support/http/tokens.ts';
import { makeMemoryTaskRepository } from '../support/memory-stores.ts';

const json = { 'content-type': 'application/json' };

/** Any well-formed text without NUL of at most so many code points. */
const text = (maxLength: number) => fc.string({ unit: 'binary', maxLength }).map((one) => one.replaceAll('\0', '0'));

overStores((t, { app }) => {
  onStyles(t, app, 'title · trimmed of white space at both ends', async (t, { me, style, url, add }) => {
    t.equal((await add({ title: ' \t\r\n\u00a0\u3000Buy  milk\u2003 ' })).title, 'Buy  milk');
    t.equal(style.data(await me.call('PATCH', `${url}/1`, { title: '  Bread ' })).title, 'Bread');
  });

  onStyles(t, app, 'description · verbatim, or null', async (t, { add }) => {
    for (const description of ['  two\n litres\t ', '', ' ', null, '<b>&amp;</b>', '\u2028', '\u0001']) {
      t.equal((await add({ description })).description, description);
    }
  });

  onStyles(t, app, 'title · 1–200 code points after trimming', async (t, { style, me, url }) => {
    for (const [title, accepted] of [
      ['x', true],
      ['x'.repeat(200), true],
      ['x'.repeat(201), false],
      ['😀'.repeat(200), true],
      ['😀'.repeat(201), false],
      [`   ${'😀'.repeat(200)}   `, true],
      ['', false],
      [' \u3000\n ', false],
    ] as const) {
      const about = `${[...title].length} code points of ${JSON.stringify([...title][0] ?? '')}`;
      const created = await me.call('POST', url, { title });
      if (accepted) t.equal(style.data(created).title, title.trim(), about);
      else isRefused(t, created, { status: 422, code: 'request/invalid', style, fields: ['title'] }, about);
      const changed = await me.call('PATCH', `${url}/1`, { title });
      t.equal(changed.statusCode, accepted ? 200 : 422, `PATCH with ${about}`);
    }
  });

  onStyles(t, app, 'description · ≤ 1000 code points', async (t, { style, me, url }) => {
    for (const character of ['x', '😀']) {
      const create = (length: number) => me.call('POST', url, { title: 'x', description: character.repeat(length) });
      t.equal(style.data(await create(1000)).description, character.repeat(1000));
      const refused = { status: 422, code: 'request/invalid', style, fields: ['description'] };
      isRefused(t, await create(1001), { ...refused, sentence: /at most 1000/ }, `1001 of ${character}`);
    }
  });

  onStyles(t, app, 'text · NUL or a lone surrogate is 422', async (t, { style, me, url, read, add }) => {
    const before = await add();
    for (const [name, bad] of [
      ['NUL', '\\u0000'],
      ['a high surrogate', '\\ud83d'],
      ['a low surrogate', '\\ude00'],
      ['surrogates in the wrong order', '\\ude00\\ud83d'],
    ]) {
      const body = `{"title":"a${bad}b","description":"a${bad}b"}`;
      for (const [method, path] of [
        ['POST', url],
        ['PUT', `${url}/1`],
        ['PATCH', `${url}/1`],
      ] as const) {
        const response = await me.call(method, path, body, json);
        const expected = { status: 422, code: 'request/invalid', style, fields: ['title', 'description'] };
        isRefused(t, response, expected, `${method} with ${name}`);
      }
    }
    t.strictSame(await read(1), before);
  });

  onStyles(
    t,
    app,
    'text · a whole surrogate pair written as escapes is one character',
    async (t, { style, me, url }) => {
      const response = await me.call('POST', url, '{"title":"\\ud83d\\ude00"}', json);
      t.equal(style.data(response).title, '😀');
    },
  );

  onStyles(t, app, 'text · what is stored is what is read back, for any well-formed text', async (t, client) => {
    await client.add();
    const titles = text(200).filter((title) => title.trim() !== '');
    await fc.assert(
      fc.asyncProperty(titles, text(1000), async (title, description) => {
        const { id } = await client.add({ title, description });
        const expected = { title: title.trim(), description };
        t.match(await client.read(id), expected);
        await client.me.call('PUT', `${client.url}/1`, { title: 'other', description: null });
        await client.me.call('PUT', `${client.url}/1`, expected);
        const { title: stored, description: kept } = await client.read(1);
        if (stored !== expected.title || kept !== description) throw new Error('not what was written');
      }),
      { numRuns: 25 },
    );
  });

  const strange = [
    '/b c|ü%',
    '%25%2F',
    '?x=1',
    '#;,:@&=+$',
    "'; drop table tasks; --",
    '\\',
    '😀',
    'A',
    'a',
    '/tasks/1',
  ];
  for (const suffix of strange) {
    onStyles(t, app, `user_id · percent-decoded, compared exactly: …${suffix}`, async (t, { style }) => {
      const me = aCaller(app, toUserId(`${aUser()}${suffix}`));
      const client = aClient(app, style, me);
      const created = await me.call('POST', client.url, { title: 'x' });
      t.equal(created.statusCode, 201);
      t.equal(style.data(created).user_id, me.userId);
      t.equal((await me.call('GET', created.headers.location as string)).statusCode, 200, 'Location is well encoded');
      t.equal(style.data(await me.call('GET', client.url)).length, 1);
      const list = await me.call('GET', `${me.bare}?limit=1`);
      const first = /<([^>]*)>; rel="first"/.exec(list.headers.link as string)?.[1] as string;
      t.equal((await me.call('GET', first)).json().length, 1, 'and so is Link');
    });
  }

  t.test('user_id · 255 code points, the longest there is', async (t) => {
    const prefix = aUser();
    const me = aCaller(app, toUserId(prefix + '😀'.repeat(255 - prefix.length)));
    t.equal((await me.call('POST', me.bare, { title: 'x' })).statusCode, 201);
    t.equal((await me.call('GET', `${me.bare}/1`)).json().user_id, me.userId);
  });

  t.test('user_id · neither case nor normal form nor encoding makes two users one', async (t) => {
    const me = aCaller(app, toUserId(`${aUser()}-é/`));
    for (const other of [
      me.userId.toUpperCase(),
      me.userId.normalize('NFD'),
      encodeURIComponent(me.userId),
      `${me.userId} `,
      me.userId.slice(0, -1),
    ]) {
      const response = await me.call('GET', `/api/${encodeURIComponent(other)}/tasks`);
      isRefused(t, response, { status: 403, code: 'auth/wrong-user' }, JSON.stringify(other));
    }
  });

  t.test('user_id · a user called `tasks` has only the style without a user in the path', async (t) => {
    // In memory: a user of this name on somebody's own server would not be the tests' to make.
    const app = await anApi(t, makeMemoryTaskRepository());
    const authorization = `Bearer ${aToken({ sub: 'tasks' })}`;
    const get = (url: string) => app.inject({ url, headers: { authorization } });
    t.equal((await get('/api/tasks')).statusCode, 200);
    for (const path of ['/api/tasks/tasks', '/api/tasks/tasks/1']) t.equal((await get(path)).statusCode, 404, path);
    const create = { method: 'POST', url: '/api/tasks', headers: { authorization }, payload: { title: 'x' } } as const;
    const { id, user_id } = (await app.inject(create)).json().data;
    t.equal(user_id, 'tasks');
    t.equal((await get(`/api/tasks/tasks/${id}`)).statusCode, 404);
    const url = `/api/tasks/${id}`;
    t.equal((await app.inject({ method: 'DELETE', url, headers: { authorization } })).statusCode, 200);
  });
});
