import { isObject } from '@taskward/domain';
import { camelCase } from '../camel-case.ts';
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

const patterns: Readonly<Record<string, string>> = {
  'FREQ=DAILY': 'daily',
  'FREQ=WEEKLY': 'weekly',
  'FREQ=MONTHLY': 'monthly',
  'FREQ=YEARLY': 'yearly',
};

const patternOf = (repeat: unknown): string =>
  isObject(repeat) ? (patterns[String(repeat.rule).replace(/;INTERVAL=1(?=;|$)/, '')] ?? 'custom') : 'none';

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

const camelMembers = (task: ContractTask): Members =>
  Object.fromEntries(
    Object.entries(camelCase)
      .filter(([name]) => Object.hasOwn(task, name))
      .map(([name, camel]) => [camel, task[name]]),
  );

const priorityOf = (priority: unknown, settings: CompatibilitySettings): unknown => {
  const word = priority === null && settings.has('priority-medium') ? 'medium' : priority;
  if (typeof word !== 'string') return word;
  if (settings.has('priority-upper')) return word.toUpperCase();
  return settings.has('priority-title') ? `${word.slice(0, 1).toUpperCase()}${word.slice(1)}` : word;
};

const withStatus = (task: ContractTask, words: StatusWords | undefined): Members =>
  words === undefined ? {} : { status: statusOf(task, words) };

const translatedTask = (task: ContractTask, settings: CompatibilitySettings): Members => ({
  ...task,
  priority: priorityOf(task.priority, settings),
  ...(settings.has('tags-text') && { tags: (task.tags as readonly string[]).join(', ') }),
  ...(settings.has('camel-case') && camelMembers(task)),
  ...(settings.has('is-completed') && {
    is_completed: task.completed,
    ...(settings.has('camel-case') && { isCompleted: task.completed }),
  }),
  ...(settings.has('recurrence-pattern') && {
    recurrence_pattern: patternOf(task.repeat),
    recurrence: patternOf(task.repeat),
    is_recurring: isObject(task.repeat),
    reminder_time: reminderTime(task.reminders),
  }),
  ...withStatus(task, statusWordsOf(settings)),
  ...(settings.has('extra-fields') && ownMembers(task)),
});

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
