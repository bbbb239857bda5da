import { type Json, type Metadata, mergedMetadata, metadataFault } from '@taskward/domain';
import t from 'tap';
import { metadataText } from '../support/memory-lists.ts';

t.test('changes are merged as RFC 7396 says', async (t) => {
  // Its appendix A, as far as both are objects.
  const examples: readonly [Metadata, Metadata, Metadata][] = [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];
  for (const [before, changes, after] of examples) {
    const merged = mergedMetadata(before, changes);
    t.strictSame(merged, after);
    t.equal(JSON.stringify(mergedMetadata(merged, changes)), JSON.stringify(merged), 'once more, also in its order');
  }
});

t.test('a name may be one that objects inherit', async (t) => {
  const hostile: Metadata = JSON.parse('{"__proto__": {"a": 1}, "constructor": "x"}');
  const merged = mergedMetadata({ b: 2 }, hostile);
  t.equal(JSON.stringify(merged), '{"b":2,"__proto__":{"a":1},"constructor":"x"}');
  t.equal(Object.getPrototypeOf(merged), Object.prototype);
  t.notOk('a' in merged);
  t.equal(metadataText({}, 'constructor'), undefined);
  t.equal(metadataText(merged, 'constructor'), 'x');
  t.strictSame(mergedMetadata(merged, JSON.parse('{"__proto__": null, "constructor": null}')), { b: 2 });
});

t.test('the size is that of the JSON in bytes', async (t) => {
  for (const character of ['a', 'é', '中', '👍', '"', '\n', '%']) {
    const bytes = Buffer.byteLength(JSON.stringify(character)) - 2;
    const text = character.repeat(Math.floor(4088 / bytes));
    const filled = `${text}${'a'.repeat(4096 - Buffer.byteLength(JSON.stringify({ a: text })))}`;
    t.equal(metadataFault({ a: filled }), undefined);
    t.equal(metadataFault({ a: `${filled}a` }), 'must be at most 4096 bytes of JSON, and has 4097');
  }
  const nested = (depth: number): Json => JSON.parse(`${'{"":'.repeat(depth)}0${'}'.repeat(depth)}`);
  t.equal(metadataFault({ a: nested(817) }), undefined);
  t.match(metadataFault({ a: nested(819) }), /^must be at most 4096 bytes of JSON/);
});

t.test('what cannot be stored is a fault, in names and in values', async (t) => {
  const nul = 'must not contain the NUL character (U+0000)';
  const half = 'must be well-formed Unicode: it contains half of a surrogate pair';
  for (const [text, fault] of [
    ['a\u0000', nul],
    ['\ud83d', half],
  ] as const) {
    for (const metadata of [{ a: text }, { [text]: 1 }, { a: [{ b: text }] }, { a: { [text]: null } }])
      t.equal(metadataFault(metadata), fault);
  }
  t.equal(metadataFault(JSON.parse('{"a": [1e400]}')), 'must hold numbers that JSON can write');
  t.equal(metadataFault({ a: 1e308, b: -0, c: true, d: null, e: [] }), undefined);
});

t.test('filters compare texts, numbers and flags as text, and nothing else', async (t) => {
  const metadata: Metadata = { text: 'a', empty: '', number: 1.5, flag: false, none: null, list: ['a'], object: {} };
  const texts = Object.keys(metadata).map((name) => metadataText(metadata, name));
  t.strictSame(texts, ['a', '', '1.5', 'false', undefined, undefined, undefined]);
  t.equal(metadataText(metadata, 'absent'), undefined);
});
