import assert from 'node:assert/strict';
import { editedTags, normalisedTags, renamedTag, tagKey, tagLimits, tagsFault } from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { anIllFormedText, aText, codePoints, holds, shown } from '../../support/arbitraries.ts';
import { assertSentence } from './arbitraries.ts';

const isTag = (text: string): boolean => {
  const length = codePoints(text.trim().normalize('NFC'));
  return length >= tagLimits.length.min && length <= tagLimits.length.max;
};
const aTag = aText(20).filter(isTag);
/** Few names, in many spellings, so that they meet. */
const aCommonTag = fc
  .tuple(
    fc.constantFrom('', ' ', '\t'),
    fc.constantFrom('home', 'Home', 'HOME', 'straße', 'STRASSE', 'é', 'e\u0301', 'É', 'ΟΔΟΣ', 'οδος', 'οδοσ', '家'),
  )
  .map(([space, name]) => `${space}${name}${space}`);
const someTags = fc.array(fc.oneof(aTag, aCommonTag), { maxLength: 20 });

t.test('tags are trimmed, composed, and each there once, in their order', async (t) => {
  const table: [sent: string[], stored: string[]][] = [
    [[], []],
    [
      ['home', 'work'],
      ['home', 'work'],
    ],
    [
      ['work', 'home'],
      ['work', 'home'],
    ],
    [
      [' home ', '\u3000work\n'],
      ['home', 'work'],
    ],
    [['Home', 'home', 'HOME'], ['Home']],
    [['e\u0301', 'É'], ['é']],
    [['ΟΔΟΣ', 'οδος'], ['ΟΔΟΣ']],
    [
      ['straße', 'strasse'],
      ['straße', 'strasse'],
    ],
    [
      ['two words', 'two  words'],
      ['two words', 'two  words'],
    ],
    [
      ['a,b', '#c'],
      ['a,b', '#c'],
    ],
  ];
  for (const [sent, stored] of table) {
    t.equal(tagsFault(sent), undefined, shown(sent.join()));
    t.strictSame(normalisedTags(sent), stored, shown(sent.join()));
  }
});

t.test('what is wrong with tags is told with the number of the tag', async (t) => {
  const many = Array.from({ length: 21 }, (_, index) => `tag ${index}`);
  const table: [sent: string[], fault: string | undefined][] = [
    [['home', ''], 'must hold valid tags only: tag 2 must not be empty'],
    [[' \u3000'], 'must hold valid tags only: tag 1 must not be empty'],
    [['x'.repeat(50)], undefined],
    [['👍'.repeat(50)], undefined],
    [['e\u0301'.repeat(50)], undefined],
    [['x'.repeat(51)], 'must hold valid tags only: tag 1 must be at most 50 characters long, and has 51'],
    [['a\0'], 'must hold valid tags only: tag 1 must not contain the NUL character (U+0000)'],
    [
      ['a', 'b', '\ud83d'],
      'must hold valid tags only: tag 3 must be well-formed Unicode: it contains half of a surrogate pair',
    ],
    [many.slice(1), undefined],
    [many, 'must hold at most 20 tags, and holds 21'],
    // The same tag twice is one.
    [[...many.slice(1), 'TAG 1', ' tag 2'], undefined],
    [[...many, 'TAG 1', 'x'], 'must hold at most 20 tags, and holds 22'],
  ];
  for (const [sent, fault] of table) {
    t.equal(tagsFault(sent), fault, shown(sent.join()));
    if (fault !== undefined) assertSentence(fault);
  }
});

t.test('tags without fault are stored in one spelling, each once, in their order', async (t) => {
  holds(
    t,
    fc.property(someTags, (tags) => {
      assert.equal(tagsFault(tags), undefined);
      const stored = normalisedTags(tags);
      assert.equal(tagsFault(stored), undefined);
      assert.deepEqual(normalisedTags(stored), stored);
      const keys = tags.map(tagKey);
      assert.deepEqual(
        stored.map(tagKey),
        keys.filter((key, index) => keys.indexOf(key) === index),
      );
      for (const tag of stored) assert.ok(tags.some((sent) => sent.trim().normalize('NFC') === tag));
    }),
  );
});

t.test('tags have a fault exactly where one is outside the bounds', async (t) => {
  const anything = fc.oneof(aText(60), anIllFormedText, aCommonTag);
  holds(
    t,
    fc.property(fc.array(anything, { maxLength: 30 }), (tags) => {
      const isValid = tags.every((tag) => isTag(tag) && !tag.includes('\0') && tag.isWellFormed());
      const count = new Set(tags.map(tagKey)).size;
      const fault = tagsFault(tags);
      assert.equal(fault === undefined, isValid && count <= tagLimits.count.max);
      if (fault !== undefined) assertSentence(fault);
    }),
  );
});

t.test('adding and taking off keeps the rest as it is', async (t) => {
  t.strictSame(editedTags(['a', 'b'], ['c', 'A'], ['B', 'x']), ['a', 'c']);
  t.strictSame(editedTags(['a'], ['b'], [' B ']), ['a'], 'what is in both is taken off');
  holds(
    t,
    fc.property(someTags.map(normalisedTags), someTags, someTags, (tags, added, removed) => {
      const edited = editedTags(tags, added, removed);
      const gone = new Set(removed.map(tagKey));
      assert.deepEqual(edited.slice(0, tags.filter((tag) => !gone.has(tagKey(tag))).length), [
        ...tags.filter((tag) => !gone.has(tagKey(tag))),
      ]);
      assert.deepEqual(
        new Set(edited.map(tagKey)),
        new Set([...tags, ...added].map(tagKey).filter((key) => !gone.has(key))),
      );
      assert.deepEqual(editedTags(edited, added, removed), edited, 'a repeated request changes nothing');
      assert.deepEqual(normalisedTags(edited), edited);
    }),
  );
});

t.test('two devices that add and take off different tags lose nothing, in any order', async (t) => {
  holds(
    t,
    fc.property(someTags.map(normalisedTags), aTag, aTag, (tags, added, removed) => {
      fc.pre(tagKey(added) !== tagKey(removed));
      const one = editedTags(editedTags(tags, [added], []), [], [removed]);
      const other = editedTags(editedTags(tags, [], [removed]), [added], []);
      assert.deepEqual(one, other);
    }),
  );
});

t.test('a tag is renamed in its place, and not there twice', async (t) => {
  t.strictSame(renamedTag(['a', 'b', 'c'], 'B', ' x '), ['a', 'x', 'c']);
  t.strictSame(renamedTag(['a', 'b', 'c'], 'b', 'C'), ['a', 'c'], 'merged with the one that is there');
  t.strictSame(renamedTag(['home', 'b'], 'HOME', 'Home'), ['Home', 'b'], 'in another case only');
  t.strictSame(renamedTag(['a'], 'b', 'c'), ['a'], 'one that is not there');
  holds(
    t,
    fc.property(someTags.map(normalisedTags), fc.oneof(aTag, aCommonTag), fc.oneof(aTag, aCommonTag), (tags, a, b) => {
      const renamed = renamedTag(tags, a, b);
      assert.deepEqual(normalisedTags(renamed), renamed);
      const keys = tags.map(tagKey);
      const expected = new Set(keys.map((key) => (key === tagKey(a) ? tagKey(b) : key)));
      assert.deepEqual(new Set(renamed.map(tagKey)), expected);
    }),
  );
});
