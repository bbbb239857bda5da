import { type Change, changesIn } from '../../api-styles.ts';
import type { Clause, Probe } from '../../clause.ts';
import type { HttpResponse } from '../../http-messages.ts';
import { demand, demandHeader, demandSame, demandStatus, expectError } from '../../unmet.ts';

interface Page {
  readonly changes: Change[];
  readonly cursor: string;
  readonly hasMore: boolean;
}

const mostPages = 200;

const pageIn = ({ style }: Probe, response: HttpResponse): Page => {
  demandStatus(response, 200);
  const { changes, cursor, has_more } = style.changesPage(response);
  demand(response, typeof cursor === 'string' && cursor !== '', 'a text `cursor`');
  demand(response, typeof has_more === 'boolean', '`has_more`, true or false');
  return { changes: changesIn(response, changes), cursor, hasMore: has_more };
};

const pathOf = (limit: number, since?: string): string =>
  `/changes?limit=${limit}${since === undefined ? '' : `&since=${encodeURIComponent(since)}`}`;

const read = async (probe: Probe, limit: number, since?: string): Promise<Page> =>
  pageIn(probe, await probe.call('GET', pathOf(limit, since)));

/** Reads to the end of the changes. */
const readAll = async (probe: Probe, limit: number, since?: string): Promise<Page> => {
  const changes: Change[] = [];
  let page = await read(probe, limit, since);
  for (let count = 1; page.hasMore; count += 1) {
    changes.push(...page.changes);
    demand(undefined, count < mostPages, 'a page without `has_more`', `page ${count} has more`);
    page = await read(probe, limit, page.cursor);
  }
  return { ...page, changes: [...changes, ...page.changes] };
};

const shortOf = ({ changes }: Page): string[] =>
  changes.map((one) => (one.op === 'put' ? `put ${one.task.id}` : `delete ${one.id}`));

const isGone = (response: HttpResponse): void => {
  demandStatus(response, 410);
  demandHeader(response, 'Cache-Control', /\bno-store\b/, 'no-store');
};

/** What has changed since a client last asked. */
export const changes: Clause[] = [
  {
    id: 'changes.snapshot',
    says: 'GET …/tasks/changes without `since` leads through all tasks, as they are, page by page, and then ends.',
    mend: 'Answer `{op: "put", task}` for each, by id; `has_more` says whether there is another page, at `cursor`.',
    needs: ['empty'],
    async check(probe) {
      const tasks = [await probe.add(), await probe.add(), await probe.add()];
      const wanted = tasks.map((task) => ({ op: 'put', task }));
      demandSame(undefined, 'the changes', (await readAll(probe, 2)).changes, wanted);
      demandSame(undefined, 'the changes on one page', await read(probe, 500), {
        ...(await readAll(probe, 500)),
        hasMore: false,
      });
    },
  },
  {
    id: 'changes.snapshot-begins',
    says: 'What changes while all tasks are read comes afterwards: no change is lost between the pages.',
    mend: 'End the pages in the cursor of the moment at which the first one was read.',
    needs: ['empty'],
    async check(probe) {
      const [one, two] = [await probe.add(), await probe.add(), await probe.add()] as const;
      const first = await read(probe, 1);
      await probe.call('PUT', `/${one.id}`, { title: 'Bread' });
      await probe.call('DELETE', `/${two.id}`);
      const rest = await readAll(probe, 1, first.cursor);
      const later = await readAll(probe, 500, rest.cursor);
      const told = [...shortOf(rest), ...shortOf(later)];
      for (const wanted of [`put ${one.id}`, `delete ${two.id}`]) {
        demand(undefined, told.includes(wanted), `${wanted}, which was done after the first page`, told.join(', '));
      }
    },
  },
  {
    id: 'changes.since',
    says: 'With `since`, the changes come in their order, each task once, as it is now.',
    mend: 'Order by revision, and give only the last of several changes of a task.',
    async check(probe) {
      const { cursor } = await readAll(probe, 500);
      const [one, two] = [await probe.add(), await probe.add()];
      await probe.call('PUT', `/${one.id}`, { title: 'Bread' });
      await probe.call('PATCH', `/${one.id}/complete`, { completed: true });
      const page = await readAll(probe, 500, cursor);
      const wanted = [two, await probe.read(one.id)].map((task) => ({ op: 'put', task }));
      demandSame(undefined, 'the changes', page.changes, wanted);
      demandSame(undefined, 'the changes, one by one', (await readAll(probe, 1, cursor)).changes, wanted);
    },
  },
  {
    id: 'changes.deletion',
    says: 'A deletion is told: the id, its revision and when it was.',
    mend: 'Answer `{op: "delete", id, revision, at}`.',
    async check(probe) {
      const { id, revision } = await probe.add();
      const { cursor } = await readAll(probe, 500);
      await probe.call('DELETE', `/${id}`);
      const [change, ...others] = (await readAll(probe, 500, cursor)).changes;
      demand(
        undefined,
        change?.op === 'delete' && others.length === 0,
        'one deletion',
        JSON.stringify([change, ...others]),
      );
      demandSame(undefined, 'the id', change.id, id);
      demand(undefined, change.revision > revision, `a revision greater than ${revision}`, String(change.revision));
      demand(
        undefined,
        !Number.isNaN(Date.parse(change.at)),
        'the time of the deletion in `at`',
        JSON.stringify(change),
      );
    },
  },
  {
    id: 'changes.restored',
    says: 'A task that was deleted and restored since is told once, as it is.',
    mend: 'Tell only the last of the changes of a task.',
    async check(probe) {
      const { id } = await probe.add();
      const { cursor } = await readAll(probe, 500);
      await probe.call('DELETE', `/${id}`);
      await probe.call('POST', `/${id}/restore`);
      const page = await readAll(probe, 500, cursor);
      demandSame(undefined, 'the changes', page.changes, [{ op: 'put', task: await probe.read(id) }]);
    },
  },
  {
    id: 'changes.nothing',
    says: 'Where nothing has changed there are no changes, and the cursor still holds.',
    mend: 'Answer an empty list, `has_more: false` and a cursor to ask again with.',
    async check(probe) {
      await probe.add();
      let { cursor } = await readAll(probe, 500);
      for (const _ of [1, 2]) {
        const page = await read(probe, 500, cursor);
        demandSame(undefined, 'the changes and has_more', [page.changes, page.hasMore], [[], false]);
        cursor = page.cursor;
      }
    },
  },
  {
    id: 'changes.limit',
    says: '`limit` is 1 to 500; another one, and an unknown parameter, are refused with 422.',
    mend: 'Name the parameter in `errors`.',
    async check({ call }) {
      for (const limit of ['1', '500']) demandStatus(await call('GET', `/changes?limit=${limit}`), 200);
      for (const limit of ['0', '501', 'x']) expectError(await call('GET', `/changes?limit=${limit}`), 422, 'limit');
      expectError(await call('GET', '/changes?cursor=x'), 422, 'cursor');
    },
  },
  {
    id: 'changes.gone',
    says: 'A forged or altered cursor gets 410, which no cache keeps: the client starts again without `since`.',
    mend: 'Bind cursors to the account, and answer 410 with `Cache-Control: no-store` for one that you did not make.',
    async check(probe) {
      await probe.add();
      const { cursor } = await read(probe, 500);
      const last = cursor.at(-1) === 'A' ? 'B' : 'A';
      for (const since of ['nonsense', '0', `${cursor.slice(0, -1)}${last}`, `${cursor}x`, '']) {
        isGone(await probe.call('GET', pathOf(500, since)));
      }
    },
  },
  {
    id: 'changes.gone-of-user',
    says: 'A cursor of another user gets 410 too.',
    mend: 'Bind cursors to their user.',
    needs: ['other'],
    async check(probe) {
      await probe.add();
      const response = await probe.as(probe.other)('GET', pathOf(500));
      isGone(await probe.call('GET', pathOf(500, pageIn(probe, response).cursor)));
    },
  },
  {
    id: 'changes.etag',
    says: 'A page of changes has a weak ETag of its own: If-None-Match gets 304 until something changes.',
    mend: 'Make it of the owner’s revision counter and the query, as for lists.',
    async check({ add, call }) {
      await add();
      const read = (path: string, tag: string) => call('GET', path, undefined, { 'if-none-match': tag });
      const tag = demandHeader(await call('GET', '/changes'), 'ETag', /^W\/"[^"]*"$/, 'a weak one, as W/"…"');
      const known = await read('/changes', tag);
      demandStatus(known, 304);
      demand(known, known.bytes.length === 0, 'no body');
      demandStatus(await read('/changes?limit=7', tag), 200);
      await add();
      demandStatus(await read('/changes', tag), 200);
    },
  },
];
