import type { makeUseCases, TaskRecord } from '@taskward/application';
import type { LightMyRequestResponse } from 'fastify';
import { absentPorts } from '../support/absent-ports.ts';
import { aSteadyClock } from '../support/builders.ts';
import { anApi } from '../support/http/api.ts';
import { aClient, type Client, onStyles, overStores } from '../support/http/client.ts';
import { faultOf, isRefused } from '../support/http/errors.ts';
import { importMutated } from '../support/mutation.ts';
import { calendar, keys } from '../support/planning.ts';

type Method = 'PUT' | 'PATCH' | 'DELETE';

/** Every write to one task that takes a condition. */
const writes: [method: Method, suffix: string, body?: unknown][] = [
  ['PUT', '', { title: 'New' }],
  ['PATCH', '', { title: 'New' }],
  ['PATCH', '/complete'],
  ['PATCH', '/complete', { completed: true }],
  ['DELETE', ''],
];

// For a task at revision 2. A weak tag, or one with a suffix, is what an intermediary made of ours.
const tags: [header: string, holds: boolean][] = [
  ['*', true],
  [' * ', true],
  ['"2"', true],
  ['"1", "2"', true],
  ['"2","1"', true],
  ['"x", "2", W/"3"', true],
  [', ,"2",, ', true],
  ['"a,b", "2"', true],
  ['W/"2"', true],
  ['W/"1", W/"2"', true],
  ['"1", W/"2"', true],
  ...['-gzip', '--gzip', ';gzip', '-br', '--br', ';br', '-zstd', '-deflate'].flatMap((suffix): [string, boolean][] => [
    [`"2${suffix}"`, true],
    [`W/"2${suffix}"`, true],
    [`"1", "2${suffix}"`, true],
    [`"1${suffix}"`, false],
    [`W/"3${suffix}"`, false],
  ]),
  ['"1"', false],
  ['"3"', false],
  ['W/"1"', false],
  ['""', false],
  ['"02"', false],
  ['"2.0"', false],
  ['"+2"', false],
  ['"\'2\'"', false],
  ['"2-x"', false],
  ['"2---gzip"', false],
  ['"2-gzip-gzip"', false],
  ['"2gzip"', false],
  ['"-gzip"', false],
  ['"12", "22", "20"', false],
  ['"99999999999999999999"', false],
];

const malformed = [
  '',
  ' ',
  '2',
  '"2',
  '2"',
  "'2'",
  'w/"2"',
  'W/2',
  'W/ "2"',
  '"2" "3"',
  '"2";"3"',
  '"1" 2',
  ',',
  '*, "2"',
  '"2 "',
];

const isNotModified = (response: LightMyRequestResponse): boolean => response.statusCode === 304;

overStores((t, { app, tasks }) => {
  /** Two tasks, of which the second is at revision 2. */
  const prepared = async (client: Client): Promise<TaskRecord> => {
    await client.add();
    return client.add({ description: 'Oat' });
  };

  onStyles(t, app, 'ETag · strong, on every response that is one task', async (t, client) => {
    const { style, me, url } = client;
    for (const [method, path, body] of [
      ['POST', '', { title: 'x' }],
      ['GET', '/1'],
      ['PUT', '/1', { title: 'y' }],
      ['PATCH', '/1', { title: 'z' }],
      ['PATCH', '/1/complete'],
      ['PATCH', '/1/complete', { completed: true }],
    ] as [method: Method, path: string, body?: unknown][]) {
      const response = await me.call(method, `${url}${path}`, body);
      t.equal(response.headers.etag, `"${style.data(response).revision}"`, `${method} ${path}`);
    }
    t.equal((await me.call('DELETE', `${url}/1`)).headers.etag, undefined, 'there is no task any more');
    t.equal((await me.call('GET', `${url}/1`)).headers.etag, undefined);
  });

  onStyles(t, app, 'ETag · a change that changes nothing keeps it, another does not', async (t, client) => {
    const { me, url } = client;
    const { revision } = await client.add({ title: 'same' });
    const tagAfter = async (method: 'PUT' | 'PATCH', path: string, body: object) =>
      (await me.call(method, `${url}/1${path}`, body)).headers.etag;
    t.equal(await tagAfter('PATCH', '', { title: ' same ' }), `"${revision}"`);
    t.equal(await tagAfter('PUT', '', { title: 'same', description: null, completed: false }), `"${revision}"`);
    t.equal(await tagAfter('PATCH', '/complete', { completed: false }), `"${revision}"`);
    await client.add();
    t.equal((await me.call('GET', `${url}/1`)).headers.etag, `"${revision}"`, 'another task is another matter');
    t.equal(await tagAfter('PATCH', '', { title: 'other' }), `"${revision + 2}"`);
  });

  onStyles(t, app, 'If-None-Match · GET and HEAD 304 without a body where a tag holds, or 200', async (t, client) => {
    const { style, me, url } = client;
    const task = await prepared(client);
    for (const [header, known] of [...tags, ...malformed.map((one) => [one, false] as const)]) {
      const about = JSON.stringify(header);
      const [got, head] = [
        await me.call('GET', `${url}/2`, undefined, { 'if-none-match': header }),
        await me.call('HEAD', `${url}/2`, undefined, { 'if-none-match': header }),
      ];
      t.strictSame([isNotModified(got), isNotModified(head)], [known, known], about);
      for (const response of [got, head]) t.equal(response.headers.etag, '"2"', `${about}: ETag`);
      t.equal(head.body, '', `${about}: HEAD has no body`);
      if (!known) {
        t.strictSame(style.data(got), task, about);
        continue;
      }
      t.equal(got.body, '', `${about}: no body`);
      t.equal(got.headers['content-type'], undefined);
      t.equal(got.headers['cache-control'], 'private, no-cache');
      t.match(got.headers.vary, /Authorization, Cookie/);
    }
  });

  onStyles(
    t,
    app,
    'If-None-Match · a task that is not there is 404, whatever the tag',
    async (t, { style, me, url }) => {
      for (const header of ['*', '"1"']) {
        const response = await me.call('GET', `${url}/1`, undefined, { 'if-none-match': header });
        isRefused(t, response, { status: 404, code: 'task/not-found', style });
      }
    },
  );

  for (const [method, suffix, body] of writes) {
    const name = `${method} /{id}${suffix}${body === undefined ? '' : ` ${JSON.stringify(body)}`}`;

    onStyles(
      t,
      app,
      `If-Match · ${name}: goes ahead where a tag holds, or 412 with the current task`,
      async (t, client) => {
        const { style, me, url } = client;
        const send = (id: number, header: string) =>
          me.call(method, `${url}/${id}${suffix}`, body, { 'if-match': header });
        const task = await prepared(client);
        for (const [header, holds] of tags) {
          if (holds) continue;
          const response = await send(2, header);
          const rejection = { status: 412, code: 'task/stale', style, sentence: /is at revision 2 now/ };
          isRefused(t, response, { ...rejection, members: { current: task } }, header);
          t.equal(response.headers.etag, undefined);
        }
        t.strictSame(await client.read(2), task, 'nothing was written');
        for (const [header, holds] of tags) {
          if (!holds) continue;
          const { id, revision } = await client.add();
          const response = await send(id, header.replace(/"2(?=[";-])/g, `"${revision}`));
          t.equal(response.statusCode, method === 'DELETE' ? style.deleted : 200, header);
        }
        t.equal((await me.call(method, `${url}/2${suffix}`, body)).statusCode < 300, true, 'without it: goes ahead');
      },
    );

    onStyles(t, app, `If-None-Match · ${name}: 412 if it holds`, async (t, client) => {
      const { style, me, url } = client;
      const send = (header: string) => me.call(method, `${url}/2${suffix}`, body, { 'if-none-match': header });
      const task = await prepared(client);
      for (const header of ['*', '"2"', 'W/"2"', '"1", "2"']) {
        const rejection = { status: 412, code: 'task/stale', style, members: { current: task } };
        isRefused(t, await send(header), rejection, header);
      }
      t.strictSame(await client.read(2), task);
      t.ok((await send('"1", W/"3"')).statusCode < 300);
    });

    onStyles(t, app, `If-Match · ${name}: what is no list of tags is 422, naming it`, async (t, client) => {
      const { style, me, url } = client;
      const task = await prepared(client);
      for (const field of ['If-Match', 'If-None-Match']) {
        // Each write must ask; how it is asked is the same code.
        for (const header of method === 'PATCH' && suffix === '' ? malformed : malformed.slice(0, 3)) {
          const response = await me.call(method, `${url}/2${suffix}`, body, { [field.toLowerCase()]: header });
          const about = `${field}: ${JSON.stringify(header)}`;
          isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: [field] }, about);
          t.match(faultOf(response, field), /must be `\*` or ETags in double quotes, such as "41"/);
        }
      }
      t.strictSame(await client.read(2), task, 'nothing was written');
    });

    onStyles(t, app, `If-Match · ${name}: a task that is not there is 404`, async (t, { style, me, url }) => {
      for (const header of ['*', '"1"']) {
        const response = await me.call(method, `${url}/1${suffix}`, body, { 'if-match': header });
        isRefused(t, response, { status: 404, code: 'task/not-found', style }, header);
      }
    });
  }

  onStyles(t, app, 'If-Match · a header of any length is judged at once', async (t, client) => {
    const { me, url } = client;
    await client.add();
    for (const long of [
      `"1"${', '.repeat(5_000)}x`,
      `"1"${' ,\t'.repeat(3_000)}x`,
      `${','.repeat(9_000)}"`,
      `"${'"'.repeat(9_000)}`,
    ]) {
      for (const [method, path, header] of [
        ['PATCH', '/1', 'if-match'],
        ['GET', '/1', 'if-none-match'],
        ['GET', '', 'if-none-match'],
      ] as const) {
        const started = performance.now();
        await me.call(method, `${url}${path}`, method === 'PATCH' ? { title: 'x' } : undefined, { [header]: long });
        t.ok(performance.now() - started < 1_000, `${method} ${long.slice(0, 8)}`);
      }
    }
  });

  onStyles(t, app, 'If-Match · a merge needs no second request: `current` and its ETag', async (t, client) => {
    const { me, url } = client;
    await client.add();
    await me.call('PATCH', `${url}/1`, { title: 'Theirs' });
    const refused = await me.call('PATCH', `${url}/1`, { description: 'Mine' }, { 'if-match': '"1"' });
    const { current } = refused.json();
    t.match(current, { title: 'Theirs', revision: 2 });
    const merged = await me.call('PATCH', `${url}/1`, { description: 'Mine' }, { 'if-match': `"${current.revision}"` });
    t.equal(merged.statusCode, 200);
    t.match(await client.read(1), { title: 'Theirs', description: 'Mine' });
  });

  const race = async ({ style, me, url, add }: Client) => {
    const { revision } = await add();
    const change = (_: unknown, n: number) =>
      me.call('PATCH', `${url}/1`, { title: `by ${n}` }, { 'if-match': `"${revision}"` });
    const responses = await Promise.all(Array.from({ length: 20 }, change));
    const winners = responses.filter(({ statusCode }) => statusCode === 200);
    const losers = responses.filter(({ statusCode }) => statusCode === 412);
    return { winners: winners.map((one) => style.data(one)), losers };
  };

  onStyles(t, app, 'If-Match · of 20 changes at once under one ETag one is made', async (t, client) => {
    const { winners, losers } = await race(client);
    t.strictSame([winners.length, losers.length], [1, 19]);
    const [winner] = winners;
    t.equal(winner.revision, 2);
    for (const one of losers) {
      isRefused(t, one, { status: 412, code: 'task/stale', style: client.style, members: { current: winner } });
    }
    t.strictSame(await client.read(1), winner);
    t.equal((await client.add()).revision, 3, 'no revision was spent on the others');
  });

  t.test('If-Match · where nobody looks at the revision, that is seen', async (t) => {
    const broken = await importMutated<{ makeUseCases: typeof makeUseCases }>('@taskward/application', [
      { file: 'change-task.ts', from: 'task.assertMeets(condition);', to: '' },
    ]);
    const useCases = broken.makeUseCases({ ...absentPorts, tasks, clock: aSteadyClock(), calendar, keys });
    const { winners, losers } = await race(aClient(await anApi(t, tasks, { useCases })));
    t.strictSame([winners.length, losers.length], [20, 0]);
  });
});
