import { type Field, type FieldName, fieldNames, fieldOf, type TaskFields } from '@taskward/domain';
import fc from 'fast-check';

type OfKind<K extends Field['kind']> = Extract<Field, { readonly kind: K }>;

// Texts as they are stored: PostgreSQL has no NUL, and what is trimmed has no white space at its ends.
const isStored = (text: string, { trimmed = false }: OfKind<'text'>) =>
  !text.includes('\0') && (!trimmed || text.trim() === text);

const values = {
  text: (field, text) => text(field.max).filter((one) => [...one].length >= field.min && isStored(one, field)),
  flag: () => fc.boolean(),
} satisfies {
  [K in Field['kind']]: (field: OfKind<K>, text: (maxLength: number) => fc.Arbitrary<string>) => fc.Arbitrary<unknown>;
};

const anyText = (maxLength: number): fc.Arbitrary<string> => fc.string({ unit: 'binary', maxLength });

const aValueOf = (name: FieldName, text: typeof anyText): fc.Arbitrary<unknown> => {
  const field = fieldOf(name);
  const value: fc.Arbitrary<unknown> = values[field.kind](field as never, text);
  return field.nullable ? fc.option(value) : value;
};

/** Something for each field, made by its name. */
export const eachField = <T>(make: (name: FieldName) => T): Record<FieldName, T> =>
  Object.fromEntries(fieldNames.map((name) => [name, make(name)])) as Record<FieldName, T>;

/** These fields of a task, or anything else that has them. */
export const contentOf = (task: TaskFields): TaskFields => eachField((name) => task[name]) as unknown as TaskFields;

/** A value for each field, as it is stored. @param text texts of at most so many code points */
export const aContent = (text = anyText): fc.Arbitrary<TaskFields> =>
  fc.record(
    eachField((name) => aValueOf(name, text)),
    { noNullPrototype: true },
  ) as unknown as fc.Arbitrary<TaskFields>;

/** Two contents that differ in every field. */
export const differingContents = (): readonly [TaskFields, TaskFields] => {
  const pairs = fc.tuple(aContent(), aContent());
  const differ = ([one, other]: readonly [TaskFields, TaskFields]) =>
    fieldNames.every((name) => one[name] !== other[name]);
  return fc.sample(pairs.filter(differ), 1)[0] as readonly [TaskFields, TaskFields];
};
