import { draftImported, type ImportedContent, operator, ownerActor, withDefaults } from '@taskward/domain';
import t from 'tap';
import { anInstant, aUser } from '../support/builders.ts';
import { aPlanning } from '../support/planning.ts';

const now = anInstant('2026-11-23T08:00:00.000Z');
const [monday, tuesday] = [anInstant('2026-11-16T08:00:00.000Z'), anInstant('2026-11-17T08:00:00.000Z')];
const owner = aUser();

const imported = (content: Partial<ImportedContent>) =>
  draftImported(operator, owner, { title: 'Buy milk', ...content }, now, aPlanning());

t.test('what a task from elsewhere says of its past is kept', async (t) => {
  t.strictSame(
    imported({
      title: ' Buy milk ',
      description: ' x ',
      completed: true,
      createdAt: monday,
      updatedAt: tuesday,
      externalId: 'a',
    }),
    {
      externalId: 'a',
      draft: {
        owner,
        ...withDefaults({ title: 'Buy milk', description: ' x ', completed: true }),
        completedAt: tuesday,
        dueAt: null,
        remindAt: [],
        createdAt: monday,
        updatedAt: tuesday,
      },
    },
  );
  const table: [name: string, content: Partial<ImportedContent>, createdAt: string, updatedAt: string][] = [
    ['nothing is said', {}, now, now],
    ['its creation', { createdAt: monday }, monday, monday],
    ['its last change', { updatedAt: monday }, monday, monday],
    ['a change before its creation', { createdAt: tuesday, updatedAt: monday }, tuesday, tuesday],
    ['this very moment', { createdAt: now, updatedAt: now }, now, now],
  ];
  for (const [name, content, createdAt, updatedAt] of table) {
    const { externalId, draft } = imported(content);
    t.match({ externalId, ...draft }, { externalId: undefined, createdAt, updatedAt, completed: false }, name);
  }
});

t.test('what cannot be is refused, every fault at once', async (t) => {
  const [future, past] = [anInstant('2026-11-23T08:00:00.001Z'), anInstant('1969-12-31T23:59:59.999Z')];
  const faultsOf = (content: Partial<ImportedContent>) => {
    try {
      return imported(content);
    } catch (error) {
      return (error as { faults: { field: string; message: string }[] }).faults.map(
        ({ field, message }) => `${field} ${message}`,
      );
    }
  };
  t.strictSame(faultsOf({ title: ' ', description: '\0', externalId: '', createdAt: future, updatedAt: past }), [
    'title must not be empty',
    'description must not contain the NUL character (U+0000)',
    'external_id must not be empty',
    `created_at must not be in the future: it is ${now} now`,
    'updated_at must not be before 1970-01-01T00:00:00.000Z',
  ]);
  t.strictSame(faultsOf({ externalId: 'x'.repeat(256) }), [
    'external_id must be at most 255 characters long, and has 256',
  ]);
  t.strictSame(faultsOf({ externalId: '\ud800' }), [
    'external_id must be well-formed Unicode: it contains half of a surrogate pair',
  ]);
});

t.test('nobody imports to another', async (t) => {
  const other = ownerActor(aUser());
  t.throws(() => draftImported(other, owner, { title: '' }, now, aPlanning()), { code: 'auth/wrong-user' });
  t.equal(draftImported(ownerActor(owner), owner, { title: 'x' }, now, aPlanning()).draft.owner, owner);
});
