import { aCaller, type Caller } from '../support/http/api.ts';
import { aClient, type Client, onStyles, overStores } from '../support/http/client.ts';

const weak = /^W\/"(\d+)-[\da-z]{1,7}"$/;

overStores((t, { app }) => {
  const tagOf = async ({ me, url }: Client, query = '') => {
    const response = await me.call('GET', `${url}${query}`);
    return String(response.headers.etag);
  };

  onStyles(t, app, 'list ETag · weak, of the owner’s revision', async (t, client) => {
    t.equal((await tagOf(client)).match(weak)?.[1], '0', 'nothing there yet');
    await client.add();
    t.equal((await tagOf(client)).match(weak)?.[1], '1');
    const head = await client.me.call('HEAD', client.url);
    t.strictSame([head.statusCode, head.headers.etag, head.body], [200, await tagOf(client), '']);
  });

  onStyles(t, app, 'list ETag · another after any change, the same after none', async (t, client) => {
    const { me, url } = client;
    let tag = await tagOf(client);
    const isAnother = async (another: boolean, about: string) => {
      const next = await tagOf(client);
      t.equal(next !== tag, another, about);
      const known = await me.call('GET', url, undefined, { 'if-none-match': tag });
      t.equal(known.statusCode, another ? 200 : 304, about);
      tag = next;
    };
    await isAnother(false, 'nothing happened');
    await client.add();
    await isAnother(true, 'POST');
    await me.call('PATCH', `${url}/1`, { title: 'x' });
    await isAnother(true, 'PATCH');
    await me.call('PATCH', `${url}/1`, { title: 'x' });
    await isAnother(false, 'a PATCH that changes nothing');
    await me.call('PATCH', `${url}/1`, { title: '' });
    await isAnother(false, 'a PATCH that is refused');
    await me.call('PATCH', `${url}/1/complete`);
    await isAnother(true, 'complete');
    await me.call('POST', `${url}/batch`, { operations: [{ op: 'create', title: 'x' }], dry_run: true });
    await isAnother(false, 'a dry run');
    await me.call('POST', `${url}/batch`, { operations: [{ op: 'create', title: 'x' }] });
    await isAnother(true, 'batch');
    await me.call('DELETE', `${url}/1`);
    await isAnother(true, 'DELETE');
    await aClient(app).add();
    await isAnother(false, 'somebody else’s change');
  });

  onStyles(t, app, 'list ETag · another with any parameter, the same for the same list', async (t, client) => {
    for (let n = 0; n < 3; n += 1) await client.add();
    const queries = [
      '',
      '?status=pending',
      '?status=completed',
      '?search=milk',
      '?search=Milk',
      '?sort=title',
      '?sort=updated_at',
      '?order=asc',
      '?limit=1',
      '?limit=2',
      '?offset=1',
      '?count=true',
      '?status=pending&count=true',
    ];
    const first = await client.me.call('GET', `${client.url}?limit=1`);
    const cursor =
      first.json().meta?.next_cursor ??
      new URLSearchParams(/\?(.*?)>; rel="next"/.exec(String(first.headers.link))?.[1]).get('cursor');
    queries.push(`?limit=1&cursor=${cursor}`);
    const tags = await Promise.all(queries.map((query) => tagOf(client, query)));
    t.equal(new Set(tags).size, queries.length);
    for (const [n, query] of queries.entries()) {
      for (const [m, tag] of tags.entries()) {
        const response = await client.me.call('GET', `${client.url}${query}`, undefined, { 'if-none-match': tag });
        if (response.statusCode !== (n === m ? 304 : 200)) t.fail(`${query} with the tag of ${queries[m]}`);
      }
    }
    for (const same of [
      '/',
      '?',
      '?status=all',
      '?order=desc',
      '?limit=100&count=false',
      '?offset=0',
      '?sort=created_at',
    ]) {
      t.equal(await tagOf(client, same), tags[0], same);
    }
    t.equal(await tagOf(client, '?count=true&status=pending'), tags[12], 'in another order');
  });

  onStyles(t, app, 'list ETag · each user’s own', async (t, client) => {
    const { style, url } = client;
    const other = aClient(app, style);
    for (const one of [client, other]) await one.add();
    const tag = await tagOf(client);
    t.not(await tagOf(other), tag);
    const response = await other.me.call('GET', other.url, undefined, { 'if-none-match': tag });
    t.equal(response.statusCode, 200);
    const foreign = await aCaller(app).call('GET', client.me.bare, undefined, { 'if-none-match': tag });
    t.equal(foreign.statusCode, 403, 'whoever knows a tag has no way to the list by it');
    if (url !== '/api/tasks') return;
    t.equal((await other.me.call('GET', url, undefined, { 'if-none-match': tag })).statusCode, 200, 'by token alone');
  });

  onStyles(t, app, 'list If-None-Match · 304 with ETag, Cache-Control, Vary and no body', async (t, client) => {
    const { me, url } = client;
    await client.add();
    const tag = await tagOf(client, '?count=true');
    const known: [header: string, known: boolean][] = [
      [tag, true],
      [tag.replace('W/', ''), true],
      ...['-gzip', '--gzip', ';gzip', '-br'].flatMap((suffix): [string, boolean][] => [
        [tag.replace(/"$/, `${suffix}"`), true],
        [tag.replace('W/', '').replace(/"$/, `${suffix}"`), true],
        [tag.replace('"1-', '"2-').replace(/"$/, `${suffix}"`), false],
      ]),
      [tag.replace(/"$/, '-x"'), false],
      [`"x", ${tag}`, true],
      [`${tag.replace('"1-', '"0-')}, ${tag}, "y"`, true],
      ['*', true],
      [tag.replace('"1-', '"2-'), false],
      [tag.replace('"1-', '"01-'), false],
      [tag.replace('"1-', '"-'), false],
      [tag.replace(/.{2}$/, '"'), false],
      [tag.replace(/-.*"/, '"'), false],
      [tag.slice(0, -1), false],
      ['"1"', false],
      ['W/"1"', false],
      ['', false],
    ];
    for (const [header, expected] of known) {
      for (const method of ['GET', 'HEAD'] as const) {
        const response = await me.call(method, `${url}?count=true`, undefined, { 'if-none-match': header });
        t.equal(response.statusCode, expected ? 304 : 200, `${method} with ${header}`);
        t.equal(response.headers.etag, tag);
        t.equal(response.headers['cache-control'], 'private, no-cache');
        t.match(response.headers.vary, /Authorization, Cookie/);
        if (expected) t.strictSame([response.body, response.headers['content-type']], ['', undefined]);
      }
    }
  });

  onStyles(t, app, 'list If-None-Match · a query that is refused is refused, whatever the tag', async (t, client) => {
    const { me, url } = client;
    const response = await me.call('GET', `${url}?limit=0`, undefined, { 'if-none-match': '*' });
    t.equal(response.statusCode, 422);
  });

  t.test('list ETag · never an old list under a new tag', async (t) => {
    const client = aClient(app);
    const { me, url } = client;
    const titles = Array.from({ length: 30 }, (_, n) => `task ${n}`);
    const seen: { revision: number; count: number }[] = [];
    const look = async (caller: Caller) => {
      const response = await caller.call('GET', url);
      const revision = Number(String(response.headers.etag).match(weak)?.[1]);
      seen.push({ revision, count: response.json().length });
    };
    await Promise.all(titles.flatMap((title) => [client.add({ title }), look(me)]));
    t.ok(
      seen.every(({ revision, count }) => count >= revision),
      'at revision n there are n tasks, or already more',
    );
  });
});
