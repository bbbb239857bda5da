// Random requests: what clients send, what they get wrong, and what nobody would send.
import fc from 'fast-check';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', ' ', '\0', '\ud800', 'x'.repeat(200), 'x'.repeat(201), '😀'.repeat(1001), '%', '__proto__'),
);
const loosely = (value: fc.Arbitrary<unknown>) => fc.oneof({ weight: 3, arbitrary: value }, fc.jsonValue());
export const fields = fc.record(
  {
    title: loosely(text),
    description: loosely(fc.option(text)),
    completed: loosely(fc.boolean()),
    unknown: fc.jsonValue(),
  },
  { requiredKeys: [] },
);
export const body = fc.oneof(
  { weight: 6, arbitrary: fields },
  { weight: 1, arbitrary: fc.dictionary(text, fc.jsonValue()) },
  { weight: 1, arbitrary: fc.jsonValue() },
);
export const edges = [
  {},
  { title: '' },
  { title: ' ' },
  { title: '😀'.repeat(200) },
  { title: '😀'.repeat(201) },
  { title: 'x', description: '😀'.repeat(1000) },
  { title: 'x', description: '😀'.repeat(1001) },
  { title: null },
  { title: 'x', description: null },
  { completed: true },
  { completed: null },
  { title: 'x', due: null },
];
export const sentBody = fc.oneof(
  { weight: 8, arbitrary: body.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const list = ['status', 'search', 'sort', 'order', 'limit', 'cursor', 'offset', 'count', 'since'];
const values = ['all', 'pending', 'title', 'asc', '1', '0', '-1', '500', '501', '1e9', 'true', 'null', 'NaN', ''];
export const query = fc.array(
  fc.tuple(
    fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...list) }, text),
    fc.oneof(fc.constantFrom(...values), text),
  ),
  { maxLength: 4 },
);
const tag = fc.oneof(
  fc.constantFrom('"1"', '"2"', 'W/"2"', '*', '"1", "2"', '""', '"', 'x', ''),
  fc.string({ unit: 'grapheme-ascii', maxLength: 10 }),
);
export const conditions = fc.record(
  {
    'if-match': tag,
    'if-none-match': tag,
    'idempotency-key': fc.oneof(fc.constantFrom('a', 'b', '', 'x'.repeat(256)), fc.uuid()),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const anOperation = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom('create', 'update', 'complete', 'delete', 'restore', 'undo'),
        fc.constantFrom(1, 2, 9),
        fields,
      )
      .map(([op, id, more]) => ({
        op,
        ...(op !== 'create' && { [op === 'undo' ? 'revision' : 'id']: id }),
        ...(!['delete', 'restore', 'undo'].includes(op) && more),
      })),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('create', 'update'), id: fc.constant(1), title: text }) },
  { weight: 1, arbitrary: fc.jsonValue() },
);
export const aBatch = fc
  .record(
    {
      operations: loosely(fc.array(anOperation, { maxLength: 4 })),
      atomic: loosely(fc.boolean()),
      dry_run: loosely(fc.boolean()),
    },
    { requiredKeys: ['operations'] },
  )
  .map((value) => JSON.stringify(value));
export const ids = fc.constantFrom('1', '2', '0', '999', 'abc', '2147483648', '%00', '1%2F2', '-1', '__proto__');
export const type = fc.oneof(
  { weight: 8, arbitrary: fc.constant('application/json') },
  fc.constantFrom('application/merge-patch+json', 'text/plain', 'application/json; charset=utf-16', 'x', ';'),
);
