import t from 'tap';
import { aCaller, anApi, stores } from '../support/http/api.ts';

const tasks = [
  { title: 'Banana', priority: 'low', due_date: '2026-12-03' },
  { title: 'Cherry', priority: 'high', due_date: '2026-12-01', completed: true },
  { title: 'Apple', priority: 'medium', due_date: '2026-12-02', tags: ['home', 'garden'] },
];

/** Queries as clients of other backends send them, and what they expect to get: each task by its initial. */
const queries: Readonly<Record<string, string>> = {
  'sort_by=title': 'ABC',
  'sort_by=title&order=desc': 'CBA',
  'sort_by=title&sort_order=desc': 'CBA',
  'sortBy=title&sortOrder=ASC': 'ABC',
  'sort=title:asc': 'ABC',
  'sort=title:desc': 'CBA',
  'sort=title_desc': 'CBA',
  'sort=created&order=asc': 'BCA',
  'sort=created_date&order=desc': 'ACB',
  'sort_by=createdAt&sort_order=asc': 'BCA',
  'sort=created_newest': 'ACB',
  'sort=created_oldest': 'BCA',
  'sort=created_at_asc': 'BCA',
  'sort=created_at_desc': 'ACB',
  'sort=due_date': 'CAB',
  'sort=dueDate&order=desc': 'BAC',
  'sort=priority': 'CAB',
  'status=Pending&sort=title': 'AB',
  'status=INCOMPLETE&sort=title': 'AB',
  'status=active&sort=title': 'AB',
  'status=COMPLETED': 'C',
  'status=done': 'C',
  'status=ALL&sort=title': 'ABC',
  'status_filter=pending&sort=title': 'AB',
  'completed=true': 'C',
  'is_completed=false&sort=title': 'AB',
  'status=&search=&priority=&sort=title': 'ABC',
  'q=apple': 'A',
  'search=APPLE': 'A',
  'priority=HIGH': 'C',
  'tags=home,garden': 'A',
  'sort=title&skip=1&limit=1': 'B',
  'sort=title&offset=2': 'C',
  'sort=title&page=2&page_size=2': 'C',
  'sort=title&page=1&per_page=2': 'AB',
};

t.test('queries in the spellings of other backends', async (t) => {
  const app = await anApi(t, await stores.memory(t));
  const me = aCaller(app);
  for (const task of tasks) {
    const { statusCode } = await me.call('POST', me.bare, task);
    t.equal(statusCode, 201);
  }
  const initialsOf = (found: readonly { title: string }[]) => found.map(({ title }) => title[0]).join('');
  for (const [query, expected] of Object.entries(queries)) {
    const response = await me.call('GET', `${me.bare}?${query}`);
    t.equal(response.statusCode === 200 ? initialsOf(response.json()) : response.json().detail, expected, query);
  }
  for (const query of ['sort_by=colour', 'status=maybe', 'sortt=title', 'sort_order=up', 'status_filter=x', 'page=0']) {
    t.equal((await me.call('GET', `${me.bare}?${query}`)).statusCode, 422, `${query} is rejected`);
  }
  const { statusCode, headers } = await me.call('GET', `${me.bare}?sort=title&order=desc&limit=10`);
  t.equal(statusCode, 200);
  t.equal(headers['contract-spelling'], undefined, 'the contract’s spelling has no other');
});
