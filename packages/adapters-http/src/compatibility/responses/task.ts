import { isObject } from '@taskward/domain';
import { camelCaseOfSettings } from '../camel-case.ts';
import { recurrencePattern } from '../recurrence-pattern.ts';
import { isKnownName } from '../requests/bodies.ts';
import { isDone, isMiddle } from '../requests/statuses.ts';
import { type CompatibilitySettings, type StatusWords, statusWordsOf } from '../settings.ts';

/** A JSON object. */
export type Members = Readonly<Record<string, unknown>>;

/** A task as the contract has it, as far as translations read it. */
interface ContractTask extends Members {
  readonly completed: boolean;
  readonly metadata: Members;
}

/** Returns whether a value is a task. */
export const isTask = (value: unknown): value is ContractTask =>
  isObject(value) &&
  typeof value.id === 'number' &&
  typeof value.user_id === 'string' &&
  typeof value.title === 'string' &&
  typeof value.completed === 'boolean' &&
  isObject(value.metadata);

// Names that only responses have.
const namesOfResponses = new Set([
  ...['completed_occurrence', 'skipped', 'deleted_at'],
  // A client that copies members one by one would set a prototype.
  '__proto__',
]);

const reminderTime = (reminders: unknown): unknown =>
  (Array.isArray(reminders) ? reminders : []).find((one) => isObject(one) && one.at !== undefined)?.at ?? null;

const statusOf = ({ completed, metadata }: ContractTask, { open, done }: StatusWords): string => {
  const kept = Object.hasOwn(metadata, 'status') ? metadata.status : undefined;
  const agrees = typeof kept === 'string' && (isDone(kept) === completed || (!completed && isMiddle(kept)));
  return agrees ? kept : completed ? done : open;
};

const ownMembers = (task: ContractTask): Members =>
  Object.fromEntries(
    Object.entries(task.metadata).filter(([name]) => !isKnownName(name) && !namesOfResponses.has(name)),
  );

const priorityOf = (priority: unknown, settings: CompatibilitySettings): unknown => {
  const word = priority === null && settings.has('priority-medium') ? 'medium' : priority;
  if (typeof word !== 'string') return word;
  if (settings.has('priority-upper')) return word.toUpperCase();
  return settings.has('priority-title') ? `${word.slice(0, 1).toUpperCase()}${word.slice(1)}` : word;
};

const recurrenceMembers = ({ repeat, reminders }: ContractTask, isUpper: boolean): Members => {
  const word = recurrencePattern(repeat);
  const pattern = isUpper ? word.toUpperCase() : word;
  const time = reminderTime(reminders);
  return {
    ...{ recurrence_pattern: pattern, recurrence: pattern, recurrence_type: pattern, recurring_type: pattern },
    ...{ is_recurring: isObject(repeat), reminder_time: time, reminder_at: time, remind_at: time },
  };
};

const isOverdue = ({ completed, due_at }: ContractTask): boolean =>
  !completed && typeof due_at === 'string' && Date.parse(due_at) < Date.now();

const withMembers = (task: ContractTask, settings: CompatibilitySettings, words: StatusWords | undefined): Members => ({
  ...task,
  priority: priorityOf(task.priority, settings),
  ...(settings.has('text-ids') && { id: String(task.id) }),
  ...(settings.has('tags-text') && { tags: (task.tags as readonly string[]).join(', ') }),
  ...(settings.has('is-completed') && { is_completed: task.completed }),
  ...(settings.has('recurrence-pattern') && recurrenceMembers(task, false)),
  ...(settings.has('recurrence-upper') && recurrenceMembers(task, true)),
  ...(words !== undefined && { status: statusOf(task, words) }),
  ...(settings.has('extra-fields') && ownMembers(task)),
  ...(settings.has('is-overdue') && { is_overdue: isOverdue(task) }),
});

const inCamelCase = (members: Members, settings: CompatibilitySettings): Members => {
  if (!settings.has('camel-case')) return members;
  const names = Object.entries(camelCaseOfSettings).filter(([name]) => Object.hasOwn(members, name));
  return { ...members, ...Object.fromEntries(names.map(([name, camel]) => [camel, members[name]])) };
};

// Names of the contract that another member says, too: a client that changes that one sends the whole task back.
const otherSpellings = (settings: CompatibilitySettings, hasStatus: boolean): ReadonlySet<string> =>
  new Set([
    ...(settings.has('camel-case') ? Object.keys(camelCaseOfSettings) : []),
    ...(settings.has('is-completed') || hasStatus ? ['completed'] : []),
    ...(settings.has('extra-fields') || hasStatus ? ['metadata'] : []),
  ]);

// What users wrote is in these members, and may look like a task.
const opaque = new Set(['metadata', 'superseded']);

/** Makes the translation of a body, which translates all tasks in it, wherever they are. */
export const makeTaskTranslation = (settings: CompatibilitySettings): ((body: unknown) => unknown) => {
  const words = statusWordsOf(settings);
  const others = settings.has('one-spelling') ? otherSpellings(settings, words !== undefined) : undefined;
  const translatedTask = (task: ContractTask): Members => {
    const members = inCamelCase(withMembers(task, settings, words), settings);
    if (others === undefined) return members;
    return Object.fromEntries(Object.entries(members).filter(([name]) => !others.has(name)));
  };
  const translated = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(translated);
    if (!isObject(value)) return value;
    if (isTask(value)) return translatedTask(value);
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, opaque.has(name) ? one : translated(one)]),
    );
  };
  return translated;
};
