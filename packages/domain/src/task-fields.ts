import type { Fault } from './fault.ts';
import { type Metadata, mergedMetadata, metadataFault } from './metadata.ts';
import type { Calendar } from './planning/calendar.ts';
import { dueDateFault, normalisedDueDate } from './planning/due-dates/due-date.ts';
import { priorities } from './planning/priority.ts';
import { normalisedRepeat, type Repeat, type RepeatInput, repeatFault } from './planning/recurrence/recurrence.ts';
import { normalisedReminders, type Reminder, remindersFault } from './planning/reminders/reminders.ts';
import { normalisedTags, tagsFault } from './planning/tags.ts';
import { textFault } from './text.ts';
import { isSameValue } from './values.ts';

interface Rules {
  /** Whether the field may be `null`. */
  readonly nullable?: boolean;
  /** The value for a new task that leaves the field out. A field without a default is required. */
  readonly default?: unknown;
  /** Whether people cannot set the field themselves. */
  readonly readOnly?: boolean;
}

/** A text field: well-formed Unicode without NUL. */
export interface TextField extends Rules {
  readonly kind: 'text';
  /** Bounds of the length, in Unicode code points. */
  readonly min: number;
  readonly max: number;
  /** Whether white space at both ends is removed; otherwise the text is kept verbatim. */
  readonly trimmed?: boolean;
  /** Whether searches cover the field. */
  readonly searched?: boolean;
}

/** A boolean field. */
export interface FlagField extends Rules {
  readonly kind: 'flag';
}

/** A field that holds one of several words. */
export interface ChoiceField extends Rules {
  readonly kind: 'choice';
  readonly values: readonly string[];
}

/** A field whose kind says all of its rules: see `planning/`. `key` is a text that only Taskward makes. */
export interface PlanningField extends Rules {
  readonly kind: 'tags' | 'date' | 'repeat' | 'reminders' | 'key' | 'metadata';
}

/** A field of a task's content, of any kind. */
export type Field = TextField | FlagField | ChoiceField | PlanningField;

/** The content fields of a task. Types, checks, columns, schemas and command-line options derive from this table. */
export const taskFields = {
  title: { kind: 'text', min: 1, max: 200, trimmed: true, searched: true },
  description: { kind: 'text', min: 0, max: 1000, searched: true, nullable: true, default: null },
  completed: { kind: 'flag', default: false },
  priority: { kind: 'choice', values: priorities, nullable: true, default: null },
  tags: { kind: 'tags', default: [] },
  due_date: { kind: 'date', nullable: true, default: null },
  repeat: { kind: 'repeat', nullable: true, default: null },
  reminders: { kind: 'reminders', default: [] },
  position: { kind: 'key', nullable: true, default: null, readOnly: true },
  metadata: { kind: 'metadata', default: {} },
} as const satisfies Record<string, Field>;

type Table = typeof taskFields;

/** The name of a content field. */
export type FieldName = keyof Table;

interface Values {
  readonly text: string;
  readonly flag: boolean;
  readonly tags: readonly string[];
  readonly date: string;
  readonly repeat: Repeat;
  readonly reminders: readonly Reminder[];
  readonly key: string;
  readonly metadata: Metadata;
}
interface Inputs extends Omit<Values, 'repeat'> {
  readonly repeat: RepeatInput;
}
type ValueOf<F extends Field, V extends Values | Inputs> =
  | (F extends ChoiceField ? F['values'][number] : V[F['kind'] & keyof V])
  | (F extends { readonly nullable: true } ? null : never);

/** The content of a stored task: every field has a value. */
export type TaskFields = { readonly [F in FieldName]: ValueOf<Table[F], Values> };

/** The name of a field that people can set. */
export type WritableField = { [F in FieldName]: Table[F] extends { readonly readOnly: true } ? never : F }[FieldName];

/** The name of a field that a new task requires. */
export type RequiredField = { [F in FieldName]: Table[F] extends { readonly default: unknown } ? never : F }[FieldName];

type Written = { readonly [F in WritableField]: ValueOf<Table[F], Inputs> };

/** The content of a new task. A missing field gets its default. */
export type TaskContent = Pick<Written, RequiredField> & Partial<Omit<Written, RequiredField>>;

/** The fields to change. A missing field keeps its value. */
export type TaskChanges = Partial<Written>;

/** The values of some fields, as they are stored. */
export type StoredValues = Partial<TaskFields>;

/** The names of all content fields, in display order. */
export const fieldNames = Object.keys(taskFields) as FieldName[];

/** Returns the definition of a field. */
export const fieldOf = (name: FieldName): Field => taskFields[name];

/** The names of the fields that people can set, in display order. */
export const writableFields = fieldNames.filter((name) => !fieldOf(name).readOnly) as WritableField[];

type FieldsOf<K extends Field['kind']> = { [F in FieldName]: Table[F]['kind'] extends K ? F : never }[FieldName];

/** The name of a text field. */
export type TextFieldName = FieldsOf<'text'>;

/** Returns whether the name is that of a text field. */
export const isTextField = (name: string): name is TextFieldName =>
  Object.hasOwn(taskFields, name) && fieldOf(name as FieldName).kind === 'text';

/** The names of the fields that searches cover. */
export const searchedFields = fieldNames.filter(isTextField).filter((name) => (taskFields[name] as TextField).searched);

/** Returns a text as it is stored: trimmed where the field requires it. */
export const normalisedText = (name: TextFieldName, text: string): string =>
  (taskFields[name] as TextField).trimmed ? text.trim() : text;

/** Returns what is wrong with the text of a field, or `undefined`. The message continues the field's name. */
export const textFieldFault = (name: TextFieldName, text: string): string | undefined =>
  textFault(normalisedText(name, text), taskFields[name]);

type Check = (name: FieldName, value: never, calendar: Calendar) => string | undefined;

const checks: Record<Field['kind'], Check> = {
  text: (name, text: string) => textFieldFault(name as TextFieldName, text),
  flag: () => undefined,
  choice: (name, word: string) => {
    const { values } = fieldOf(name) as ChoiceField;
    return values.includes(word) ? undefined : `must be one of ${values.map((value) => `\`${value}\``).join(', ')}`;
  },
  tags: (_name, tags: readonly string[]) => tagsFault(tags),
  date: (_name, text: string, calendar) => dueDateFault(text, calendar),
  repeat: (_name, repeat: RepeatInput, calendar) => repeatFault(repeat, calendar),
  reminders: (_name, reminders: readonly Reminder[], calendar) => remindersFault(reminders, calendar),
  key: () => 'is read only: leave it out',
  metadata: (_name, metadata: Metadata) => metadataFault(metadata),
};

/** Returns every fault in the given fields. */
export const contentFaults = (changes: TaskChanges, calendar: Calendar): Fault[] =>
  writableFields.flatMap((field) => {
    const value = changes[field];
    if (value === undefined || value === null) return [];
    const message = checks[fieldOf(field).kind](field, value as never, calendar);
    return message === undefined ? [] : { field, message };
  });

type Before = Pick<TaskFields, 'due_date' | 'metadata'>;
type Normaliser = (name: FieldName, value: never, calendar: Calendar, before: Before) => unknown;

const asIs: Normaliser = (_name, value) => value;
const normalisers: Record<Field['kind'], Normaliser> = {
  text: (name, text: string) => normalisedText(name as TextFieldName, text),
  flag: asIs,
  choice: asIs,
  tags: (_name, tags: readonly string[]) => normalisedTags(tags),
  date: (_name, text: string, calendar) => normalisedDueDate(text, calendar),
  // Without a due date the content is not valid; the check of the whole says so.
  repeat: (_name, repeat: RepeatInput, calendar, { due_date }) =>
    due_date === null ? null : normalisedRepeat(repeat, due_date, calendar),
  reminders: (_name, reminders: readonly Reminder[], calendar) => normalisedReminders(reminders, calendar),
  key: asIs,
  metadata: (_name, changes: Metadata, _calendar, { metadata }) => mergedMetadata(metadata, changes),
};

/**
 * Returns changes as they are stored. They must have no faults.
 * @param before the task before the changes
 */
export const normalised = (changes: TaskChanges, before: Before, calendar: Calendar): StoredValues => {
  let due_date = before.due_date;
  return Object.fromEntries(
    writableFields.flatMap((name) => {
      const value = changes[name];
      if (value === undefined) return [];
      const known = { due_date, metadata: before.metadata };
      const stored = value === null ? null : normalisers[fieldOf(name).kind](name, value as never, calendar, known);
      if (name === 'due_date') due_date = stored as string | null;
      return [[name, stored]];
    }),
  );
};

/** Returns a whole content, with defaults for what is missing. */
export const withDefaults = (values: StoredValues): TaskFields =>
  Object.fromEntries(
    fieldNames.map((name) => [name, values[name] === undefined ? fieldOf(name).default : values[name]]),
  ) as unknown as TaskFields;

/** Returns the values that differ from those of the task, or `undefined` if none does. */
export const effectiveChanges = (before: TaskFields, values: StoredValues): StoredValues | undefined => {
  const changed = fieldNames.flatMap((name) => {
    const value = values[name];
    return value === undefined || isSameValue(value, before[name]) ? [] : [[name, value] as const];
  });
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
};
