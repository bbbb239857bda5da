import { isDone, isMiddle } from '../requests/statuses.ts';
import type { CompatibilitySetting, CompatibilitySettings } from '../settings.ts';

type Task = Readonly<Record<string, unknown>>;
type Members = (task: Task) => Task;

const camelCase: Readonly<Record<string, string>> = {
  user_id: 'userId',
  due_date: 'dueDate',
  due_at: 'dueAt',
  completed_at: 'completedAt',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  deleted_at: 'deletedAt',
};

const inCamelCase: Members = (task) =>
  Object.fromEntries(Object.entries(camelCase).flatMap(([name, other]) => (name in task ? [[other, task[name]]] : [])));

const plainRule = /^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)$/;

const recurrence: Members = ({ repeat, reminders }) => {
  const { rule } = (repeat ?? {}) as { rule?: string };
  const named = plainRule.exec(rule ?? '')?.[1]?.toLowerCase();
  const moments = Array.isArray(reminders) ? reminders.map((one: { at?: string }) => one.at) : [];
  return {
    recurrence_pattern: rule === undefined ? 'none' : (named ?? 'custom'),
    is_recurring: rule !== undefined,
    reminder_time: moments.find((at) => at !== undefined) ?? null,
  };
};

const status: Members = ({ completed, metadata }) => {
  const { status: word } = (metadata ?? {}) as { status?: unknown };
  const means = typeof word === 'string' ? (isDone(word) ?? (isMiddle(word) ? false : undefined)) : undefined;
  return { status: means === completed ? word : completed ? 'completed' : 'pending' };
};

/** What each setting adds to a task, or answers otherwise. */
const members: readonly (readonly [CompatibilitySetting, Members])[] = [
  ['priority-medium', ({ priority }) => ({ priority: priority ?? 'medium' })],
  ['camel-case', inCamelCase],
  ['is-completed', ({ completed }) => ({ is_completed: completed, isCompleted: completed })],
  ['recurrence-pattern', recurrence],
  ['status', status],
];

const isObject = (value: unknown): value is Task =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTask = (value: Task): boolean =>
  typeof value.id === 'number' &&
  typeof value.user_id === 'string' &&
  typeof value.title === 'string' &&
  typeof value.completed === 'boolean';

/** Makes the translation of every task in a body; `undefined` if no setting is about tasks. */
export const makeTaskTranslation = (settings: CompatibilitySettings): ((body: unknown) => unknown) | undefined => {
  const added = members.filter(([name]) => settings.has(name)).map(([, of]) => of);
  const hasExtra = settings.has('extra-fields');
  if (added.length === 0 && !hasExtra) return undefined;
  const translate = (body: unknown): unknown => {
    if (Array.isArray(body)) return body.map(translate);
    if (!isObject(body)) return body;
    if (!isTask(body)) return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, translate(value)]));
    // The contract's own members come last: those of a client never replace them.
    return Object.assign({ ...(hasExtra && (body.metadata as object)), ...body }, ...added.map((of) => of(body)));
  };
  return translate;
};
