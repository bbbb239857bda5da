import {
  type Actor,
  fieldOf,
  type Instant,
  momentsOf,
  operator,
  ownerActor,
  type StoredValues,
  Task,
  type TaskChanges,
  type TaskContent,
  type TaskFields,
  type TaskState,
  toInstant,
  toUserId,
  type WritableField,
  writableFields,
} from '@taskward/domain';
import fc from 'fast-check';
import { aContent } from './contents.ts';
import { aPlanning } from './planning.ts';

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

const shortText = (maxLength: number) => aText(Math.min(maxLength, 60));

/** A task's state as a repository would hand it over; frozen, so that whoever writes to it throws. */
export const aState: fc.Arbitrary<TaskState> = fc
  .record(
    {
      owner: aUserId,
      id: fc.integer({ min: 1, max: 2_147_483_647 }),
      content: aContent(shortText),
      createdAt: aMoment,
      updatedAt: aMoment,
      completedAt: aMoment,
      now: aMoment,
      revision: fc.integer({ min: 1 }),
    },
    { noNullPrototype: true },
  )
  .map(({ content, completedAt, now, ...state }) =>
    Object.freeze({
      ...state,
      ...content,
      ...momentsOf(content, now, aPlanning()),
      completedAt: content.completed ? completedAt : null,
    }),
  );

const frozen = (state: TaskState): Task => Object.freeze(Task.restore(state)) as Task;

/** A stored task that cannot be written to. */
export const aTask: fc.Arbitrary<Task> = aState.map(frozen);

/** A stored task that does not recur. */
export const aSingleTask: fc.Arbitrary<Task> = aState.map((state) => frozen({ ...state, repeat: null }));

/** Texts with white space around them, as people type them, where it is taken off. Without what people cannot set. */
const asTyped = (content: TaskFields, padding: string): TaskContent =>
  Object.fromEntries(
    writableFields.map((name) => {
      const field = fieldOf(name);
      const isPadded = field.kind === 'text' && field.trimmed;
      return [name, isPadded ? `${padding}${content[name]}${padding}` : content[name]];
    }),
  ) as unknown as TaskContent;

/** Any content of a new task, with what is stored of it. */
export const someContent = fc
  .tuple(aContent(shortText), fc.constantFrom('', ' ', '\t', '\u3000\n'))
  .map(([content, padding]) => ({
    stored: { ...content, position: null },
    typed: Object.freeze(asTyped(content, padding)),
  }));

const dates: readonly WritableField[] = ['due_date', 'repeat', 'reminders'];

/** Valid changes, each field there or not, with what is stored of them. Dates, which go together, are all there or none. */
export const someChanges: fc.Arbitrary<{ readonly stored: StoredValues; readonly typed: TaskChanges }> = fc
  .tuple(someContent, fc.subarray(writableFields), fc.boolean())
  .map(([{ stored, typed }, some, withDates]) => {
    const names = [...some.filter((name) => !dates.includes(name)), ...(withDates ? dates : [])];
    const among = (content: Partial<TaskContent>) => Object.fromEntries(names.map((name) => [name, content[name]]));
    return { stored: among(stored), typed: Object.freeze(among(typed)) };
  });

/** An actor who may change the task: its owner, or an operator. */
export const allowedActors = ({ owner }: Pick<TaskState, 'owner'>): readonly Actor[] => [ownerActor(owner), operator];

/** Everything of a task that can be seen, as plain data. */
export const stateOf = (task: Task): TaskState => ({ ...task });
