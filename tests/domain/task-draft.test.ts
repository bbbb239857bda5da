import assert from 'node:assert/strict';
import {
  DomainError,
  fieldNames,
  fieldOf,
  momentsOf,
  operator,
  ownerActor,
  Task,
  type TaskContent,
  textFieldFault,
} from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import {
  allowedActors,
  aMoment,
  anIllFormedText,
  aUserId,
  codePoints,
  holds,
  shown,
  someContent,
} from '../support/arbitraries.ts';
import { anInstant, aUser } from '../support/builders.ts';
import { aPlanning } from '../support/planning.ts';

const now = anInstant();
const owner = aUser();

const faultsOf = (content: TaskContent) => {
  try {
    Task.draft(ownerActor(owner), owner, content, now, aPlanning());
  } catch (error) {
    if (error instanceof DomainError && error.code === 'request/invalid') return error.faults;
    throw error;
  }
  return [];
};

t.test('a draft has what was written, trimmed, and belongs to whom it was written for', async (t) => {
  holds(
    t,
    fc.property(aUserId, someContent, aMoment, (owner, { typed, stored }, now) => {
      for (const actor of allowedActors({ owner })) {
        assert.deepEqual(Task.draft(actor, owner, typed, now, aPlanning()), {
          owner,
          ...stored,
          ...momentsOf(stored, now, aPlanning()),
          completedAt: stored.completed ? now : null,
          createdAt: now,
          updatedAt: now,
        });
      }
    }),
  );
});

t.test('a field that is not named has its default', async (t) => {
  const draft = Task.draft(operator, owner, { title: 'x' }, now, aPlanning());
  t.match(draft, { title: 'x', description: null, completed: false });
  for (const name of fieldNames) if (name !== 'title') t.strictSame(draft[name], fieldOf(name).default, name);
});

t.test('white space of every kind is trimmed from titles, at both ends and nowhere else', async (t) => {
  for (const space of [' ', '\t', '\n', '\r\n', '\u00a0', '\u2003', '\u3000', '\ufeff', ' \t\u2028']) {
    const { title } = Task.draft(operator, owner, { title: `${space}Buy${space}milk${space}` }, now, aPlanning());
    t.equal(title, `Buy${space}milk`, shown(space));
  }
});

t.test('descriptions are kept verbatim', async (t) => {
  for (const description of ['', ' ', '  x\n', '\ufeff', 'e\u0301', '\ufffd', '<b>', "'; drop table tasks; --"]) {
    t.equal(Task.draft(operator, owner, { title: 'x', description }, now, aPlanning()).description, description);
  }
  t.equal(Task.draft(operator, owner, { title: 'x', description: null }, now, aPlanning()).description, null);
});

t.test('the bounds of texts count code points', async (t) => {
  const nul = 'must not contain the NUL character (U+0000)';
  const half = 'must be well-formed Unicode: it contains half of a surrogate pair';
  const tooLong = (max: number, has: number) => `must be at most ${max} characters long, and has ${has}`;
  const table: [field: 'title' | 'description', text: string, fault: string | undefined][] = [
    ['title', '', 'must not be empty'],
    ['title', ' \t\n\u3000\ufeff', 'must not be empty'],
    ['title', 'x', undefined],
    ['title', 'x'.repeat(200), undefined],
    ['title', 'x'.repeat(201), tooLong(200, 201)],
    ['title', `  ${'x'.repeat(200)}  `, undefined],
    ['title', '👍'.repeat(200), undefined],
    ['title', '👍'.repeat(201), tooLong(200, 201)],
    ['title', ` ${'👍'.repeat(199)}x `, undefined],
    // One flag to the eye, but it is characters that are counted: two each.
    ['title', '🇳🇴'.repeat(100), undefined],
    ['title', '🇳🇴'.repeat(101), tooLong(200, 202)],
    ['title', 'e\u0301'.repeat(101), tooLong(200, 202)],
    ['title', 'a\0b', nul],
    ['title', '\0', nul],
    ['title', '\ud83d', half],
    ['title', 'x\udc4d', half],
    ['title', '\udc4d\ud83d', half],
    ['title', '👍\ud83d', half],
    ['description', '', undefined],
    ['description', 'x'.repeat(1000), undefined],
    ['description', 'x'.repeat(1001), tooLong(1000, 1001)],
    ['description', '👍'.repeat(1000), undefined],
    ['description', '👍'.repeat(1001), tooLong(1000, 1001)],
    ['description', `${' '.repeat(999)}x`, undefined],
    ['description', `${' '.repeat(1000)}x`, tooLong(1000, 1001)],
    ['description', 'a\0', nul],
    ['description', '\udfff', half],
    ['description', `${'x'.repeat(2000)}\ud800`, half],
  ];
  for (const [field, text, fault] of table) {
    const expected = fault === undefined ? [] : [{ field, message: fault }];
    const name = `${field} ${shown(text.slice(0, 12))} of ${codePoints(text)}`;
    t.strictSame(faultsOf({ title: 'x', [field]: text }), expected, name);
    t.equal(textFieldFault(field, text), fault, `${name}, asked for alone`);
  }
});

t.test('a title of any characters is accepted if, and only if, it has 1 to 200 of them', async (t) => {
  const unit = fc.constantFrom('x', '👍', '中', '\u0301', '\u{10ffff}', ' ');
  holds(
    t,
    fc.property(fc.array(unit, { minLength: 150, maxLength: 260, size: 'max' }), (characters) => {
      const text = characters.join('');
      const length = codePoints(text.trim());
      return (textFieldFault('title', text) === undefined) === (length >= 1 && length <= 200);
    }),
    { examples: [[Array(200).fill('👍')], [Array(201).fill('👍')], [Array(250).fill(' ')]] },
  );
});

t.test('ill-formed text is refused, wherever in it the fault is', async (t) => {
  holds(
    t,
    fc.property(anIllFormedText, (text) => {
      const [title, description, ...more] = faultsOf({ title: `a${text}b`, description: text });
      return title?.field === 'title' && description?.field === 'description' && more.length === 0;
    }),
  );
});

t.test('all faults are told at once, in one sentence too', async (t) => {
  const content = { title: ' ', description: 'x'.repeat(1001) };
  const faults = [
    { field: 'title', message: 'must not be empty' },
    { field: 'description', message: 'must be at most 1000 characters long, and has 1001' },
  ];
  t.throws(() => Task.draft(operator, owner, content, now, aPlanning()), {
    name: 'DomainError',
    code: 'request/invalid',
    message:
      'The input is not valid: title must not be empty; description must be at most 1000 characters long, and has 1001.',
    faults,
  });
});

t.test('whose tasks they are is decided before what is written in them', async (t) => {
  t.throws(() => Task.draft(ownerActor(aUser()), owner, { title: '' }, now, aPlanning()), { code: 'auth/wrong-user' });
});
