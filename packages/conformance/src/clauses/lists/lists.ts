import { tasksIn } from '../../api-styles.ts';
import type { Clause } from '../../clause.ts';
import { demand, demandSame, demandStatus, expectError, faultsOf } from '../../unmet.ts';

const titles = (tasks: { title: string }[]) => tasks.map(({ title }) => title);

/** What a list holds, and in which order. */
export const lists: Clause[] = [
  {
    id: 'list.holds-mine',
    says: 'A list has all tasks of the user, and no other user’s.',
    mend: 'Filter by the owner in every query.',
    needs: ['empty', 'other'],
    async check({ add, as, other, list }) {
      const [first, second] = [await add({ title: 'Mine 1' }), await add({ title: 'Mine 2' })];
      demandStatus(await as(other)('POST', '', { title: 'Theirs' }), 201);
      demandSame(undefined, 'my tasks', await list(), [second, first]);
    },
  },
  {
    id: 'list.meta',
    says: 'A list has meta with limit and next_cursor, null on the last page.',
    mend: 'Send `meta: {limit, next_cursor}` with every list of this style.',
    styles: ['envelope'],
    needs: ['empty'],
    async check({ add, call }) {
      await add();
      const response = await call('GET', '?limit=7');
      const { meta } = response.json as { meta?: unknown };
      demandSame(response, 'meta', meta, { limit: 7, next_cursor: null });
    },
  },
  {
    id: 'list.total',
    says: 'The total comes when it is asked for by count=true, and only then: X-Total-Count, or meta.total.',
    mend: 'Count all tasks that match, on all pages, with `count=true`; say nothing without it.',
    needs: ['empty'],
    async check({ add, call, style }) {
      for (const completed of [true, false, true]) await add({ completed });
      const counted = await call('GET', '?count=true&limit=1&status=completed');
      demandSame(counted, 'the total', style.total(counted), 2);
      for (const query of ['', '?count=false']) {
        const response = await call('GET', query);
        demandSame(response, 'the total', style.total(response), undefined);
      }
    },
  },
  {
    id: 'list.status',
    says: 'status is all (the default), pending or completed.',
    mend: 'Filter by `status`: all tasks, those that are not completed, those that are.',
    needs: ['empty'],
    async check({ add, list }) {
      await add({ title: 'open' });
      await add({ title: 'done', completed: true });
      for (const [query, wanted] of [
        ['', ['done', 'open']],
        ['?status=all', ['done', 'open']],
        ['?status=pending', ['open']],
        ['?status=completed', ['done']],
      ] as const) {
        demandSame(undefined, `the titles of ${query || 'the list'}`, titles(await list(query)), wanted);
      }
    },
  },
  {
    id: 'list.search',
    says: 'search finds text in title and description, without regard to case.',
    mend: 'Search both, and fold the case of letters beyond ASCII too.',
    needs: ['empty'],
    async check({ add, list }) {
      await add({ title: 'Äpfel', description: 'two Pounds' });
      await add({ title: 'Bread' });
      for (const [text, wanted] of [
        ['BREAD', ['Bread']],
        ['äPF', ['Äpfel']],
        ['POUND', ['Äpfel']],
        ['nothing', []],
      ] as const) {
        const found = titles(await list(`?search=${encodeURIComponent(text)}`));
        demandSame(undefined, `what a search for “${text}” finds:`, found, wanted);
      }
    },
  },
  {
    id: 'list.search-literal',
    says: 'In a search %, _ and \\ are ordinary characters.',
    mend: 'Escape them before they reach LIKE.',
    needs: ['empty'],
    async check({ add, list }) {
      for (const title of ['100%', 'a_b', 'a\\b', 'axb']) await add({ title });
      for (const [text, wanted] of [
        ['0%', ['100%']],
        ['a_b', ['a_b']],
        ['a\\b', ['a\\b']],
        ['a%b', []],
      ] as const) {
        const found = titles(await list(`?search=${encodeURIComponent(text)}`));
        demandSame(undefined, `what a search for ${text} finds:`, found, wanted);
      }
    },
  },
  {
    id: 'list.search-length',
    says: 'search takes 1 to 100 characters, counted as code points; an empty or a longer one is refused with 422.',
    mend: 'Refuse it: an empty search is not the same as none.',
    async check({ call }) {
      demandStatus(await call('GET', `?search=${encodeURIComponent('😀'.repeat(100))}`), 200);
      expectError(await call('GET', '?search='), 422, 'search');
      expectError(await call('GET', `?search=${'x'.repeat(101)}`), 422, 'search');
    },
  },
  {
    id: 'list.sort',
    says: 'sort is created_at (the default), updated_at or title; times come newest first, titles from A, or as order says.',
    mend: 'Default `order` to desc for times and to asc for `title`.',
    needs: ['empty'],
    async check({ add, call, list }) {
      const { id } = await add({ title: 'b' });
      for (const title of ['c', 'a']) await add({ title });
      await new Promise((resolve) => setTimeout(resolve, 5));
      demandStatus(await call('PUT', `/${id}`, { description: 'changed last' }), 200);
      for (const [query, wanted] of [
        ['', 'acb'],
        ['?sort=created_at', 'acb'],
        ['?order=asc', 'bca'],
        ['?sort=updated_at', 'bac'],
        ['?sort=updated_at&order=asc', 'cab'],
        ['?sort=title', 'abc'],
        ['?sort=title&order=desc', 'cba'],
      ] as const) {
        demandSame(undefined, `the titles of ${query || 'the list'}`, titles(await list(query)).join(''), wanted);
      }
    },
  },
  {
    id: 'list.total-order',
    says: 'The order is total: tasks that sort alike are ordered by id, in the direction of the list.',
    mend: 'Add `id` to every ORDER BY, with the same direction.',
    needs: ['empty'],
    async check({ add, list }) {
      const ids: number[] = [];
      for (let n = 0; n < 4; n += 1) ids.push((await add({ title: 'alike' })).id);
      for (const [order, wanted] of [
        ['asc', ids],
        ['desc', [...ids].reverse()],
      ] as const) {
        const got = (await list(`?sort=title&order=${order}`)).map(({ id }) => id);
        demandSame(undefined, `the ids of ?sort=title&order=${order}`, got, wanted);
      }
    },
  },
  {
    id: 'list.limit',
    says: 'limit says how many tasks a page has, from 1 to 500.',
    mend: 'Take every limit from 1 to 500 as it is.',
    async check({ add, call, style }) {
      for (let n = 0; n < 3; n += 1) await add();
      for (const limit of [1, 2]) {
        const response = await call('GET', `?limit=${limit}`);
        demandSame(response, 'the number of tasks', tasksIn(style, response).length, limit);
      }
      demandStatus(await call('GET', '?limit=500'), 200);
    },
  },
  {
    id: 'list.limit-default',
    says: 'Without limit a page has 100 tasks.',
    mend: 'Default `limit` to 100.',
    needs: ['empty'],
    async check({ add, call, style }) {
      await Promise.all(Array.from({ length: 101 }, () => add()));
      const response = await call('GET', '');
      demandSame(undefined, 'the number of tasks', tasksIn(style, response).length, 100);
    },
  },
  {
    id: 'list.limit-over-500',
    says: 'A limit over 500 is refused with 422, never silently capped.',
    mend: 'Refuse it: a client that is given fewer tasks than it asked for thinks that it has all of them.',
    async check({ call }) {
      for (const limit of ['501', '1000000', '9'.repeat(30)]) {
        expectError(await call('GET', `?limit=${limit}`), 422, 'limit');
      }
    },
  },
  {
    id: 'list.limit-malformed',
    says: 'A limit of 0, a negative one, and one that is no whole number are refused with 422.',
    mend: 'Refuse what is not a whole number from 1 to 500.',
    async check({ call }) {
      for (const limit of ['0', '-1', '1.5', 'many', '']) {
        expectError(await call('GET', `?limit=${limit}`), 422, 'limit');
      }
    },
  },
  {
    id: 'list.offset',
    says: 'offset skips tasks, 0 to 10 000; anything else is refused with 422.',
    mend: 'Skip that many tasks in the list’s order; refuse what is out of bounds.',
    needs: ['empty'],
    async check({ add, call, list }) {
      for (const title of ['a', 'b', 'c']) await add({ title });
      demandSame(undefined, 'the titles', titles(await list('?sort=title&offset=1&limit=1')), ['b']);
      demandSame(undefined, 'the titles', titles(await list('?sort=title&offset=10000')), []);
      for (const offset of ['-1', '10001', 'x']) expectError(await call('GET', `?offset=${offset}`), 422, 'offset');
    },
  },
  {
    id: 'list.bad-values',
    says: 'A value that a parameter cannot have is refused with 422 that names the parameter.',
    mend: 'Refuse it, and do not fall back to the default.',
    async check({ call }) {
      for (const query of ['status=done', 'sort=id', 'order=up', 'count=maybe']) {
        expectError(await call('GET', `?${query}`), 422, query.split('=')[0] as string);
      }
    },
  },
  {
    id: 'list.unknown-parameter',
    says: 'An unknown query parameter is refused with 422 that names it, on lists and everywhere else.',
    mend: 'Refuse it: one that is dropped is a filter that the client believes in.',
    async check({ add, call }) {
      const { id } = await add();
      for (const [method, path, body] of [
        ['GET', '?page=2'],
        ['GET', `/${id}?page=2`],
        ['POST', '?page=2', { title: 'x' }],
        ['DELETE', `/${id}?page=2`],
      ] as const) {
        expectError(await call(method, path, body), 422, 'page');
      }
    },
  },
  {
    id: 'list.nearest-parameter',
    says: 'The error for an unknown parameter names the nearest known one: sort_by, did you mean sort?',
    mend: 'Say it in the fault’s message.',
    async check({ call }) {
      const response = await call('GET', '?sort_by=title');
      const fault = faultsOf(response).find(({ field }) => field === 'sort_by');
      demand(
        response,
        fault !== undefined && /\bsort\b/.test(String(fault.message)),
        'a fault of sort_by naming `sort`',
      );
    },
  },
];
