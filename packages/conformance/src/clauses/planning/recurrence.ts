import { type Task, taskIn } from '../../api-styles.ts';
import type { Clause, Probe } from '../../clause.ts';
import { demand, demandSame, demandStatus, expectError } from '../../unmet.ts';

const complete = async ({ call, style }: Probe, { id }: Task, body?: object): Promise<Task> =>
  taskIn(style, await call('PATCH', `/${id}/complete`, body));

const dayMilliseconds = 86_400_000;
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMilliseconds;

/** Demands the due dates that completing a task again and again leads to. */
const leadsTo = async (probe: Probe, content: object, dates: readonly string[]): Promise<Task> => {
  let task = await probe.add(content);
  for (const date of dates) {
    const before = task.due_date;
    task = await complete(probe, task);
    demandSame(undefined, `the due date after ${before}`, task.due_date, date);
  }
  return task;
};

const monthEnd = { due_date: '2097-01-31', repeat: 'monthly' };

/** How tasks recur. */
export const recurrence: Clause[] = [
  {
    id: 'repeat.words',
    says: 'repeat is a rule of RFC 5545 or a word, and comes back in full: rule, from, short_months and start.',
    mend: 'Fill in `from` (due), `short_months` (last) and `start` (the due date), and take `weekly` for FREQ=WEEKLY.',
    async check({ add }) {
      const start = '2097-03-01';
      const filled = (rule: string) => ({ rule, from: 'due', short_months: 'last', start });
      for (const [repeat, wanted] of [
        ['daily', filled('FREQ=DAILY')],
        ['weekly', filled('FREQ=WEEKLY')],
        ['monthly', filled('FREQ=MONTHLY')],
        ['yearly', filled('FREQ=YEARLY')],
        ['FREQ=WEEKLY;BYDAY=MO,TH', filled('FREQ=WEEKLY;BYDAY=MO,TH')],
        [
          { rule: 'FREQ=DAILY', from: 'completion' },
          { ...filled('FREQ=DAILY'), from: 'completion' },
        ],
      ] as const) {
        demandSame(undefined, 'repeat', (await add({ due_date: start, repeat })).repeat, wanted);
      }
    },
  },
  {
    id: 'repeat.refused',
    says: 'A rule without a due date, one that is none, and one without an occurrence within 28 years are refused with 422 that names repeat.',
    mend: 'Check a rule when it is sent, with the due date from which it starts.',
    async check({ call }) {
      const april31 = { rule: 'FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31', short_months: 'skip' };
      for (const content of [
        { repeat: 'daily' },
        { due_date: '2097-03-01', repeat: 'sometimes' },
        { due_date: '2097-03-01', repeat: 'FREQ=HOURLY' },
        { due_date: '2097-03-01', repeat: 'FREQ=DAILY;INTERVAL=0' },
        { due_date: '2097-03-01', repeat: 'FREQ=DAILY;UNTIL=20200101' },
        { due_date: '2097-03-01', repeat: april31 },
      ]) {
        expectError(await call('POST', '', { title: 'x', ...content }), 422, 'repeat');
      }
    },
  },
  {
    id: 'repeat.month-ends',
    says: 'What recurs monthly on the 31st is due on the last day of a shorter month, and on the 31st again after it.',
    mend: 'Count from the start of the series, not from the last due date: 31 January, 28 February, 31 March.',
    async check(probe) {
      await leadsTo(probe, monthEnd, ['2097-02-28', '2097-03-31', '2097-04-30', '2097-05-31']);
      await leadsTo(probe, { ...monthEnd, due_date: '2096-01-31' }, ['2096-02-29', '2096-03-31']);
      await leadsTo(probe, { due_date: '2096-02-29', repeat: 'yearly' }, ['2097-02-28', '2098-02-28']);
    },
  },
  {
    id: 'repeat.short-months-skip',
    says: 'With "short_months": "skip" a month that is too short has no occurrence.',
    mend: 'Leave such months out, as RFC 5545 does.',
    async check(probe) {
      const repeat = { rule: 'FREQ=MONTHLY', short_months: 'skip' };
      await leadsTo(probe, { ...monthEnd, repeat }, ['2097-03-31', '2097-05-31']);
    },
  },
  {
    id: 'repeat.form-kept',
    says: 'The next due date has the form of the first: a time in a zone stays at that time of its clocks.',
    mend: 'Count on the clock, and convert to instants afterwards.',
    async check(probe) {
      const due = (day: string) => `${day}T09:00[Europe/Berlin]`;
      const task = await leadsTo(probe, { due_date: due('2096-03-24'), repeat: 'weekly' }, [due('2096-03-31')]);
      demandSame(undefined, 'the start of the series', task.repeat?.start, due('2096-03-24'));
      await leadsTo(probe, { due_date: '2096-03-24T09:00:00Z', repeat: 'weekly' }, ['2096-03-31T09:00:00Z']);
    },
  },
  {
    id: 'repeat.completion',
    says: 'Completing a recurring task, by …/complete or by completed: true, leaves it open and moves its due date on; the response says what was completed, and how many were skipped.',
    mend: 'Answer with the task as it is now, `completed` false, and `completed_occurrence` and `skipped` beside it.',
    async check(probe) {
      const { add, call, read, style } = probe;
      const { id } = await add(monthEnd);
      let due = '2097-01-31';
      for (const [method, path, body, next] of [
        ['PATCH', '/complete', undefined, '2097-02-28'],
        ['PATCH', '/complete', { completed: true }, '2097-03-31'],
        ['PUT', '', { completed: true }, '2097-04-30'],
        ['PATCH', '', { completed: true, title: 'Renamed' }, '2097-05-31'],
      ] as const) {
        const response = await call(method, `/${id}${path}`, body);
        const { completed, completed_at, completed_occurrence, due_date, skipped } = taskIn(style, response);
        const got = { completed, completed_at, completed_occurrence, due_date, skipped };
        const wanted = { completed: false, completed_at: null, completed_occurrence: due, due_date: next, skipped: 0 };
        demandSame(response, 'the task', got, wanted);
        due = next;
      }
      demand(undefined, !('completed_occurrence' in (await read(id))), 'no `completed_occurrence` when it is read');
    },
  },
  {
    id: 'repeat.skipped',
    says: 'Completing an occurrence that is long past leads to the first that is still to come; skipped counts those between.',
    mend: 'Take the first occurrence after the later of the due date and now.',
    async check(probe) {
      const due = '2024-01-01';
      const task = await complete(probe, await probe.add({ due_date: due, repeat: 'daily' }));
      const next = String(task.due_date);
      const late = daysBetween(task.updated_at.slice(0, 10), next);
      demand(undefined, late >= 0 && late <= 2, 'a due date that is the next day', `due_date ${next}`);
      const { completed_occurrence, skipped } = task;
      const wanted = { completed_occurrence: due, skipped: daysBetween(due, next) - 1 };
      demandSame(undefined, 'the occurrence', { completed_occurrence, skipped }, wanted);
    },
  },
  {
    id: 'repeat.occurrence',
    says: 'A completion that names an occurrence which is not current is refused with 409, and the task under `current`: a retry completes nothing twice.',
    mend: 'Compare `occurrence` with the due date, in …/complete and in an update.',
    async check(probe) {
      const { add, call, read, style } = probe;
      const { id } = await add(monthEnd);
      const body = { completed: true, occurrence: '2097-01-31' };
      const { due_date } = taskIn(style, await call('PATCH', `/${id}/complete`, body));
      demandSame(undefined, 'the due date', due_date, '2097-02-28');
      const task = await read(id);
      for (const [method, path] of [
        ['PATCH', '/complete'],
        ['PATCH', ''],
        ['PUT', ''],
      ] as const) {
        const response = await call(method, `/${id}${path}`, body);
        demandStatus(response, 409);
        demandSame(response, '`current`', (response.json as { current?: unknown } | undefined)?.current, task);
      }
      demandSame(undefined, 'the task afterwards', await read(id), task);
    },
  },
  {
    id: 'repeat.count',
    says: 'The last occurrence of a series, by COUNT or UNTIL, completes the task.',
    mend: 'Set `completed` where no occurrence is left.',
    async check(probe) {
      for (const end of ['COUNT=3', 'UNTIL=20970303']) {
        const content = { due_date: '2097-03-01', repeat: `FREQ=DAILY;${end}` };
        const last = await leadsTo(probe, content, ['2097-03-02', '2097-03-03']);
        demandSame(undefined, 'completed before the last occurrence', last.completed, false);
        const task = await complete(probe, last);
        demandSame(undefined, `completed after ${end}`, [task.completed, task.due_date], [true, '2097-03-03']);
      }
    },
  },
  {
    id: 'repeat.stop',
    says: '"repeat": null stops a series: the task keeps its due date, and completing it completes it.',
    mend: 'Clear the rule only.',
    async check(probe) {
      const task = await leadsTo(probe, monthEnd, ['2097-02-28']);
      const response = await probe.call('PATCH', `/${task.id}`, { repeat: null });
      const stopped = taskIn(probe.style, response);
      demandSame(response, 'repeat and due_date', [stopped.repeat, stopped.due_date], [null, '2097-02-28']);
      demandSame(undefined, 'completed', (await complete(probe, stopped)).completed, true);
    },
  },
  {
    id: 'repeat.moved',
    says: 'A new due_date moves this occurrence, and the next one is that of the series; with "scope": "series" it moves the series.',
    mend: 'Keep the start of the series unless `scope` says otherwise.',
    async check(probe) {
      for (const [scope, next] of [
        [{}, '2097-03-08'],
        [{ scope: 'occurrence' }, '2097-03-08'],
        [{ scope: 'series' }, '2097-03-10'],
      ] as const) {
        const task = await probe.add({ due_date: '2097-03-01', repeat: 'weekly' });
        await probe.call('PATCH', `/${task.id}`, { due_date: '2097-03-03', ...scope });
        const { due_date } = await complete(probe, task);
        demandSame(undefined, `the due date after a move with ${JSON.stringify(scope)}`, due_date, next);
      }
    },
  },
  {
    id: 'repeat.from-completion',
    says: 'With "from": "completion" the next due date is counted from the day of completion.',
    mend: 'Start the series anew on that day.',
    async check(probe) {
      const repeat = { rule: 'FREQ=DAILY;INTERVAL=10', from: 'completion' };
      const task = await complete(probe, await probe.add({ due_date: '2024-01-01', repeat }));
      const days = daysBetween(task.updated_at.slice(0, 10), String(task.due_date));
      demand(undefined, days >= 9 && days <= 11, 'a due date in ten days', `due_date ${task.due_date}`);
    },
  },
];
