// Query strings: as documented, with one parameter that is nearly right, and as nobody would write them.
import fc from 'fast-check';
import type { Operation } from '../support/http/openapi-document.ts';
import { type CursorOfList, cursorsOf } from './cursors.ts';
import { booleans, brokenEscapes, misspelt, numbers, oddEscapes, text } from './near-misses.ts';
import { allowedBy, nearMissOf, type Schema } from './schemas.ts';

/** A user with tasks, in whose name requests are made. */
export interface Subject {
  readonly userId: string;
  readonly cursors: readonly CursorOfList[];
}

/** A parameter as the document has it. */
export type Parameter = NonNullable<Operation['parameters']>[number];

/** A text as a component of a URL. */
export const encoded = (value: string): string => encodeURIComponent(Buffer.from(value).toString());

type Pair = readonly [name: string, value: string];

const asText = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(asText).join(',');
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
};

const joined = (pairs: readonly Pair[]) => pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');

const nearParameter = ({ schema }: Parameter): fc.Arbitrary<string> => {
  const { type } = schema as Schema;
  if (type === 'integer') return fc.constantFrom(...numbers);
  if (type === 'boolean') return fc.constantFrom(...booleans);
  return fc.oneof(nearMissOf(schema as Schema).map(asText), text);
};

const oddQueries = fc.constantFrom(
  ...brokenEscapes.flatMap((one) => [`search=${one}`, `${one}=1`, `limit=1${one}`]),
  ...oddEscapes.map((one) => `search=a${one}b`),
  ...['', '&', '&&limit=1', '=', '=1', 'limit', 'limit=', 'limit=1&limit=2', 'limit=1;offset=2', 'search=+', '?'],
  ...['search=\u00e9', 'search=a b', 'search=a+b', 'status=all&status=all', '%6Cimit=1', '__proto__=1'],
  `search=${'%F0%9F%98%80'.repeat(101)}`,
);

const commonNames = fc.constantFrom('sort_by', 'page', 'q', 'limit[]', '$where', '__proto__', 'constructor');

/** Query strings without parameters to go by: mostly none. */
const unaskedQueries = fc.oneof(
  { weight: 30, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.tuple(fc.oneof(commonNames, text), text).map((pair) => joined([pair])) },
  { weight: 1, arbitrary: oddQueries },
);

/** Query strings for an operation with these parameters. */
export const queriesOf = (parameters: readonly Parameter[], { userId, cursors }: Subject): fc.Arbitrary<string> => {
  if (parameters.length === 0) return unaskedQueries;
  const pairs = (valuesOf: (parameter: Parameter) => fc.Arbitrary<string>) =>
    fc.oneof(...parameters.map((parameter) => fc.tuple(fc.constant(parameter.name), valuesOf(parameter))));
  const right = pairs(({ schema }) => allowedBy(schema as Schema).map(asText));
  const some = fc.uniqueArray(right, { selector: ([name]) => name, maxLength: 4 });
  const near = pairs(nearParameter);
  const unknown = fc.tuple(fc.oneof(commonNames, text, ...parameters.map(({ name }) => misspelt(name))), text);
  return fc.oneof(
    { weight: 8, arbitrary: some.map(joined) },
    {
      weight: 5,
      arbitrary: cursorsOf(userId, cursors).map(({ cursor, list }) => joined(Object.entries({ ...list, cursor }))),
    },
    { weight: 5, arbitrary: near.map((pair) => joined([pair])) },
    { weight: 2, arbitrary: fc.tuple(some, near).map(([all, pair]) => joined([...all, pair])) },
    { weight: 1, arbitrary: unknown.map((pair) => joined([pair])) },
    { weight: 1, arbitrary: oddQueries },
  );
};
