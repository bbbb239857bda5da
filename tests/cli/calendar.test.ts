import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeImportStore, makeOwnerPorts } from '@taskward/adapters-postgres';
import {
  draftImported,
  dueInstant,
  operator,
  parseDueDate,
  type Reminder,
  type Task,
  type TaskContent,
  type UserId,
} from '@taskward/domain';
import fc from 'fast-check';
import ICAL from 'ical.js';
import t from 'tap';
import { anInstant, anOrigin, aQuery, aUser, sortedBy } from '../support/builders.ts';
import { aContent, contentOf } from '../support/contents.ts';
import { aPlanning, calendar } from '../support/planning.ts';
import { walk } from '../support/walk.ts';
import { aCommandLine, aSharedDatabase } from './command-line.ts';

const { database, url } = await aSharedDatabase(t);
const { tasks } = makeOwnerPorts({ database });
const imports = makeImportStore({ database });
const taskward = aCommandLine(t, url);

const folder = mkdtempSync(join(tmpdir(), 'taskward-calendar-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));

const now = anInstant('2026-11-20T09:30:00.000Z');
const giving = (owner: UserId, contents: readonly TaskContent[]) =>
  imports.transact(owner, [], anOrigin(), (unit) => {
    for (const content of contents) unit.add(draftImported(operator, owner, content, now, aPlanning()).draft);
    return { result: undefined, store: true, imported: new Map() };
  });
const all = async (owner: UserId) =>
  (await walk(tasks, owner, aQuery({ sort: sortedBy('created_at') }))).sort((a, b) => a.id - b.id);

const exported = async (owner: UserId): Promise<string> => {
  const { code, out, err } = await taskward(['export', '--format', 'ics', '--user', owner]);
  t.strictSame([code, err], [0, '']);
  return out;
};

const importing = async (owner: UserId, text: string) => {
  const file = join(folder, `${owner.replace('|', '-')}.ics`);
  writeFileSync(file, text);
  const { code, err } = await taskward(['import', file, '--user', owner]);
  return { code, err: err.trimEnd().split('\n') };
};

// What the texts of iCalendar cannot hold is left out of it.
const withoutControls = (text: string): string => text.replace(/\r\n|\r/g, '\n').replace(/[^\P{Cc}\t\n]/gu, '');

const texts = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(',', ';', '\\', '\n', '"', ':', ' ', 'n', 'é', '👍', '\t'), maxLength: 80 }),
  )
  .map((text) => withoutControls(text).replace(/[\u2028\u2029\ufeff]/g, ''));

const contents = (count: number) =>
  fc.sample(
    aContent(() => texts).map(({ position: _position, ...content }) => content),
    count,
  );

/** The instant of a time in a calendar, by the library and the time zones that the calendar defines. */
const instantIn = (property: ICAL.Property, zones: ReadonlyMap<string, ICAL.Timezone>): string => {
  const time = (property.getFirstValue() as ICAL.Time).clone();
  const zone = zones.get(property.getFirstParameter('tzid') ?? '');
  if (zone !== undefined) time.zone = zone;
  return new Date(time.toUnixTime() * 1000).toISOString();
};

const inSeconds = (instant: string): string => `${instant.slice(0, 19)}.000Z`;

const priorityNumbers = { urgent: 1, high: 3, medium: 5, low: 9 };

/** When an alarm of a to-do goes off, by the rules of RFC 5545. */
const alarmTimes = (toDo: ICAL.Component, zones: ReadonlyMap<string, ICAL.Timezone>): string[] =>
  toDo.getAllSubcomponents('valarm').map((alarm) => {
    const trigger = alarm.getFirstProperty('trigger') as ICAL.Property;
    const value = trigger.getFirstValue();
    if (value instanceof ICAL.Time) return instantIn(trigger, zones);
    const due = Date.parse(instantIn(toDo.getFirstProperty('due') as ICAL.Property, zones));
    return new Date(due + (value as ICAL.Duration).toSeconds() * 1000).toISOString();
  });

/** When a reminder is, if days have 24 hours as those of UTC do. */
const reminderTime = (reminder: Reminder, { due_date, dueAt }: Task): string => {
  if ('at' in reminder) return inSeconds(dueInstant(parseDueDate(reminder.at), aPlanning()));
  const due = parseDueDate(due_date as string);
  const from = due.kind === 'day' ? `${due.local}T09:00:00Z` : (dueAt as string);
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(reminder.before) ?? [];
  const before = 86_400 * Number(days) + 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds);
  return inSeconds(new Date(Date.parse(inSeconds(new Date(from).toISOString())) - before * 1000).toISOString());
};

t.test('what another program reads of an exported task is the task', { timeout: 240_000 }, async (t) => {
  const owner = aUser();
  await giving(owner, contents(400));
  const root = new ICAL.Component(ICAL.parse(await exported(owner)) as unknown[]);
  const zones = new Map(
    root.getAllSubcomponents('vtimezone').map((zone) => {
      const made = new ICAL.Timezone(zone);
      return [made.tzid, made] as const;
    }),
  );
  const toDos = root.getAllSubcomponents('vtodo');
  const stored = await all(owner);
  t.equal(toDos.length, stored.length);
  for (const [index, task] of stored.entries()) {
    const toDo = toDos[index] as ICAL.Component;
    const value = (name: string) => toDo.getFirstPropertyValue(name);
    t.equal(value('summary'), task.title);
    t.equal(value('description') ?? null, task.description);
    t.equal(value('priority') ?? null, task.priority && priorityNumbers[task.priority]);
    t.strictSame(
      toDo.getAllProperties('categories').flatMap((property) => property.getValues()),
      task.tags,
    );
    t.equal(value('status'), task.completed ? 'COMPLETED' : 'NEEDS-ACTION');
    const due = toDo.getFirstProperty('due');
    if (task.due_date === null) t.notOk(due);
    else if (task.due_date.length === 10) t.equal(due?.getFirstValue()?.toString(), task.due_date);
    else t.equal(instantIn(due as ICAL.Property, zones), inSeconds(task.dueAt as string), task.due_date);
    const rule = toDo.getFirstPropertyValue('rrule')?.toString().split(';').sort().join(';');
    t.equal(rule, task.repeat?.rule.split(';').sort().join(';'));
    const isZoned = task.due_date?.includes('[');
    if (!isZoned)
      t.strictSame(
        alarmTimes(toDo, zones),
        task.reminders.map((one) => reminderTime(one, task)),
      );
  }
});

t.test('what is exported to a calendar and imported again is the same', { timeout: 240_000 }, async (t) => {
  const owner = aUser();
  await giving(owner, contents(400));
  const text = await exported(owner);
  t.ok(
    text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75),
    'no line is too long',
  );
  const copy = aUser();
  t.strictSame(await importing(copy, text), { code: 0, err: ['Imported 400 tasks.'] });
  const fields = async (of: UserId) =>
    (await all(of)).map((task) => ({
      ...contentOf(task),
      createdAt: task.createdAt,
      completedAt: task.completedAt,
      dueAt: task.dueAt,
    }));
  t.strictSame(await fields(copy), await fields(owner));
  const again = { code: 0, err: ['Imported 0 tasks; 400 were imported before.'] };
  t.strictSame(await importing(copy, text), again, 'each to-do is imported once');
});

t.test('a calendar tells when the clocks of each zone change', async (t) => {
  const owner = aUser();
  const zones = ['Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Monrovia', 'Europe/Dublin', 'UTC'];
  await giving(
    owner,
    zones.map((zone) => ({ title: zone, due_date: `2026-12-01T09:00[${zone}]` })),
  );
  const root = new ICAL.Component(ICAL.parse(await exported(owner)) as unknown[]);
  const defined = root.getAllSubcomponents('vtimezone').map((zone) => new ICAL.Timezone(zone));
  t.strictSame(
    defined.map(({ tzid }) => tzid),
    zones,
  );
  const times = fc.sample(
    fc.date({ min: new Date('1975-01-01'), max: new Date('2045-01-01'), noInvalidDate: true }),
    60,
  );
  for (const zone of defined) {
    for (const time of times) {
      const local = `${time.toISOString().slice(0, 10)}T12:00`;
      const read = ICAL.Time.fromDateTimeString(`${local}:00`);
      read.zone = zone;
      const instant = calendar.toInstant(local, zone.tzid);
      t.equal(new Date(read.toUnixTime() * 1000).toISOString(), instant, `${local} in ${zone.tzid}`);
    }
  }
});

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
