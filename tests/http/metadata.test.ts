import type { TaskRecord } from '@taskward/application';
import { onStyles, overStores } from '../support/http/client.ts';
import { isRefused } from '../support/http/errors.ts';

const contents = [
  { title: 'a', metadata: { project: 'garden', size: 3, done: true, 'a.b': 'x', 'it\'s "q"': '%' } },
  { title: 'b', metadata: { project: 'garden', size: '3', done: 'true', at: { x: 1 }, list: ['x'] } },
  { title: 'c' },
];

const queries: readonly [query: string, titles: string][] = [
  ['metadata.project=garden', 'ab'],
  ['metadata.size=3', 'ab'],
  ['metadata.done=true', 'ab'],
  ['metadata.done=false', ''],
  ['metadata.none=x', ''],
  ['metadata.at=x', ''],
  ['metadata.list=x', ''],
  ['metadata.a.b=x', 'a'],
  ['metadata.it%27s%20%22q%22=%25', 'a'],
  ['metadata.project=garden&metadata.a.b=x', 'a'],
];

overStores((t, { app }) => {
  onStyles(t, app, 'metadata · filters', async (t, { style, me, url, add }) => {
    for (const content of contents) await add(content);
    for (const [query, titles] of queries) {
      const tasks: TaskRecord[] = style.data(await me.call('GET', `${url}?sort=title&${query}`));
      t.equal(tasks.map(({ title }) => title).join(''), titles, query);
    }
    const repeated = await me.call('GET', `${url}?metadata.project=garden&metadata.project=x`);
    t.equal(repeated.statusCode, 422);
  });

  onStyles(t, app, 'metadata · what it may be', async (t, { style, me, url, add, read }) => {
    const task = await add({ metadata: { a: 'x'.repeat(3_000) } });
    for (const metadata of [[], 'x', 1, { a: 'x'.repeat(4_096) }, { b: 'x'.repeat(3_000) }]) {
      const response = await me.call('PATCH', `${url}/${task.id}`, { metadata });
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: ['metadata'] });
    }
    t.strictSame(await read(task.id), task, 'nothing is written');
  });
});
