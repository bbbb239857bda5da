import t from 'tap';
import type { Reader } from '../../apps/web/src/ui/format/days.ts';
import { dueText, parseDue, plainDueText } from '../../apps/web/src/ui/format/due-text.ts';
import { fieldText } from '../../apps/web/src/ui/format/field-text.ts';
import { reminderText } from '../../apps/web/src/ui/format/reminder-text.ts';
import { repeatText } from '../../apps/web/src/ui/format/repeat-text.ts';

const reader = (locale = 'en-GB', day_starts_at = '00:00'): Reader => ({
  locale,
  settings: { time_zone: 'Europe/Berlin', day_starts_at, week_starts_on: 'monday' },
});
// A Saturday, at 15:30 in Berlin.
const now = Date.parse('2026-11-28T14:30:00Z');

const due = (due_date: string, { due_at = null as string | null, completed = false, ...rest } = {}, who = reader()) =>
  dueText({ due_date, due_at, completed, ...rest }, now, who);

t.test('A due date is written relative to the user’s day', async (t) => {
  const cases: [string, string][] = [
    ['2026-11-20', '20 Nov'],
    ['2026-11-22', '6 days ago'],
    ['2026-11-27', 'yesterday'],
    ['2026-11-28', 'today'],
    ['2026-11-29', 'tomorrow'],
    ['2026-12-04', 'Friday'],
    ['2026-12-05', '5 Dec'],
    ['2027-01-01', '1 Jan 2027'],
    ['2026-11-29T09:00', 'tomorrow, 9:00'],
    ['2026-11-29T08:00:00Z', 'tomorrow, 9:00'],
    ['2026-11-28T20:00[America/New_York]', 'tomorrow, 2:00'],
  ];
  for (const [text, words] of cases) t.equal(due(text)?.text, words, text);
});

t.test('It is written in the reader’s locale', async (t) => {
  t.equal(due('2026-11-29T18:30', {}, reader('de'))?.text, 'morgen, 18:30');
  t.match(due('2026-11-29T18:30', {}, reader('en-US'))?.text, /^tomorrow, 6:30\sPM$/);
});

t.test('Whether it is overdue follows the instant, and a done task never is', async (t) => {
  t.equal(due('2026-11-28')?.state, 'today');
  t.equal(due('2026-11-28T15:29')?.state, 'overdue');
  t.equal(due('2026-11-28T15:31')?.state, 'today');
  t.equal(due('2026-11-27')?.state, 'overdue');
  t.equal(due('2026-11-27', { completed: true })?.state, 'later');
  t.equal(due('2026-11-29')?.state, 'later');
  t.equal(due('2026-12-01', { due_at: '2026-11-28T14:00:00.000Z' })?.state, 'overdue', 'the server’s instant counts');
});

t.test('A day that starts at four in the morning has the hours before it', async (t) => {
  const late = reader('en-GB', '04:00');
  const night = Date.parse('2026-11-29T01:00:00Z');
  const text = (due_date: string) => dueText({ due_date, due_at: null, completed: false }, night, late)?.text;
  t.equal(text('2026-11-28'), 'today');
  t.equal(text('2026-11-29T03:00'), 'today, 3:00');
  t.equal(text('2026-11-29T04:00'), 'tomorrow, 4:00');
});

t.test('A due date is read in any of its forms', async (t) => {
  t.strictSame(parseDue('2026-12-01', reader()), { day: '2026-12-01', time: undefined, zone: undefined });
  t.strictSame(parseDue('2026-12-01T09:00', reader()), { day: '2026-12-01', time: '09:00', zone: undefined });
  t.strictSame(parseDue('2026-12-01T09:00[Asia/Tokyo]', reader()), {
    day: '2026-12-01',
    time: '09:00',
    zone: 'Asia/Tokyo',
  });
  t.strictSame(parseDue('2026-12-01T23:30:00Z', reader()), { day: '2026-12-02', time: '00:30', zone: 'Europe/Berlin' });
  t.equal(parseDue('soon', reader()), undefined);
  t.equal(plainDueText('soon', reader()), 'soon');
});

t.test('How a task recurs is written in words, where there are any', async (t) => {
  const cases: [Parameters<typeof repeatText>[0], string][] = [
    [null, ''],
    ['daily', 'every day'],
    ['weekdays', 'every weekday'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', 'every 2 weeks on Mon, Thu'],
    ['FREQ=MONTHLY;BYMONTHDAY=31', 'every month on day 31'],
    ['FREQ=DAILY;COUNT=3', 'every day, 3 times'],
    ['FREQ=DAILY;UNTIL=20270101T000000Z', 'every day, until 2027-01-01'],
    ['FREQ=YEARLY;BYMONTH=2', 'FREQ=YEARLY;BYMONTH=2'],
    [
      { rule: 'FREQ=WEEKLY', from: 'completion', short_months: 'last', start: '2026-11-01' },
      'every week, counted from completion',
    ],
  ];
  for (const [repeat, words] of cases) t.equal(repeatText(repeat, 'en-GB'), words);
});

t.test('Reminders and other fields are written in words', async (t) => {
  t.equal(reminderText({ before: 'PT0S' }, reader()), 'when it is due');
  t.equal(reminderText({ before: 'P1DT1H30M' }, reader()), '1 day 1 hour 30 minutes before');
  t.match(reminderText({ at: '2026-12-01T09:00' }, reader()), /1 December 2026, 9:00/);
  t.equal(fieldText('description', null, reader()), 'none');
  t.equal(fieldText('tags', [], reader()), 'none');
  t.equal(fieldText('tags', ['a', 'b'], reader()), '#a #b');
  t.equal(fieldText('completed', true, reader()), 'yes');
  t.equal(fieldText('deleted', false, reader()), 'kept, with its changes');
  t.equal(fieldText('priority', 'high', reader()), 'high');
});
