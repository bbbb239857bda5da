import { parseQuickAdd } from '@taskward/web/quick-add/quick-add.ts';
import t from 'tap';

const settings = { time_zone: 'Europe/Berlin', day_starts_at: '00:00', week_starts_on: 'monday' } as const;
// A Saturday, at 15:30 in Berlin.
const now = Date.parse('2026-11-28T14:30:00Z');
const read = (text: string) => parseQuickAdd(text, now, settings);
const inputOf = (text: string) => read(text).input;

const all = {
  priorities: [
    ['a !urgent', { priority: 'urgent' }],
    ['!High a', { priority: 'high' }],
    ['a p1', { priority: 'urgent' }],
    ['a p3', { priority: 'medium' }],
    ['a P4', { priority: 'low' }],
    ['a !2', { priority: 'high' }],
    ['p1 a p2', { title: 'p1 a', priority: 'high' }],
    ['a p5', { title: 'a p5' }],
    ['a !now', { title: 'a !now' }],
    ['a high', { title: 'a high' }],
  ],
  tags: [
    ['a #home', { tags: ['home'] }],
    ['#Home a #garden, #home', { tags: ['Home', 'garden'] }],
    ['a #größe', { tags: ['größe'] }],
    ['a #12', { title: 'a #12' }],
    ['a #', { title: 'a #' }],
    ['a c#', { title: 'a c#' }],
  ],
  dates: [
    ['a today', { due_date: '2026-11-28' }],
    ['a Tomorrow', { due_date: '2026-11-29' }],
    ['a day after tomorrow', { due_date: '2026-11-30' }],
    ['a friday', { due_date: '2026-12-04' }],
    ['a by friday', { due_date: '2026-12-04' }],
    ['a due on sunday', { due_date: '2026-11-29' }],
    ['a saturday', { due_date: '2026-12-05' }],
    ['a on fri', { due_date: '2026-12-04' }],
    ['a fri', { title: 'a fri' }],
    ['a next monday', { due_date: '2026-11-30' }],
    ['a next friday', { due_date: '2026-12-04' }],
    ['a this fri', { due_date: '2026-12-04' }],
    ['a next week', { due_date: '2026-11-30' }],
    ['a next month', { due_date: '2026-12-01' }],
    ['a in 3 days', { due_date: '2026-12-01' }],
    ['a in a week', { due_date: '2026-12-05' }],
    ['a in 3 months', { due_date: '2027-02-28' }],
    ['a in 1 year', { due_date: '2027-11-28' }],
    ['a 2026-12-01', { due_date: '2026-12-01' }],
    ['a 2026-02-29', { title: 'a 2026-02-29' }],
    ['a 2026-12-01T09:00', { due_date: '2026-12-01T09:00' }],
    ['a dec 1', { due_date: '2026-12-01' }],
    ['a on the 1st of december', { due_date: '2026-12-01' }],
    ['a 27 November', { due_date: '2027-11-27' }],
    ['a november 28', { due_date: '2026-11-28' }],
    ['a 29 feb', { due_date: '2028-02-29' }],
    ['a 1 Dec 2028', { due_date: '2028-12-01' }],
    ['a 31 june', { title: 'a 31 june' }],
    ['a may', { title: 'a may' }],
    ['report of today tomorrow', { title: 'report of today', due_date: '2026-11-29' }],
    ['call Ann tomorrow about the house', { title: 'call Ann about the house', due_date: '2026-11-29' }],
    ['a tomorrow, b', { title: 'a b', due_date: '2026-11-29' }],
    ['the tomorrows', { title: 'the tomorrows' }],
  ],
  times: [
    ['a tomorrow at 9:00', { due_date: '2026-11-29T09:00' }],
    ['a tomorrow 9am', { due_date: '2026-11-29T09:00' }],
    ['a at 18:30 friday', { due_date: '2026-12-04T18:30' }],
    ['a 18:30', { due_date: '2026-11-28T18:30' }],
    ['a 15:30', { due_date: '2026-11-29T15:30' }],
    ['a 9am', { due_date: '2026-11-29T09:00' }],
    ['a 12am', { due_date: '2026-11-29T00:00' }],
    ['a 12:15 PM', { due_date: '2026-11-29T12:15' }],
    ['a at 9 pm', { due_date: '2026-11-28T21:00' }],
    ['a at 20', { due_date: '2026-11-28T20:00' }],
    ['a at noon', { due_date: '2026-11-29T12:00' }],
    ['a today at 9:00', { due_date: '2026-11-28T09:00' }],
    ['a in 2 hours', { due_date: '2026-11-28T17:30' }],
    ['a in 10 hours', { due_date: '2026-11-29T01:30' }],
    ['a in 30 min', { due_date: '2026-11-28T16:00' }],
    ['a at 25', { title: 'a at 25' }],
    ['a 13pm', { title: 'a 13pm' }],
    ['a 9', { title: 'a 9' }],
    ['a 24:00', { title: 'a 24:00' }],
    ['a 1:75', { title: 'a 1:75' }],
  ],
  repeats: [
    ['a every day', { repeat: 'daily', due_date: '2026-11-28' }],
    ['a every day at 9:00', { repeat: 'daily', due_date: '2026-11-28T09:00' }],
    ['a every week', { repeat: 'weekly', due_date: '2026-11-28' }],
    ['a every month 2026-12-15', { repeat: 'monthly', due_date: '2026-12-15' }],
    ['a every year', { repeat: 'yearly', due_date: '2026-11-28' }],
    ['a every weekday', { repeat: 'weekdays', due_date: '2026-11-30' }],
    ['a every 2 weeks', { repeat: 'FREQ=WEEKLY;INTERVAL=2', due_date: '2026-11-28' }],
    ['a every other day', { repeat: 'FREQ=DAILY;INTERVAL=2', due_date: '2026-11-28' }],
    ['a every monday', { repeat: 'FREQ=WEEKLY;BYDAY=MO', due_date: '2026-11-30' }],
    ['a every fri, mon and wed 9am', { repeat: 'FREQ=WEEKLY;BYDAY=MO,WE,FR', due_date: '2026-11-30T09:00' }],
    ['a every saturday', { repeat: 'FREQ=WEEKLY;BYDAY=SA', due_date: '2026-11-28' }],
    ['a every 1st', { repeat: 'FREQ=MONTHLY;BYMONTHDAY=1', due_date: '2026-12-01' }],
    ['a every 31st', { repeat: 'FREQ=MONTHLY;BYMONTHDAY=31', due_date: '2026-12-31' }],
    ['a daily', { repeat: 'daily', due_date: '2026-11-28' }],
    ['a weekdays 8:00', { repeat: 'weekdays', due_date: '2026-11-30T08:00' }],
    ['a annually #home', { repeat: 'yearly', due_date: '2026-11-28', tags: ['home'] }],
    ['weekly report friday', { title: 'weekly report', due_date: '2026-12-04' }],
    ['every 0 days a', { title: 'every 0 days a' }],
    ['for every one', { title: 'for every one' }],
  ],
  quotations: [
    ['read "tomorrow"', { title: 'read "tomorrow"' }],
    ['read "Every day p1 #a" today', { title: 'read "Every day p1 #a"', due_date: '2026-11-28' }],
    ['read “friday 9am”', { title: 'read “friday 9am”' }],
    ['5" pipe tomorrow', { title: '5" pipe', due_date: '2026-11-29' }],
    ['say "next friday', { title: 'say "next', due_date: '2026-12-04' }],
  ],
} as const;

for (const [name, cases] of Object.entries(all)) {
  t.test(name, async (t) => {
    for (const [text, expected] of cases) t.strictSame(inputOf(text), { title: 'a', ...expected }, text);
  });
}

t.test('all in one line, with what is understood', async (t) => {
  const text = '  Pay the  rent tomorrow at 9:00 !high #home every month';
  const { input, understood } = read(text);
  t.strictSame(input, {
    title: 'Pay the rent',
    priority: 'high',
    tags: ['home'],
    due_date: '2026-11-29T09:00',
    repeat: 'monthly',
  });
  t.strictSame(
    understood.map(({ kind, text }) => `${kind}: ${text}`),
    ['due: tomorrow', 'due: at 9:00', 'priority: !high', 'tag: #home', 'repeat: every month'],
  );
  for (const part of understood) t.equal(text.slice(part.start, part.end), part.text);
});

t.test('a line without a title', async (t) => {
  t.strictSame(read('  '), { input: undefined, understood: [] });
  t.strictSame(read(' Today '), { input: { title: 'Today' }, understood: [] });
});

t.test('the user’s zone and day', async (t) => {
  const late = Date.parse('2026-11-28T23:30:00Z');
  const at = (text: string, more: object) => parseQuickAdd(text, late, { ...settings, ...more }).input?.due_date;
  t.equal(at('a today', {}), '2026-11-29');
  t.equal(at('a today', { time_zone: 'America/New_York' }), '2026-11-28');
  t.equal(at('a today', { day_starts_at: '04:00' }), '2026-11-28', 'the day is not over at half past midnight');
  t.equal(at('a at 9:00', { day_starts_at: '04:00' }), '2026-11-29T09:00');
  t.equal(at('a in 1 hour', { day_starts_at: '04:00' }), '2026-11-29T01:30');
  t.equal(at('a next week', { week_starts_on: 'sunday', time_zone: 'UTC' }), '2026-11-29');
});
