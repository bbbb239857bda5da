import { linksOf } from '../../api-styles.ts';
import type { Clause, Probe } from '../../clause.ts';
import { walkPages } from '../../pages.ts';
import { demand, demandSame, expectError } from '../../unmet.ts';

const idsOf = (tasks: { id: number }[]) => tasks.map(({ id }) => id);

const addFive = async ({ add }: Probe) => {
  const ids: number[] = [];
  for (const title of ['b', 'a', 'b', 'c', 'a']) ids.push((await add({ title })).id);
  return ids;
};

/** The query of a second page by cursor. */
const secondPage = async ({ call, style }: Probe, first: string): Promise<string> => {
  const response = await call('GET', first);
  const next = style.next(response, first);
  demand(response, next !== undefined && /[?&]cursor=/.test(next), 'a cursor that leads to the next page');
  return next;
};

const withParameter = (query: string, name: string, value: string): string => {
  const parameters = new URLSearchParams(query);
  parameters.set(name, value);
  return `?${parameters}`;
};

/** How a list goes on after its first page. */
export const paging: Clause[] = [
  {
    id: 'paging.walk',
    says: 'Cursors lead through the whole list in its order, each task once, and then end.',
    mend: 'Continue after the last task of the page, by its sort value and its id; give no cursor on the last page.',
    needs: ['empty'],
    async check(probe) {
      await addFive(probe);
      for (const sort of ['created_at', 'updated_at', 'title']) {
        for (const order of ['asc', 'desc']) {
          const query = `?sort=${sort}&order=${order}`;
          const whole = idsOf(await probe.list(query));
          const walked = idsOf(await walkPages(probe, `${query}&limit=2`));
          demandSame(undefined, `the ids of all pages of ${query}`, walked, whole);
        }
      }
    },
  },
  {
    id: 'paging.stable',
    says: 'Paging by cursor neither repeats nor skips a task that did not change in between.',
    mend: 'Let cursors hold a position, not a number of tasks to skip.',
    needs: ['empty'],
    async check(probe) {
      const ids = await addFive(probe);
      const [gone, ...kept] = [...ids].reverse() as [number, ...number[]];
      const walked = await walkPages(probe, '?limit=2', async (page) => {
        if (page !== 1) return;
        await probe.call('DELETE', `/${gone}`);
        await probe.add({ title: 'new' });
        await probe.add({ title: 'new' });
      });
      const old = idsOf(walked).filter((id) => kept.includes(id));
      demandSame(undefined, 'the ids of what did not change', old, kept);
    },
  },
  {
    id: 'paging.filtered',
    says: 'The next page has the same filter and sort as the first.',
    mend: 'Carry `status`, `search`, `sort`, `order` and `limit` over.',
    needs: ['empty'],
    async check(probe) {
      for (const completed of [true, false, true, true, false]) await probe.add({ title: 'milk', completed });
      const walked = await walkPages(probe, '?status=completed&search=MIL&limit=1');
      demandSame(undefined, 'the number of completed tasks on all pages', walked.length, 3);
    },
  },
  {
    id: 'paging.cursor-forged',
    says: 'A forged or altered cursor is refused with 422.',
    mend: 'Seal cursors, and refuse those that you did not make.',
    needs: ['empty'],
    async check(probe) {
      await addFive(probe);
      const next = await secondPage(probe, '?limit=2');
      const cursor = new URLSearchParams(next).get('cursor') as string;
      const last = cursor.at(-1) === 'A' ? 'B' : 'A';
      for (const forged of ['nonsense', 'eyJpZCI6MX0', `${cursor.slice(0, -1)}${last}`, `${cursor}x`, '']) {
        expectError(await probe.call('GET', withParameter(next, 'cursor', forged)), 422, 'cursor');
      }
    },
  },
  {
    id: 'paging.cursor-of-another-query',
    says: 'A cursor of another filter or sort is refused with 422.',
    mend: 'Bind a cursor to the query that it continues.',
    needs: ['empty'],
    async check(probe) {
      await addFive(probe);
      const next = await secondPage(probe, '?limit=2');
      for (const [name, value] of [
        ['sort', 'title'],
        ['order', 'asc'],
        ['status', 'pending'],
        ['search', 'a'],
      ] as const) {
        expectError(await probe.call('GET', withParameter(next, name, value)), 422, 'cursor');
      }
    },
  },
  {
    id: 'paging.cursor-with-offset',
    says: 'cursor and offset together are refused with 422.',
    mend: 'Refuse the pair: a page continues in one way.',
    needs: ['empty'],
    async check(probe) {
      await addFive(probe);
      const next = await secondPage(probe, '?limit=2');
      for (const offset of ['0', '1']) expectError(await probe.call('GET', withParameter(next, 'offset', offset)), 422);
    },
  },
  {
    id: 'paging.last-page',
    says: 'The last page, also one that is just full, leads nowhere.',
    mend: 'Look one task further before you promise a next page.',
    needs: ['empty'],
    async check({ add, call, style }) {
      await add();
      await add();
      for (const query of ['?limit=2', '?limit=3', '?search=nothing+like+it']) {
        const response = await call('GET', query);
        demandSame(response, 'the next page', style.next(response, query), undefined);
      }
    },
  },
  {
    id: 'paging.link',
    says: 'Link names the next and the first page below the same path; for numbered pages the previous one too.',
    mend: 'Send `Link: <…>; rel="first", <…>; rel="next"` (RFC 8288), and `rel="prev"` where there is an offset.',
    styles: ['bare'],
    needs: ['empty'],
    async check(probe) {
      await addFive(probe);
      for (const [query, rels] of [
        ['?limit=2', ['first', 'next']],
        ['?limit=2&offset=2', ['first', 'prev', 'next']],
        ['?limit=2&offset=4', ['first', 'prev']],
      ] as const) {
        const response = await probe.call('GET', query);
        const links = linksOf(response);
        for (const rel of ['first', 'prev', 'next'] as const) {
          const wanted = (rels as readonly string[]).includes(rel);
          const got = response.headers.link ?? '(no Link)';
          demand(response, links.has(rel) === wanted, `${wanted ? 'a' : 'no'} link with rel="${rel}"`, got);
          const link = links.get(rel);
          if (link === undefined) continue;
          const { pathname } = new URL(link, 'http://server');
          demand(response, pathname.endsWith(probe.mine), `a link below ${probe.mine}`, link);
        }
      }
    },
  },
  {
    id: 'paging.link-numbered',
    says: 'Numbered pages lead to numbered pages, there and back.',
    mend: 'Link from offset 2 of pages of two to offset 4 as `next`, and to offset 0 as `prev`.',
    styles: ['bare'],
    needs: ['empty'],
    async check(probe) {
      await addFive(probe);
      const response = await probe.call('GET', '?limit=2&offset=2&sort=title');
      const offsetOf = (rel: string) =>
        new URL(linksOf(response).get(rel) ?? '/', 'http://server').searchParams.get('offset') ?? '0';
      demandSame(response, 'the offsets of prev and next', [offsetOf('prev'), offsetOf('next')], ['0', '4']);
    },
  },
];
