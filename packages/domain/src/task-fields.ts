import type { Fault } from './fault.ts';
import { textFault } from './text.ts';

interface Rules {
  /** Whether a task may have no value in this field: `null`. */
  readonly nullable?: boolean;
  /** What a new task has that does not name the field. A field without a default has to be named. */
  readonly default?: unknown;
}

/** A field that holds a text, well-formed and without NUL. */
export interface TextField extends Rules {
  readonly kind: 'text';
  /** Bounds of its length, in Unicode code points. */
  readonly min: number;
  readonly max: number;
  /** Whether white space at both ends is taken off; else the text is kept verbatim. */
  readonly trimmed?: boolean;
  /** Whether a search of tasks looks in it. */
  readonly searched?: boolean;
}

/** A field that is either true or false. */
export interface FlagField extends Rules {
  readonly kind: 'flag';
}

/** A field of a task's content: every kind that there is. */
export type Field = TextField | FlagField;

/** What people write in a task, field by field. Types, checks, columns, schemas and options derive from this table. */
export const taskFields = {
  title: { kind: 'text', min: 1, max: 200, trimmed: true, searched: true },
  description: { kind: 'text', min: 0, max: 1000, searched: true, nullable: true, default: null },
  completed: { kind: 'flag', default: false },
} as const satisfies Record<string, Field>;

type Table = typeof taskFields;

/** The name of a content field. */
export type FieldName = keyof Table;

interface Values {
  readonly text: string;
  readonly flag: boolean;
}
type ValueOf<F extends Field> = Values[F['kind']] | (F extends { readonly nullable: true } ? null : never);

/** The content of a stored task: every field has a value. */
export type TaskFields = { readonly [F in FieldName]: ValueOf<Table[F]> };

/** The fields that a new task has to name. */
export type RequiredField = { [F in FieldName]: Table[F] extends { readonly default: unknown } ? never : F }[FieldName];

/** What a person writes in a new task. A field that is not there gets its default. */
export type TaskContent = Pick<TaskFields, RequiredField> & Partial<Omit<TaskFields, RequiredField>>;

/** The fields to change; one that is not there keeps its value. */
export type TaskChanges = Partial<TaskFields>;

/** The names of all content fields, in the order in which people see them. */
export const fieldNames = Object.keys(taskFields) as FieldName[];

/** What is known of a field, whichever it is. */
export const fieldOf = (name: FieldName): Field => taskFields[name];

type FieldsOf<K extends Field['kind']> = { [F in FieldName]: Table[F]['kind'] extends K ? F : never }[FieldName];

/** The name of a content field that holds a text. */
export type TextFieldName = FieldsOf<'text'>;

/** Whether the field holds a text. */
export const isTextField = (name: string): name is TextFieldName =>
  Object.hasOwn(taskFields, name) && fieldOf(name as FieldName).kind === 'text';

/** The fields that a search of tasks looks in. */
export const searchedFields = fieldNames.filter(isTextField).filter((name) => (taskFields[name] as TextField).searched);

/** The value as it is stored: a text that is trimmed is stored without white space at its ends. */
export const normalised = <F extends FieldName>(name: F, value: TaskFields[F]): TaskFields[F] => {
  const field = fieldOf(name);
  return field.kind === 'text' && field.trimmed && typeof value === 'string' ? (value.trim() as TaskFields[F]) : value;
};

/** What is wrong with the value of a field as a person wrote it, or `undefined`. It continues the field's name. */
export const fieldFault = <F extends FieldName>(name: F, value: TaskFields[F]): string | undefined => {
  const field = fieldOf(name);
  const stored = normalised(name, value);
  return field.kind === 'text' && typeof stored === 'string' ? textFault(stored, field) : undefined;
};

/** Everything that is wrong with these fields of a task. */
export const contentFaults = (changes: TaskChanges): Fault[] =>
  fieldNames.flatMap((field) => {
    const value = changes[field];
    const message = value === undefined ? undefined : fieldFault(field, value);
    return message === undefined ? [] : { field, message };
  });

/** The content of a new task, as it is stored. */
export const newContent = (content: TaskContent): TaskFields =>
  Object.fromEntries(
    fieldNames.map((name) => {
      const value = content[name];
      return [name, value === undefined ? fieldOf(name).default : normalised(name, value)];
    }),
  ) as unknown as TaskFields;

/** The changes as they are stored, without fields that have that value already; `undefined` if none is left. */
export const effectiveChanges = (before: TaskFields, changes: TaskChanges): TaskChanges | undefined => {
  const changed = fieldNames.flatMap((name) => {
    const value = changes[name];
    const stored = value === undefined ? before[name] : normalised(name, value);
    return stored === before[name] ? [] : [[name, stored] as const];
  });
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
};
