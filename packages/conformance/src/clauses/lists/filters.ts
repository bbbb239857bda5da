import type { Clause, Probe } from '../../clause.ts';
import { demandSame, demandStatus, expectError } from '../../unmet.ts';

/** Demands the titles that lists have, by title. */
const expectTitles = async ({ list }: Probe, wanted: Readonly<Record<string, string>>): Promise<void> => {
  for (const [query, titles] of Object.entries(wanted)) {
    const found = (await list(`?sort=title&${query}`)).map(({ title }) => title);
    demandSame(undefined, `the titles of ?${query}`, found.join(' '), titles);
  }
};

const addAll = async ({ add }: Probe, contents: Readonly<Record<string, object>>) => {
  for (const [title, content] of Object.entries(contents)) await add({ title, ...content });
};

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** Which tasks a list has, by what is planned. */
export const filters: Clause[] = [
  {
    id: 'filter.priority',
    says: 'priority takes one or several words with commas between them, and none for tasks without one.',
    mend: 'Take any of them: `priority=high,urgent`.',
    needs: ['empty'],
    async check(probe) {
      const contents = { a: { priority: 'urgent' }, b: { priority: 'high' }, c: { priority: 'low' }, d: {} };
      await addAll(probe, contents);
      await expectTitles(probe, {
        'priority=high': 'b',
        'priority=high,urgent': 'a b',
        'priority=none': 'd',
        'priority=low,none': 'c d',
        'priority=medium': '',
      });
      expectError(await probe.call('GET', '?priority=1'), 422, 'priority');
    },
  },
  {
    id: 'filter.tags',
    says: 'tag, repeated, and tags, with commas, find tasks that have all of the tags, any_tag those that have one of them: in any case.',
    mend: 'Compare tags without regard to case.',
    needs: ['empty'],
    async check(probe) {
      await addAll(probe, {
        a: { tags: ['Home', 'garden'] },
        b: { tags: ['home'] },
        c: { tags: ['work, paid'] },
        d: {},
      });
      await expectTitles(probe, {
        'tag=HOME': 'a b',
        'tag=home&tag=garden': 'a',
        'tags=home,garden': 'a',
        'tag=work%2C%20paid': 'c',
        'any_tag=garden&any_tag=home': 'a b',
        'any_tag=garden,other': 'a',
        'tag=other': '',
        'untagged=true': 'd',
        'untagged=false': 'a b c',
      });
    },
  },
  {
    id: 'filter.due',
    says: 'due finds open tasks that are overdue, tasks of today and of this week, done or not, and with none those without a due date.',
    mend: 'Count days and weeks as the settings of the user say.',
    needs: ['fresh'],
    async check(probe) {
      const today = (await probe.add({ title: 'none' })).created_at.slice(0, 10);
      await addAll(probe, {
        'a long ago': { due_date: '2020-01-01' },
        'b done': { due_date: '2020-01-01', completed: true },
        'c today': { due_date: today },
        'd in two weeks': { due_date: dayAfter(today, 14) },
        'e done today': { due_date: today, completed: true },
      });
      await expectTitles(probe, {
        'due=overdue': 'a long ago',
        'due=today': 'c today e done today',
        'due=week': 'c today e done today',
        'due=none': 'none',
      });
      expectError(await probe.call('GET', '?due=tomorrow'), 422, 'due');
    },
  },
  {
    id: 'filter.due-range',
    says: 'due_after includes its moment, due_before does not; a day means its start, a time without a zone is on the user’s clock.',
    mend: 'Compare with `due_at`, and leave out tasks without a due date.',
    needs: ['fresh'],
    async check(probe) {
      await addAll(probe, {
        a: { due_date: '2097-03-01' },
        b: { due_date: '2097-03-02T09:00' },
        c: { due_date: '2097-03-03T00:00:00Z' },
        d: {},
      });
      await expectTitles(probe, {
        'due_before=2097-03-02': 'a',
        'due_after=2097-03-02': 'b c',
        'due_after=2097-03-02T09:00&due_before=2097-03-03': 'b',
        'due_after=2097-03-02T09:00:01Z': 'c',
        'due_before=2097-03-03T01:00%2B01:00': 'a b',
      });
      expectError(await probe.call('GET', '?due_before=soon'), 422, 'due_before');
    },
  },
  {
    id: 'filter.repeating',
    says: 'repeating says whether the task recurs.',
    mend: 'Look at whether `repeat` is null.',
    needs: ['empty'],
    async check(probe) {
      await addAll(probe, { a: { due_date: '2097-03-01', repeat: 'daily' }, b: { due_date: '2097-03-01' } });
      await expectTitles(probe, { 'repeating=true': 'a', 'repeating=false': 'b' });
    },
  },
  {
    id: 'filter.times',
    says: 'completed_after, completed_before and updated_after compare with completed_at and updated_at.',
    mend: 'Include the moment of `…_after`, and leave out that of `…_before`.',
    needs: ['empty'],
    async check(probe) {
      const a = await probe.add({ title: 'a', completed: true });
      await new Promise((resolve) => setTimeout(resolve, 5));
      const b = await probe.add({ title: 'b', completed: true });
      await probe.add({ title: 'c' });
      await expectTitles(probe, {
        [`completed_after=${b.completed_at}`]: 'b',
        [`completed_before=${b.completed_at}`]: 'a',
        [`completed_after=${a.completed_at}`]: 'a b',
        [`updated_after=${b.updated_at}`]: 'b c',
      });
    },
  },
  {
    id: 'filter.together',
    says: 'All filters that are given must be met, and the total counts what meets them.',
    mend: 'Join the filters by AND.',
    needs: ['empty'],
    async check(probe) {
      const full = { priority: 'high', tags: ['home'], due_date: '2097-03-01' };
      await addAll(probe, {
        a: full,
        b: { ...full, completed: true },
        c: { ...full, priority: 'low' },
        d: { ...full, tags: [] },
        e: { ...full, due_date: null },
      });
      const query = 'status=pending&priority=high&tag=home&due_before=2098-01-01';
      await expectTitles(probe, { [query]: 'a' });
      const response = await probe.call('GET', `?count=true&${query}`);
      demandStatus(response, 200);
      demandSame(response, 'the total', probe.style.total(response), 1);
    },
  },
];
