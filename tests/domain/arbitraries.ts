import {
  type Actor,
  type Instant,
  operator,
  ownerActor,
  Task,
  type TaskState,
  toInstant,
  toUserId,
} from '@taskward/domain';
import fc from 'fast-check';

/** Every kind of character that texts have been broken by: plain, spaces, combining, astral, and any other. */
const character = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'Z', '0', '%', '_', '\\', "'", 'é', 'ß', '中') },
  { weight: 2, arbitrary: fc.constantFrom(' ', '\t', '\n', '\u00a0', '\u3000', '\ufeff') },
  { weight: 2, arbitrary: fc.constantFrom('\u0301', '\u200d', '👍', '👩🏽', '🏳️‍🌈', '\u{10ffff}', '\ufffd', '\u202e') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((text) => text !== '\0') },
);

interface Scope {
  pass(message: string): unknown;
}

/** Checks a property, as one assertion of the test: a counter-example is thrown. */
export const holds = <T>(t: Scope, property: fc.IProperty<T>, parameters: fc.Parameters<T> = {}): void => {
  fc.assert(property, parameters);
  t.pass('no counter-example was found');
};

/** A text for the name of an assertion, which must be one line of plain characters. */
export const shown = (text: string): string =>
  JSON.stringify(text.slice(0, 40)).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** How many characters a person sees counted: code points. */
export const codePoints = (text: string): number => Array.from(text).length;

/** Text that PostgreSQL can hold: well-formed and without NUL. */
export const aText = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(character, { maxLength }).map((characters) => characters.join(''));

/** A title as a person may type it, with white space around it. */
export const aTitle = aText(40).filter((text) => text.trim() !== '' && codePoints(text.trim()) <= 200);

export const aDescription = aText(60).filter((text) => codePoints(text) <= 1000);

/** Text that nothing can be done with: NUL or half of a surrogate pair somewhere in it. */
export const anIllFormedText = fc
  .tuple(aText(5), fc.constantFrom('\0', '\ud83d', '\udc4d', '\udc4d\ud83d'), fc.constantFrom('', 'x', ' x'))
  .map((parts) => parts.join(''));

export const aUserId = aText(20)
  .filter((text) => text !== '' && codePoints(text) <= 255)
  .map(toUserId);

export const aMoment: fc.Arbitrary<Instant> = fc
  .date({ min: new Date('0001-01-01T00:00:00.000Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => toInstant(date.toISOString()));

/** A task's state as a repository would hand it over; frozen, so that whoever writes to it throws. */
export const aState: fc.Arbitrary<TaskState> = fc
  .record(
    {
      owner: aUserId,
      id: fc.integer({ min: 1, max: 2_147_483_647 }),
      title: aTitle.map((text) => text.trim()),
      description: fc.option(aDescription),
      completed: fc.boolean(),
      createdAt: aMoment,
      updatedAt: aMoment,
      revision: fc.integer({ min: 1 }),
    },
    { noNullPrototype: true },
  )
  .map((state) => Object.freeze(state));

/** A stored task that cannot be written to. */
export const aTask: fc.Arbitrary<Task> = aState.map((state) => Object.freeze(Task.restore(state)));

/** Changes that are all in order, each field there or not. */
export const someChanges = fc
  .record(
    { title: aTitle, description: fc.option(aDescription), completed: fc.boolean() },
    { requiredKeys: [], noNullPrototype: true },
  )
  .map((changes) => Object.freeze(changes));

/** Someone who may change the task: its owner, or an operator. */
export const allowedActors = ({ owner }: Pick<TaskState, 'owner'>): readonly Actor[] => [ownerActor(owner), operator];

/** Everything of a task that can be seen, as plain data. */
export const stateOf = (task: Task): TaskState => ({ ...task });
