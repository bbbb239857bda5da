// Values that a JSON Schema of the document allows, and values that it only just does not.
import fc from 'fast-check';
import { instants, misspelt, numbers, text } from './near-misses.ts';

/** The part of JSON Schema that the document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly examples?: readonly unknown[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

const typesOf = ({ type }: Schema): readonly string[] => [type ?? []].flat();

const aWord = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((word) => `x${word}`.replaceAll('\0', ''));

const textWithin = ({ minLength = 0, maxLength, examples = [] }: Schema): fc.Arbitrary<string> => {
  const texts = examples.filter((one) => typeof one === 'string');
  // Without a length it is a date, a rule or the like: of those, the schema says by examples only what is allowed.
  if (maxLength === undefined && texts.length > 0) return fc.constantFrom(...texts);
  const most = maxLength ?? 1000;
  return fc.oneof(
    { weight: 6, arbitrary: aWord },
    fc.constantFrom('x'.repeat(most), '😀'.repeat(most), minLength > 0 ? 'x'.repeat(minLength) : ''),
  );
};

// As large as a task's id is in these tests, and now and then as large as it may be.
const integerWithin = ({ minimum = 0, maximum = 2 ** 31 - 1 }: Schema): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: minimum, max: Math.min(maximum, 12) }) },
    fc.constantFrom(minimum, maximum),
  );

/** A value that the schema allows. */
export const allowedBy = (schema: Schema): fc.Arbitrary<unknown> => {
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(allowedBy));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const kinds = typesOf(schema).map((type): fc.Arbitrary<unknown> => {
    switch (type) {
      case 'string':
        return textWithin(schema);
      case 'integer':
        return integerWithin(schema);
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return fc.array(allowedBy(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 4 });
      default:
        return objectOf(schema);
    }
  });
  return kinds.length > 0 ? fc.oneof(...kinds) : fc.jsonValue();
};

const objectOf = ({
  properties = {},
  required = [],
  minProperties = 0,
  maxProperties,
}: Schema): fc.Arbitrary<object> => {
  const members = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, allowedBy(schema)]));
  if (maxProperties === 1)
    return fc.oneof(
      ...Object.entries(members).map(([name, value]) => fc.record({ [name]: value }, { noNullPrototype: true })),
    );
  const valuesOf = (names: readonly string[]) =>
    fc.record(Object.fromEntries(names.map((name) => [name, members[name] as fc.Arbitrary<unknown>])), {
      noNullPrototype: true,
    });
  // Few at a time: most fields go together only with some values of others.
  const optional = Object.keys(members).filter((name) => !required.includes(name));
  return fc
    .subarray(optional, {
      minLength: Math.min(minProperties, optional.length),
      maxLength: Math.min(3, optional.length),
    })
    .chain((names) => valuesOf([...required, ...names]));
};

const otherTypes = fc.constantFrom<unknown>(
  ...[null, true, false, 0, 1, -1, 1.5, -0, 1e21, '', '1', 'true', [], {}, ['x'], { x: 1 }, [[]]],
);

const replaced = (value: object, name: string, other: unknown): object => ({ ...value, [name]: other });

const nearObject = (schema: Schema): fc.Arbitrary<unknown> => {
  const { properties = {} } = schema;
  const names = Object.keys(properties);
  const whole = objectOf(schema);
  if (names.length === 0) return fc.oneof(otherTypes, fc.constant({ x: 1 }));
  return fc.oneof(
    ...names.map((name) =>
      fc.tuple(whole, nearMissOf(properties[name] as Schema)).map(([value, near]) => replaced(value, name, near)),
    ),
    ...names.map((name) =>
      fc.tuple(whole, misspelt(name)).map(([value, near]) => {
        const { [name as never]: kept, ...rest } = value;
        return { ...rest, [near]: kept };
      }),
    ),
    fc.tuple(whole, text, otherTypes).map(([value, name, more]) => replaced(value, name, more)),
    fc.tuple(whole, fc.constantFrom(...names)).map(([value, name]) => {
      const { [name as never]: _left, ...rest } = value;
      return rest;
    }),
    otherTypes,
  );
};

/** A value that the schema refuses, most of the time by little. */
export const nearMissOf = (schema: Schema): fc.Arbitrary<unknown> => {
  if (schema.anyOf !== undefined) return fc.oneof(otherTypes, ...schema.anyOf.map(nearMissOf));
  const words = (schema.enum ?? [schema.const]).filter((word) => typeof word === 'string');
  if (words.length > 0) return fc.oneof(otherTypes, ...words.map(misspelt));
  const { minimum = 0, maximum = 2 ** 31 - 1, maxLength = 1000, maxItems = 100 } = schema;
  const kinds = typesOf(schema).map((type): fc.Arbitrary<unknown> => {
    switch (type) {
      case 'string':
        return fc.oneof(
          text,
          fc.constantFrom(...instants),
          fc.constantFrom('x', '😀').map((x) => x.repeat(maxLength + 1)),
        );
      case 'integer':
        return fc.oneof(
          fc.constantFrom(...numbers),
          fc.constantFrom(minimum - 1, maximum + 1, minimum + 0.5, -0, 1e21, 5e-324, 2 ** 53, -(2 ** 63)),
        );
      case 'array':
        return fc.oneof(
          fc.tuple(allowedBy(schema), nearMissOf(schema.items ?? {})).map(([all, near]) => [...(all as []), near]),
          allowedBy(schema.items ?? {}).map((one) => new Array(maxItems + 1).fill(one)),
          fc.constant([]),
        );
      case 'object':
        return nearObject(schema);
      default:
        return otherTypes;
    }
  });
  return fc.oneof(otherTypes, ...kinds);
};
