import { isDeepStrictEqual } from 'node:util';
import {
  type ChoiceField,
  type Field,
  type FieldName,
  fieldNames,
  fieldOf,
  type Json,
  type Metadata,
  maxReminders,
  mergedMetadata,
  normalisedTags,
  type Reminder,
  type TaskFields,
  type TextField,
  tagKey,
  tagLimits,
} from '@taskward/domain';
import fc from 'fast-check';

type Texts = (maxLength: number) => fc.Arbitrary<string>;

// Texts as they are stored: PostgreSQL has no NUL, and what is trimmed has no white space at its ends.
const isStored = (text: string, { trimmed = false }: Pick<TextField, 'trimmed'>) =>
  !text.includes('\0') && (!trimmed || text.trim() === text);

const hasLength = (text: string, { min, max }: { readonly min: number; readonly max: number }): boolean =>
  [...text].length >= min && [...text].length <= max;

const aTag = (text: Texts): fc.Arbitrary<string> =>
  text(tagLimits.length.max)
    .map((one) => normalisedTags([one])[0] ?? '')
    .filter((one) => isStored(one, { trimmed: true }) && hasLength(one, tagLimits.length));

/** A day as it is stored, far from the ends of the calendar: a series has somewhere to go on. */
const aDay = fc
  .date({ min: new Date('1980-01-01T00:00:00Z'), max: new Date('2090-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const aTime = fc.constantFrom('00:00', '02:30', '09:00', '23:59', '17:45:30', '00:00:00.001', '23:59:59.999');
const aLocalTime = fc.tuple(aDay, aTime).map((parts) => parts.join('T'));
const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Asia/Calcutta'];

/** A due date with a time, as it is stored: a wall-clock time, an instant or one in a zone. */
const aDueTime = fc.oneof(
  aLocalTime,
  aLocalTime.map((local) => `${local}${local.length === 16 ? ':00' : ''}Z`),
  fc.tuple(aLocalTime, fc.constantFrom(...zones)).map(([local, zone]) => `${local}[${zone}]`),
);

/** A due date of any form, as it is stored. */
export const aDueDate: fc.Arbitrary<string> = fc.oneof(aDay, aDueTime);

/** Rules as they are stored, each part in one of them, none of which ends before 2100. */
const rules = [
  'FREQ=DAILY',
  'FREQ=DAILY;INTERVAL=3;COUNT=9999',
  'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU',
  'FREQ=MONTHLY;BYMONTHDAY=31',
  'FREQ=MONTHLY;BYMONTHDAY=1,15,-1;UNTIL=21001231',
  'FREQ=MONTHLY;BYDAY=2TU,-1FR',
  'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
  'FREQ=YEARLY;BYMONTH=3,11;BYDAY=SU;UNTIL=21001231T235959Z',
];

const plain = { noNullPrototype: true };

const aRepeat = fc.record(
  {
    rule: fc.constantFrom(...rules),
    from: fc.constantFrom('due', 'completion'),
    short_months: fc.constantFrom('last', 'skip'),
    start: aDueDate,
  },
  plain,
);

const aReminder: fc.Arbitrary<Reminder> = fc.oneof(
  fc.record({ before: fc.constantFrom('PT0S', 'PT1S', 'PT30M', 'PT36H', 'P1D', 'P6DT1H15M', 'P366D') }, plain),
  fc.record({ at: aDueTime }, plain),
);

const aJsonText = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\u0000'));
const aScalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  aJsonText,
);

// As it is stored: JSON has no -0, and no member of an object is null.
const aMetadata = fc
  .dictionary(
    aJsonText,
    fc.oneof(aScalar, fc.array(aScalar, { maxLength: 3 }), fc.dictionary(aJsonText, aScalar, { ...plain, maxKeys: 3 })),
    { ...plain, maxKeys: 5 },
  )
  .map((metadata) => mergedMetadata({}, JSON.parse(JSON.stringify(metadata))));

const values = {
  text: (text, name) => {
    const field = fieldOf(name) as TextField;
    return text(field.max).filter((one) => hasLength(one, field) && isStored(one, field));
  },
  flag: () => fc.boolean(),
  choice: (_text, name) => fc.constantFrom(...(fieldOf(name) as ChoiceField).values),
  tags: (text) => fc.uniqueArray(aTag(text), { maxLength: tagLimits.count.max, selector: tagKey }),
  date: () => aDueDate,
  repeat: () => aRepeat,
  reminders: () => fc.uniqueArray(aReminder, { maxLength: maxReminders, selector: (one) => JSON.stringify(one) }),
  metadata: () => aMetadata,
  key: () => fc.constantFrom('A0Z', 'a0', 'h00000001', 'h00000001V', 'zz0'),
} satisfies { [K in Field['kind']]: (text: Texts, name: FieldName) => fc.Arbitrary<unknown> };

const anyText: Texts = (maxLength) => fc.string({ unit: 'binary', maxLength });

const aValueOf = (name: FieldName, text: Texts): fc.Arbitrary<unknown> => {
  const field = fieldOf(name);
  const value: fc.Arbitrary<unknown> = values[field.kind](text, name);
  return field.nullable ? fc.option(value) : value;
};

/** Something for each field, made by its name. */
export const eachField = <T>(make: (name: FieldName) => T): Record<FieldName, T> =>
  Object.fromEntries(fieldNames.map((name) => [name, make(name)])) as Record<FieldName, T>;

/** These fields of a task, or anything else that has them. */
export const contentOf = (task: TaskFields): TaskFields => eachField((name) => task[name]) as unknown as TaskFields;

// Without a due date nothing recurs, and nothing reminds before it.
const consistent = (content: TaskFields): TaskFields =>
  content.due_date === null
    ? { ...content, repeat: null, reminders: content.reminders.filter((reminder) => 'at' in reminder) }
    : content;

/** A value for each field, as it is stored. @param text texts of at most so many code points */
export const aContent = (text = anyText): fc.Arbitrary<TaskFields> => {
  const fields = fc.record(
    eachField((name) => aValueOf(name, text)),
    plain,
  );
  return (fields as unknown as fc.Arbitrary<TaskFields>).map(consistent);
};

/** Two contents that differ in every field. Both have a due date, so that each goes with the dates of the other. */
export const differingContents = (): readonly [TaskFields, TaskFields] => {
  const dated = aContent().filter(({ due_date }) => due_date !== null);
  const differ = ([one, other]: readonly [TaskFields, TaskFields]) =>
    fieldNames.every((name) => !isDeepStrictEqual(one[name], other[name]));
  return fc.sample(fc.tuple(dated, dated).filter(differ), 1)[0] as readonly [TaskFields, TaskFields];
};

const isObject = (value: unknown): value is Metadata =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The merge patch that makes one object of another. */
export const mergePatch = (before: Metadata, after: Metadata): Metadata => {
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  const given = Object.entries(after).flatMap(([name, value]): [string, Json][] => {
    const old = Object.hasOwn(before, name) ? before[name] : undefined;
    if (isDeepStrictEqual(old, value)) return [];
    return [[name, isObject(old) && isObject(value) ? mergePatch(old, value) : value]];
  });
  return Object.fromEntries([...gone.map((name): [string, Json] => [name, null]), ...given]);
};

/** The change that gives a task these values: metadata is merged, so what is to go has to be named. */
export const changeTo = <C extends { readonly metadata?: unknown }>(
  { metadata: before }: { readonly metadata?: unknown },
  content: C,
): C =>
  content.metadata === undefined
    ? content
    : { ...content, metadata: mergePatch((before ?? {}) as Metadata, content.metadata as Metadata) };
