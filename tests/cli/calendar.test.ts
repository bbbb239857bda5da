import { dueInstant, parseDueDate, type Reminder, type Task, type UserId } from '@taskward/domain';
import fc from 'fast-check';
import ICAL from 'ical.js';
import t from 'tap';
import { aUser } from '../support/builders.ts';
import { aContent, contentOf } from '../support/contents.ts';
import { aPlanning, calendar } from '../support/planning.ts';
import { calendarSteps } from './calendar-steps.ts';

const { giving, all, exported, importing } = await calendarSteps(t);

// What the texts of iCalendar cannot hold is left out of it.
const withoutControls = (text: string): string => text.replace(/\r\n|\r/g, '\n').replace(/[^\P{Cc}\t\n]/gu, '');

const texts = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(',', ';', '\\', '\n', '"', ':', ' ', 'n', 'é', '👍', '\t'), maxLength: 80 }),
  )
  .map((text) => withoutControls(text).replace(/[\u2028\u2029\ufeff]/g, ''));

// A to-do has a fixed set of properties: positions and metadata are not among them.
const contents = (count: number) =>
  fc.sample(
    aContent(() => texts).map(({ position: _position, metadata: _metadata, ...content }) => content),
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

t.test('metadata is not in a calendar', async (t) => {
  const owner = aUser();
  await giving(owner, [{ title: 'Sow', metadata: { project: 'garden' } }]);
  const text = await exported(owner);
  t.notMatch(text, /metadata|garden/i);
  const copy = aUser();
  await importing(copy, text);
  t.match(await all(copy), [{ title: 'Sow', metadata: {} }]);
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
