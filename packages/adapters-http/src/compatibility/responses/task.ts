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

const recurrenceMembers = ({ repeat, reminders }: ContractTask): Members => {
  const pattern = recurrencePattern(repeat);
  const time = reminderTime(reminders);
  return {
    ...{ recurrence_pattern: pattern, recurrence: pattern, recurrence_type: pattern, recurring_type: pattern },
    ...{ is_recurring: isObject(repeat), reminder_time: time, reminder_at: time },
  };
};

const isOverdue = ({ completed, due_at }: ContractTask): boolean =>
  !completed && typeof due_at === 'string' && Date.parse(due_at) < Date.now();

const withMembers = (task: ContractTask, settings: CompatibilitySettings): Members => {
  const words = statusWordsOf(settings);
  return {
    ...task,
    priority: priorityOf(task.priority, settings),
    ...(settings.has('text-ids') && { id: String(task.id) }),
    ...(settings.has('tags-text') && { tags: (task.tags as readonly string[]).join(', ') }),
    ...(settings.has('is-completed') && { is_completed: task.completed }),
    ...(settings.has('recurrence-pattern') && recurrenceMembers(task)),
    ...(words !== undefined && { status: statusOf(task, words) }),
    ...(settings.has('extra-fields') && ownMembers(task)),
    ...(settings.has('is-overdue') && { is_overdue: isOverdue(task) }),
  };
};

const inCamelCase = (members: Members, settings: CompatibilitySettings): Members => {
  if (!settings.has('camel-case')) return members;
  const names = Object.entries(camelCaseOfSettings).filter(([name]) => Object.hasOwn(members, name));
  return { ...members, ...Object.fromEntries(names.map(([name, camel]) => [camel, members[name]])) };
};

// Names of the contract that another member says, too: a client that changes that one sends the whole task back.
const otherSpellings = (settings: CompatibilitySettings): ReadonlySet<string> => {
  const hasStatus = statusWordsOf(settings) !== undefined;
  return new Set([
    ...(settings.has('camel-case') ? Object.keys(camelCaseOfSettings) : []),
    ...(settings.has('is-completed') || hasStatus ? ['completed'] : []),
    ...(settings.has('extra-fields') || hasStatus ? ['metadata'] : []),
  ]);
};

const translatedTask = (task: ContractTask, settings: CompatibilitySettings): Members => {
  const members = inCamelCase(withMembers(task, settings), settings);
  if (!settings.has('one-spelling')) return members;
  const others = otherSpellings(settings);
  return Object.fromEntries(Object.entries(members).filter(([name]) => !others.has(name)));
};

// What users wrote is in these members, and may look like a task.
const opaque = new Set(['metadata', 'superseded']);

/** Translates all tasks in a body, wherever they are. */
export const withTranslatedTasks = (value: unknown, settings: CompatibilitySettings): unknown => {
  if (Array.isArray(value)) return value.map((one) => withTranslatedTasks(one, settings));
  if (!isObject(value)) return value;
  if (isTask(value)) return translatedTask(value, settings);
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, opaque.has(name) ? one : withTranslatedTasks(one, settings)]),
  );
};
