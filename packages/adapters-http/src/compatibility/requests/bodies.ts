import { isDeepStrictEqual } from 'node:util';
import { isObject, writableFields } from '@taskward/domain';
import { fault, readOnlyFields } from '@taskward/task-schemas';
import { camelCase } from '../camel-case.ts';
import { recurrencePattern } from '../recurrence-pattern.ts';
import { type CompatibilitySettings, type StatusWords, statusWordsOf } from '../settings.ts';
import { aSpelledObject, conflict, type SpelledObject } from './conflicts.ts';
import { isDone, isMiddle } from './statuses.ts';
import type { Use } from './use.ts';
import { frequencies, toPriority, toRepeat } from './words.ts';

/** A body as an object. */
export type Body = Readonly<Record<string, unknown>>;

// The contract's name of each field that is spelled otherwise.
const otherNames = new Map<string, string>([
  ...['due', 'due_datetime', 'dueDatetime'].map((name) => [name, 'due_date'] as const),
  ...['is_completed', 'isCompleted', 'is_complete', 'isComplete', 'done'].map((name) => [name, 'completed'] as const),
  ...['recurrence', 'recurrence_pattern', 'recurrencePattern'].map((name) => [name, 'repeat'] as const),
  ...Object.entries(camelCase).map(([name, camel]) => [camel, name] as const),
]);
// Fields whose value is not that of one field of the contract.
const reminderNames = new Set(['reminder_time', 'reminderTime', 'reminder_at', 'reminderAt']);
const recurringNames = new Set(['is_recurring', 'isRecurring']);
const statusName = 'status';
// What responses say at the moment.
const momentaryNames = new Set(['is_overdue', 'isOverdue']);
// What says more of a recurrence. The contract has it in the rule: kept somewhere else, it would have no effect.
const ruleParts = new Set([
  ...['recurrence_type', 'recurring_type', 'recurrence_rule'],
  ...['recurrence_interval', 'recurrence_days', 'recurrence_end_date', 'recurrence_count', 'max_occurrences'],
  ...['recurrenceInterval', 'recurrenceDays', 'recurrenceEndDate', 'maxOccurrences', 'reminder_offset'],
]);

const known = new Set<string>([
  ...writableFields,
  ...readOnlyFields,
  ...['add_tags', 'remove_tags', 'scope', 'occurrence'],
]);

/** Returns whether a member of a body with this name means something to Taskward, in any spelling. */
export const isKnownName = (name: string): boolean =>
  known.has(name) ||
  otherNames.has(name) ||
  reminderNames.has(name) ||
  recurringNames.has(name) ||
  ruleParts.has(name) ||
  name === statusName;

const asTags = (value: unknown): unknown => {
  if (value === null) return [];
  if (typeof value !== 'string') return value;
  return value
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
};

const emptyAs =
  (none: unknown) =>
  (value: unknown): unknown =>
    value === '' || value === null ? none : value;

// The contract's value of each field whose values are spelled otherwise.
const valuesOf = new Map<string, (value: unknown) => unknown>([
  ['priority', toPriority],
  ['repeat', toRepeat],
  ['due_date', emptyAs(null)],
  ['reminders', emptyAs([])],
  ['tags', asTags],
]);

// The same that a response says in a word.
const isSaidBy = (repeat: unknown, word: unknown): boolean => isObject(repeat) && word === recurrencePattern(repeat);

const isOwn = (name: string, value: unknown): boolean => {
  if (!known.has(name)) return false;
  const toContract = valuesOf.get(name);
  return toContract === undefined || toContract(value) === value;
};

const needsTranslation = (body: Body, isNew: boolean, settings: CompatibilitySettings): boolean => {
  for (const name of Object.keys(body)) if (!isOwn(name, body[name]) || (isNew && name === 'user_id')) return true;
  return settings.has('text-ids') && typeof body.id === 'string';
};

const numericId = (value: unknown): unknown =>
  typeof value === 'string' && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : value;

// Values come from closed tables, but for the members of a list.
const valueHint = (value: unknown): string => (Array.isArray(value) ? '[...]' : JSON.stringify(value));

const addStatus = (into: SpelledObject, word: string, isNew: boolean, kept: StatusWords | undefined): boolean => {
  const done = isDone(word) ?? (isMiddle(word) ? false : undefined);
  if (done === undefined) return false;
  if (isMiddle(word) && kept === undefined) {
    throw fault(
      statusName,
      `can be \`pending\` or \`completed\`: \`${word.trim()}\` would be lost. With COMPATIBILITY=status the server keeps it`,
    );
  }
  into.add('completed', done, statusName);
  if (kept !== undefined) {
    const isPlain = word === kept.open || word === kept.done;
    if (!(isPlain && isNew)) addMetadata(into, statusName, isPlain ? null : word);
  }
  return true;
};

const addMetadata = (into: SpelledObject, name: string, value: unknown): void => {
  const metadata = into.values.metadata ?? {};
  if (typeof metadata !== 'object' || Array.isArray(metadata)) return;
  const before = Object.hasOwn(metadata, name) ? (metadata as Body)[name] : value;
  if (!isDeepStrictEqual(before, value)) throw conflict(name, `metadata.${name}`);
  into.values.metadata = Object.fromEntries([...Object.entries(metadata), [name, value]]);
};

const noParts: readonly unknown[] = [null, '', 1];

/** Leaves out what says nothing more, takes a frequency as such, and rejects the rest: it would be lost. */
const addRulePart = (into: SpelledObject, name: string, value: unknown): void => {
  if (noParts.includes(value) || (Array.isArray(value) && value.length === 0)) return;
  const repeat = toRepeat(value);
  if (repeat === null || isSaidBy(into.values.repeat, value)) return;
  if (typeof repeat !== 'string' || !(frequencies.has(repeat) || /^FREQ=/i.test(repeat)))
    throw fault(
      name,
      'has no place of its own: put it into the rule of `repeat`, such as FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=10',
    );
  into.add('repeat', repeat, name);
};

// Whether a task recurs is said by how it does: this only has to agree.
const agreesOnRecurring = (into: SpelledObject, isRecurring: unknown): boolean => {
  const { repeat } = into.values;
  if (isRecurring === false) return repeat === undefined || repeat === null;
  return isRecurring === true && repeat !== undefined && repeat !== null;
};

const addReminder = (into: SpelledObject, value: unknown, sent: string): void => {
  const given = into.values.reminders;
  const isNone = value === null || value === '';
  // A task that is sent back has both: the list says it all.
  if (Array.isArray(given) && (isNone || given.some((one) => one?.at === value))) return;
  into.add('reminders', isNone ? [] : [{ at: value }], sent);
};

/** Who a new task is for, or whether the task is there already. */
interface Target {
  readonly isNew: boolean;
  readonly owner: string;
}

/**
 * Returns the body of a new task or of a change in the contract's spelling; `undefined` if it is that already. What is not known
 * stays as it is.
 * @throws DomainError `request/invalid` where two spellings of one field have different values, or a value would be lost
 */
export const translatedBody = (
  body: Body,
  { isNew, owner }: Target,
  settings: CompatibilitySettings,
): { readonly body: Body; readonly uses: readonly Use[] } | undefined => {
  if (!needsTranslation(body, isNew, settings)) return undefined;
  const into = aSpelledObject();
  const uses: Use[] = [];
  const later: [name: string, value: unknown][] = [];
  for (const [name, sent] of Object.entries(body)) {
    const contract = otherNames.get(name) ?? name;
    if (momentaryNames.has(name) && settings.has('is-overdue')) uses.push({ sent: name, contract: '' });
    else if (!known.has(contract)) later.push([name, sent]);
    // The owner of a new task may be named, as that of one that is sent back.
    else if (isNew && contract === 'user_id' && sent === owner) uses.push({ sent: name, contract: '' });
    else if (contract === 'repeat' && name !== contract && isSaidBy(body.repeat, sent))
      uses.push({ sent: name, contract });
    else if (name === 'id' && settings.has('text-ids')) into.add(name, numericId(sent), name);
    else {
      const toContract = valuesOf.get(contract);
      const value = toContract === undefined ? sent : toContract(sent);
      if (name !== contract) uses.push({ sent: name, contract });
      else if (value !== sent) uses.push({ sent: name, contract: valueHint(value) });
      into.add(contract, value, name);
    }
  }
  // Whether it recurs at all comes last: by then it is known how.
  later.sort(([a], [b]) => Number(recurringNames.has(a)) - Number(recurringNames.has(b)));
  const words = statusWordsOf(settings);
  for (const [name, value] of later) {
    if (name === statusName && typeof value === 'string' && addStatus(into, value, isNew, words)) {
      if (words === undefined) uses.push({ sent: name, contract: 'completed' });
    } else if (reminderNames.has(name) && (typeof value === 'string' || value === null)) {
      addReminder(into, value, name);
      uses.push({ sent: name, contract: 'reminders' });
    } else if (ruleParts.has(name)) {
      addRulePart(into, name, value);
      uses.push({ sent: name, contract: 'repeat' });
    } else if (recurringNames.has(name) && agreesOnRecurring(into, value)) {
      if (!isNew && value === false) into.add('repeat', null, name);
      uses.push({ sent: name, contract: 'repeat' });
    } else if (settings.has('extra-fields') && !recurringNames.has(name)) addMetadata(into, name, value);
    else into.add(name, value, name);
  }
  return { body: into.values, uses };
};
