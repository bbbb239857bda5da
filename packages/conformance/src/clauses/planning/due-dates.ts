import { type Task, taskIn } from '../../api-styles.ts';
import type { Clause, Probe } from '../../clause.ts';
import { demandSame, demandStatus, expectError, expectErrorWithin } from '../../unmet.ts';

const setDue = async ({ call, style }: Probe, id: number, due_date: string): Promise<Task> =>
  taskIn(style, await call('PATCH', `/${id}`, { due_date }));

const keeps = async (probe: Probe, dates: readonly (readonly [sent: string, stored: string])[]): Promise<void> => {
  const { id } = await probe.add();
  for (const [sent, stored] of dates) {
    demandSame(undefined, `the due date sent as ${sent}`, (await setDue(probe, id, sent)).due_date, stored);
    demandSame(undefined, 'the due date when it is read', (await probe.read(id)).due_date, stored);
  }
};

const means = async (probe: Probe, moments: readonly (readonly [due: string, at: string])[]): Promise<void> => {
  const { id } = await probe.add();
  for (const [due, at] of moments) {
    const { due_at } = await setDue(probe, id, due);
    demandSame(undefined, `due_at of ${due}`, new Date(due_at ?? '').toJSON(), new Date(at).toJSON());
  }
};

/** When a task is due, and what that means in the user’s zone. */
export const dueDates: Clause[] = [
  {
    id: 'due.forms',
    says: 'A due date is a day, a time wherever the user is, an instant, or a time in a zone, and comes back in the form in which it was sent.',
    mend: 'Store the text: a day that becomes an instant is another day elsewhere.',
    async check(probe) {
      const dates = ['2096-02-29', '2096-12-01T09:00', '2096-12-01T09:00:00Z', '2096-12-01T09:00[Europe/Berlin]'];
      await keeps(
        probe,
        dates.map((date) => [date, date]),
      );
    },
  },
  {
    id: 'due.one-spelling',
    says: 'An instant is returned in UTC, seconds of zero only with an instant, and a zone by its name without the offset.',
    mend: 'Write `2096-12-01T09:00:00Z`, `2096-12-01T09:00` and `2096-12-01T09:00[Europe/Berlin]`.',
    async check(probe) {
      await keeps(probe, [
        ['2096-12-01T09:00:00+02:00', '2096-12-01T07:00:00Z'],
        ['2096-12-31T23:30-05:30', '2097-01-01T05:00:00Z'],
        ['2096-12-01T09:00Z', '2096-12-01T09:00:00Z'],
        ['2096-12-01T09:00:00', '2096-12-01T09:00'],
        ['2026-12-01T09:00:30+01:00[Europe/Berlin]', '2026-12-01T09:00:30[Europe/Berlin]'],
      ]);
    },
  },
  {
    id: 'due.bad',
    says: 'What is no date is refused with 422 that names due_date: days that do not exist, 24:00, unknown zones, other forms.',
    mend: 'Check the calendar, and guess nothing: `tomorrow` and 2 March for 30 February are not what was meant.',
    async check({ call }) {
      for (const due_date of [
        '2097-02-29',
        '2096-02-30',
        '2096-13-01',
        '0000-01-01',
        '2096-12-01T24:00',
        '2096-12-01T09:60',
        '2096-12-01T23:59:60Z',
        '2096-12-01T09:00[Europe/Atlantis]',
        '2096-12-01[Europe/Berlin]',
        '2096-12',
        '01.12.2096',
        'tomorrow',
        '',
        20961201,
      ]) {
        expectError(await call('POST', '', { title: 'x', due_date }), 422, 'due_date');
      }
    },
  },
  {
    id: 'due.offset-of-zone',
    says: 'An offset that contradicts its zone is refused with 422.',
    mend: 'Compare the offset with that of the zone at that time (RFC 9557); take neither over the other.',
    async check({ call }) {
      const due_date = '2026-12-01T09:00+02:00[Europe/Berlin]';
      expectError(await call('POST', '', { title: 'x', due_date }), 422, 'due_date');
    },
  },
  {
    id: 'due.at',
    says: 'due_at is the instant that due_date means for a user who has set no zone: of a day its last millisecond in UTC.',
    mend: 'Compute `due_at` in the user’s zone, UTC by default, and send it beside `due_date`.',
    needs: ['fresh'],
    async check(probe) {
      await means(probe, [
        ['2026-12-01', '2026-12-01T23:59:59.999Z'],
        ['2026-12-01T09:00', '2026-12-01T09:00:00Z'],
        ['2026-12-01T09:00:00Z', '2026-12-01T09:00:00Z'],
        ['2026-12-01T09:00[Europe/Berlin]', '2026-12-01T08:00:00Z'],
      ]);
    },
  },
  {
    id: 'due.at-of-clock-changes',
    says: 'A time that clocks skip means as much later; a time that they show twice means the first of both.',
    mend: 'Resolve times in zones as RFC 5545 and `Temporal` do by default (`compatible`).',
    async check(probe) {
      await means(probe, [
        ['2027-03-28T02:30[Europe/Berlin]', '2027-03-28T01:30:00Z'],
        ['2026-10-25T02:30[Europe/Berlin]', '2026-10-25T00:30:00Z'],
      ]);
    },
  },
  {
    id: 'due.at-of-settings',
    says: 'A change of the zone, or of when days start, changes due_at of all days and times without a zone, and of no others; due_date stays.',
    mend: 'Compute `due_at` anew in the step that changes the settings.',
    needs: ['fresh'],
    async check(probe) {
      const dates = ['2026-12-01', '2026-12-01T09:00', '2026-12-01T09:00:00Z', '2026-12-01T09:00[Europe/Berlin]'];
      const ids: number[] = [];
      for (const due_date of dates) ids.push((await probe.add({ due_date })).id);
      const expectAt = async (wanted: readonly string[]) => {
        for (const [index, id] of ids.entries()) {
          const { due_at, due_date } = await probe.read(id);
          demandSame(undefined, 'due_date', due_date, dates[index]);
          const at = new Date(due_at ?? '').toJSON();
          demandSame(undefined, `due_at of ${due_date}`, at, new Date(wanted[index] as string).toJSON());
        }
      };
      demandStatus(await probe.call('PATCH', '/settings', { time_zone: 'America/New_York' }), 200);
      const others = ['2026-12-01T09:00:00Z', '2026-12-01T08:00:00Z'];
      await expectAt(['2026-12-02T04:59:59.999Z', '2026-12-01T14:00:00Z', ...others]);
      demandStatus(await probe.call('PATCH', '/settings', { day_starts_at: '04:00' }), 200);
      await expectAt(['2026-12-02T08:59:59.999Z', '2026-12-01T14:00:00Z', ...others]);
    },
  },
  {
    id: 'due.reminders',
    says: 'A task has up to 10 reminders, each {"before": duration} or {"at": time}; others are refused with 422.',
    mend: 'Take ISO 8601 durations and times in the forms of a due date, except for a day; `before` needs a due date.',
    async check({ add, call }) {
      const reminders = [{ before: 'PT30M' }, { before: 'P1D' }, { at: '2096-12-01T09:00[Europe/Berlin]' }];
      const task = await add({ due_date: '2096-12-02', reminders });
      demandSame(undefined, 'the reminders', task.reminders, reminders);
      const refused: [object[], object?][] = [
        [[{ before: 'PT30M' }], {}],
        [Array.from({ length: 11 }, (_, index) => ({ before: `PT${index + 1}M` }))],
        [[{ before: '30 minutes' }]],
        [[{ at: '2096-12-01' }]],
        [[{ before: 'PT30M', at: '2096-12-01T09:00' }]],
        [[{}]],
      ];
      for (const [sent, due = { due_date: '2096-12-02' }] of refused) {
        expectErrorWithin(await call('POST', '', { title: 'x', ...due, reminders: sent }), 'reminders');
      }
    },
  },
];
