import t from 'tap';
import { aUser } from '../support/builders.ts';
import { calendarSteps } from './calendar-steps.ts';

const { giving, all, exported, importing } = await calendarSteps(t);

const aCalendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const toDo = (...lines: string[]): string[] => ['BEGIN:VTODO', ...lines, 'END:VTODO'];

t.test('to-dos of other programs are read', async (t) => {
  const owner = aUser();
  const text = aCalendar(
    ...['BEGIN:VTIMEZONE', 'TZID:W. Europe Standard Time', 'BEGIN:STANDARD', 'DTSTART:16010101T030000'],
    ...['TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10', 'END:STANDARD'],
    ...['BEGIN:DAYLIGHT', 'DTSTART:16010101T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200'],
    ...['RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3', 'END:DAYLIGHT', 'END:VTIMEZONE'],
    ...['BEGIN:VEVENT', 'UID:e', 'SUMMARY:no task', 'END:VEVENT'],
    ...toDo('UID:1', 'SUMMARY:Windows', 'DUE;TZID=W. Europe Standard Time:20260701T090000', 'PRIORITY:2'),
    ...toDo('UID:2', 'SUMMARY:Evolution', 'DUE;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20260701T090000'),
    ...toDo('UID:3', 'SUMMARY:Month', 'DTSTART;VALUE=DATE:20260131', 'RRULE:FREQ=MONTHLY;WKST=MO', 'PRIORITY:7'),
    ...toDo('UID:4', 'SUMMARY:Length', 'DTSTART:20260131T090000Z', 'DURATION:PT90M', 'PRIORITY:0'),
    ...toDo(
      'UID:5',
      'SUMMARY:Gone',
      'STATUS:CANCELLED',
      'COMPLETED:20260102T030405Z',
      'LOCATION:Here',
      'URL:https://x.example',
    ),
    ...toDo('UID:5', 'RECURRENCE-ID:20260101', 'SUMMARY:One of them'),
    ...toDo(
      ...['UID:6', 'SUMMARY:Alarms \\, and', ' more', 'DUE;VALUE=DATE:20260701', 'CATEGORIES:a,b', 'CATEGORIES:c\\,d'],
      ...['BEGIN:VALARM', 'ACTION:NONE', 'TRIGGER;VALUE=DATE-TIME:19760401T005545Z', 'END:VALARM'],
      ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER;RELATED=END:-PT15H', 'END:VALARM'],
      ...['BEGIN:VALARM', 'ACTION:AUDIO', 'TRIGGER:PT10H', 'END:VALARM'],
      ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER;VALUE=DATE-TIME:20260630T200000Z', 'END:VALARM'],
    ),
    ...toDo(
      'UID:7',
      'SUMMARY:Start',
      'DTSTART:20260701T080000',
      'DUE:20260701T100000',
      'BEGIN:VALARM',
      'TRIGGER:-PT5M',
      'END:VALARM',
    ),
  );
  const { code, err } = await importing(owner, text);
  t.strictSame(
    [code, err],
    [0, ['Imported 7 tasks; 2 rows are no task.', 'Left out, as a task has no place for it: LOCATION, URL.']],
  );
  t.match(await all(owner), [
    { title: 'Windows', due_date: '2026-07-01T07:00:00Z', priority: 'high' },
    { title: 'Evolution', due_date: '2026-07-01T09:00[Europe/Berlin]', priority: null },
    {
      ...{ title: 'Month', due_date: '2026-01-31', priority: 'low' },
      repeat: { rule: 'FREQ=MONTHLY', from: 'due', short_months: 'skip', start: '2026-01-31' },
    },
    { title: 'Length', due_date: '2026-01-31T10:30:00Z', priority: null },
    { title: 'Gone', completed: true, completedAt: '2026-01-02T03:04:05.000Z' },
    {
      ...{ title: 'Alarms , andmore', due_date: '2026-07-01', tags: ['a', 'b', 'c,d'] },
      reminders: [{ before: 'PT24H' }, { at: '2026-07-01T10:00' }, { at: '2026-06-30T20:00:00Z' }],
    },
    { title: 'Start', due_date: '2026-07-01T10:00', reminders: [{ at: '2026-07-01T07:55' }] },
  ]);
});

t.test('a change that another program made counts more than what Taskward wrote', async (t) => {
  const owner = aUser();
  await giving(owner, [
    {
      title: 'x',
      due_date: '2026-12-01',
      repeat: { rule: 'FREQ=DAILY', from: 'completion', start: '2026-11-01' },
      reminders: [{ before: 'P1D' }, { at: '2026-11-30T09:00[Europe/Berlin]' }],
    },
    { title: 'y', due_date: '2026-12-01T09:00:00.500' },
  ]);
  const changed = (await exported(owner))
    .replace('TRIGGER;RELATED=END:-PT54000S', 'TRIGGER;RELATED=END:-PT3600S')
    .replace('TRIGGER;VALUE=DATE-TIME:20261130T080000Z', 'TRIGGER;VALUE=DATE-TIME:20261130T083000Z')
    .replace('DUE:20261201T090000', 'DUE:20261202T090000')
    .replace('RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY');
  const copy = aUser();
  t.equal((await importing(copy, changed)).code, 0);
  t.match(await all(copy), [
    {
      due_date: '2026-12-01',
      repeat: { rule: 'FREQ=WEEKLY', from: 'completion', short_months: 'last', start: '2026-11-01' },
      reminders: [{ before: 'PT10H' }, { at: '2026-11-30T08:30:00Z' }],
    },
    { due_date: '2026-12-02T09:00' },
  ]);
});

t.test('to-dos that cannot be read are told by their lines, and the others imported', async (t) => {
  const owner = aUser();
  const text = aCalendar(
    ...toDo('UID:1', 'SUMMARY:One'),
    ...toDo('UID:2', 'SUMMARY:'),
    ...toDo('UID:3', 'SUMMARY:x', 'DUE;TZID=Middle Earth:20260701T090000'),
    ...toDo('UID:4', 'nothing'),
    ...['BEGIN:VTODO', 'UID:5', 'SUMMARY:lost'],
    ...toDo('UID:6', 'SUMMARY:x', 'RRULE:FREQ=HOURLY', 'DUE:20260701T090000'),
    ...toDo('UID:7', 'SUMMARY:Two'),
    ...['BEGIN:VTODO', 'UID:8'],
  );
  const { code, err } = await importing(owner, text);
  t.equal(code, 65);
  t.match(err, [
    /^line 7: title must not be empty$/,
    /^line 11: due_date must have a time zone that is known or defined, not Middle Earth$/,
    /^line 16: task is not a to-do of iCalendar: invalid line/,
    /^line 20: task has no END:VTODO$/,
    /^line 23: repeat must have FREQ=DAILY/,
    /^line 33: task has no END:VTODO$/,
    /^Imported 2 tasks; 6 rows were refused\.$/,
  ]);
  t.strictSame(
    (await all(owner)).map(({ title }) => title),
    ['One', 'Two'],
  );
  t.match(await importing(aUser(), 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'), {
    code: 65,
    err: [/^line 1: file must be an iCalendar file with to-dos \(VTODO\)$/],
  });
});
