import type { Fault } from './fault.ts';
import { textFault } from './text.ts';

interface Rules {
  /** Whether the field may be `null`. */
  readonly nullable?: boolean;
  /** The value for a new task that leaves the field out. A field without a default is required. */
  readonly default?: unknown;
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

/** A field of a task's content, of any kind. */
export type Field = TextField | FlagField;

/** The content fields of a task. Types, checks, columns, schemas and command-line options derive from this table. */
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

/** The name of a field that a new task requires. */
export type RequiredField = { [F in FieldName]: Table[F] extends { readonly default: unknown } ? never : F }[FieldName];

/** The content of a new task. A missing field gets its default. */
export type TaskContent = Pick<TaskFields, RequiredField> & Partial<Omit<TaskFields, RequiredField>>;

/** The fields to change. A missing field keeps its value. */
export type TaskChanges = Partial<TaskFields>;

/** The names of all content fields, in display order. */
export const fieldNames = Object.keys(taskFields) as FieldName[];

/** Returns the definition of a field. */
export const fieldOf = (name: FieldName): Field => taskFields[name];

type FieldsOf<K extends Field['kind']> = { [F in FieldName]: Table[F]['kind'] extends K ? F : never }[FieldName];

/** The name of a text field. */
export type TextFieldName = FieldsOf<'text'>;

/** Returns whether the name is that of a text field. */
export const isTextField = (name: string): name is TextFieldName =>
  Object.hasOwn(taskFields, name) && fieldOf(name as FieldName).kind === 'text';

/** The names of the fields that searches cover. */
export const searchedFields = fieldNames.filter(isTextField).filter((name) => (taskFields[name] as TextField).searched);

/** Returns the value as it is stored: trimmed where the field requires it. */
export const normalised = <F extends FieldName>(name: F, value: TaskFields[F]): TaskFields[F] => {
  const field = fieldOf(name);
  return field.kind === 'text' && field.trimmed && typeof value === 'string' ? (value.trim() as TaskFields[F]) : value;
};

/** Returns what is wrong with a field's value, or `undefined`. The text continues the field's name. */
export const fieldFault = <F extends FieldName>(name: F, value: TaskFields[F]): string | undefined => {
  const field = fieldOf(name);
  const stored = normalised(name, value);
  return field.kind === 'text' && typeof stored === 'string' ? textFault(stored, field) : undefined;
};

/** Returns every fault in the given fields. */
export const contentFaults = (changes: TaskChanges): Fault[] =>
  fieldNames.flatMap((field) => {
    const value = changes[field];
    const message = value === undefined ? undefined : fieldFault(field, value);
    return message === undefined ? [] : { field, message };
  });

/** Returns the content of a new task as it is stored, with defaults filled in. */
export const newContent = (content: TaskContent): TaskFields =>
  Object.fromEntries(
    fieldNames.map((name) => {
      const value = content[name];
      return [name, value === undefined ? fieldOf(name).default : normalised(name, value)];
    }),
  ) as unknown as TaskFields;

/** Returns the normalised changes without fields that keep their value, or `undefined` if nothing changes. */
export const effectiveChanges = (before: TaskFields, changes: TaskChanges): TaskChanges | undefined => {
  const changed = fieldNames.flatMap((name) => {
    const value = changes[name];
    const stored = value === undefined ? before[name] : normalised(name, value);
    return stored === before[name] ? [] : [[name, stored] as const];
  });
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
};
