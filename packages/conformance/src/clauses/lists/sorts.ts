import type { Task } from '../../api-styles.ts';
import type { Clause, Probe } from '../../clause.ts';
import { walkPages } from '../../pages.ts';
import { demandSame, expectError } from '../../unmet.ts';

const titlesOf = (tasks: readonly Task[]): string => tasks.map(({ title }) => title).join('');

const addPlanned = async ({ add }: Probe): Promise<void> => {
  for (const content of [
    { title: 'a', priority: 'low', due_date: '2097-03-02' },
    { title: 'b', priority: 'urgent', completed: true },
    { title: 'c', due_date: '2097-03-01T09:00:00Z', tags: ['home'] },
    { title: 'd', priority: 'urgent', due_date: '2097-03-02' },
    { title: 'e', priority: 'high', completed: true, tags: ['home'] },
    { title: 'f', tags: ['home'] },
  ])
    await add(content);
};

const expectOrders = async ({ list }: Probe, wanted: Readonly<Record<string, string>>): Promise<void> => {
  for (const [query, titles] of Object.entries(wanted))
    demandSame(undefined, `the titles of ?${query}`, titlesOf(await list(`?${query}`)), titles);
};

/** In which order a list is, by what is planned. */
export const sorts: Clause[] = [
  {
    id: 'sort.priority',
    says: 'sort=priority has urgent tasks first, and those without a priority last, in either order.',
    mend: 'Sort by urgency, not by the words: urgent, high, medium, low; NULLS LAST both ways.',
    needs: ['empty'],
    async check(probe) {
      await addPlanned(probe);
      await expectOrders(probe, { 'sort=priority': 'bdeacf', 'sort=-priority': 'aedbfc' });
    },
  },
  {
    id: 'sort.due-date',
    says: 'sort=due_date goes by due_at; tasks without a due date come last, in either order.',
    mend: 'Sort by the instant and not by the text; NULLS LAST both ways.',
    needs: ['empty'],
    async check(probe) {
      await addPlanned(probe);
      await expectOrders(probe, {
        'sort=due_date': 'cadbef',
        'sort=-due_date': 'dacfeb',
        'sort=due_date&order=desc': 'dacfeb',
      });
    },
  },
  {
    id: 'sort.completed-at',
    says: 'sort=completed_at has what was completed last first; open tasks come last, in either order.',
    mend: 'Default `order` to desc for `completed_at`; NULLS LAST both ways.',
    needs: ['empty'],
    async check(probe) {
      await addPlanned(probe);
      await expectOrders(probe, { 'sort=completed_at': 'ebfdca', 'sort=completed_at&order=asc': 'beacdf' });
    },
  },
  {
    id: 'sort.several',
    says: 'sort takes several fields with commas between them, each with - before it for descending order.',
    mend: 'Sort by the first, then by the second, then by id.',
    needs: ['empty'],
    async check(probe) {
      await addPlanned(probe);
      await expectOrders(probe, { 'sort=priority,due_date': 'dbeacf', 'sort=-priority,-title': 'aedbfc' });
      expectError(await probe.call('GET', '?sort=priority,urgency'), 422, 'sort');
      expectError(await probe.call('GET', '?sort=priority,-priority'), 422, 'sort');
      expectError(await probe.call('GET', '?sort=priority,due_date&order=desc'), 422, 'order');
    },
  },
  {
    id: 'sort.paging',
    says: 'Every filter and sort is paged by cursor without a gap or a repeat, where values are equal or missing too.',
    mend: 'Continue after all sort values of the last task and its id; a missing value is a value of its own.',
    needs: ['empty'],
    async check(probe) {
      await addPlanned(probe);
      const sorts = ['priority', 'due_date', 'position', 'completed_at', 'priority,due_date,-title'];
      for (const sort of sorts.flatMap((one) => [one, `-${one}`])) {
        for (const filter of ['', '&tag=home', '&priority=urgent,none']) {
          const query = `?sort=${sort}${filter}`;
          const whole = titlesOf(await probe.list(query));
          demandSame(
            undefined,
            `the titles of all pages of ${query}`,
            titlesOf(await walkPages(probe, `${query}&limit=2`)),
            whole,
          );
        }
      }
    },
  },
  {
    id: 'sort.cursor-of-another',
    says: 'A cursor of another planning filter or sort is refused with 422.',
    mend: 'Bind a cursor to all parameters of its list.',
    needs: ['empty'],
    async check(probe) {
      await addPlanned(probe);
      const first = '?sort=priority&limit=2';
      const next = probe.style.next(await probe.call('GET', first), first) ?? '';
      for (const [name, value] of [
        ['sort', '-priority'],
        ['priority', 'urgent'],
        ['tag', 'home'],
        ['due', 'none'],
      ] as const) {
        const query = new URLSearchParams(next);
        query.set(name, value);
        expectError(await probe.call('GET', `?${query}`), 422, 'cursor');
      }
    },
  },
];
