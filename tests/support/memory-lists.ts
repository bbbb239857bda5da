import {
  neighbourCount,
  type SortKey,
  type TaskFilter,
  type TaskPosition,
  type TaskQuery,
  type TaskSelection,
  type TaskSort,
  type TimeRange,
} from '@taskward/application';
import {
  foldText,
  type Instant,
  type Metadata,
  type PositionAnchor,
  type Priority,
  positionOf,
  priorities,
  searchedFields,
  type Task,
  tagKey,
} from '@taskward/domain';
import { byCodePoint } from './memory-state.ts';

const isWithin = (moment: Instant | null, { from, before }: TimeRange): boolean =>
  moment !== null && (from === undefined || moment >= from) && (before === undefined || moment < before);

const hasTag = (task: Task) => {
  const keys = new Set(task.tags.map(tagKey));
  return (tag: string) => keys.has(tagKey(tag));
};

/** Returns a member as filters compare it: texts, numbers, `true` and `false` as text; `undefined` for all else. */
export const metadataText = (metadata: Metadata, name: string): string | undefined => {
  const value = Object.hasOwn(metadata, name) ? metadata[name] : undefined;
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
};

/** Whether each filter admits a task. */
const filters = {
  status: (task, { status }) => status === 'all' || task.completed === (status === 'completed'),
  search: (task, { search }) =>
    search === undefined || searchedFields.some((name) => foldText(task[name] ?? '').includes(foldText(search))),
  priority: ({ priority }, { priority: wanted }) => wanted === undefined || wanted.includes(priority ?? 'none'),
  tags: (task, { tags }) => tags === undefined || tags.every(hasTag(task)),
  anyTag: (task, { anyTag }) => anyTag === undefined || anyTag.some(hasTag(task)),
  untagged: ({ tags }, { untagged }) => untagged === undefined || untagged === (tags.length === 0),
  due: ({ dueAt }, { due }) => due === undefined || (due === 'none' ? dueAt === null : isWithin(dueAt, due)),
  repeating: ({ repeat }, { repeating }) => repeating === undefined || repeating === (repeat !== null),
  completed: ({ completedAt }, { completed }) => completed === undefined || isWithin(completedAt, completed),
  updated: ({ updatedAt }, { updated }) => updated === undefined || isWithin(updatedAt, updated),
  metadata: ({ metadata }, { metadata: wanted = [] }) =>
    wanted.every(([name, text]) => metadataText(metadata, name) === text),
  dated: ({ due_date, reminders }, { dated }) =>
    dated === undefined || dated === (due_date !== null || reminders.length > 0),
} satisfies Record<keyof TaskFilter, (task: Task, filter: TaskFilter) => boolean>;

/** The tasks that a filter admits. */
export const matching = (tasks: readonly Task[], filter: TaskFilter): Task[] =>
  tasks.filter((task) => Object.values(filters).every((admits) => admits(task, filter)));

interface Sort {
  of(task: Task): string | null;
  /** A text that sorts as the value does. */
  key?(value: string): string;
}

const sorts: Record<TaskSort, Sort> = {
  created_at: { of: ({ createdAt }) => createdAt },
  updated_at: { of: ({ updatedAt }) => updatedAt },
  title: { of: ({ title }) => title, key: foldText },
  due_date: { of: ({ dueAt }) => dueAt },
  priority: { of: ({ priority }) => priority, key: (value) => `${priorities.indexOf(value as Priority)}` },
  position: { of: positionOf },
  completed_at: { of: ({ completedAt }) => completedAt },
};

/** A task's place in a list. */
const placeOf = (task: Task, sort: readonly SortKey[]): TaskPosition => ({
  values: sort.map(({ field }) => sorts[field].of(task)),
  id: task.id,
});

// Tasks without a value come last in both orders.
const compareValues = (a: string | null, b: string | null, { field, order }: SortKey): number => {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const { key = (value: string) => value } = sorts[field];
  const ascending = byCodePoint(key(a), key(b));
  return order === 'asc' ? ascending : -ascending;
};

const compare = (a: TaskPosition, b: TaskPosition, sort: readonly SortKey[]): number => {
  for (const [index, key] of sort.entries()) {
    const compared = compareValues(a.values[index] ?? null, b.values[index] ?? null, key);
    if (compared !== 0) return compared;
  }
  return sort.at(-1)?.order === 'desc' ? b.id - a.id : a.id - b.id;
};

/** A page of tasks, and where the next one starts. */
export const pageOf = (tasks: readonly Task[], { sort, after, offset, limit }: TaskQuery) => {
  const places = new Map(tasks.map((task) => [task, placeOf(task, sort)]));
  const placed = (task: Task) => places.get(task) as TaskPosition;
  const rest = tasks
    .filter((task) => after === undefined || compare(placed(task), after, sort) > 0)
    .sort((a, b) => compare(placed(a), placed(b), sort))
    .slice(offset);
  const page = rest.slice(0, limit);
  const last = rest.length > limit ? page.at(-1) : undefined;
  return { page, ...(last && { next: placed(last) }) };
};

/** The tasks to select for a unit of work. */
export const selectedBy = (tasks: readonly Task[], { limit, ...filter }: TaskSelection): Task[] =>
  matching(tasks, filter)
    .sort((a, b) => a.id - b.id)
    .slice(0, limit);

/** A task, or an end of the order by position, with its neighbours on both sides. */
export const neighboursOf = (tasks: readonly Task[], anchor: PositionAnchor): Task[] => {
  const ordered = tasks.toSorted((a, b) => byCodePoint(positionOf(a), positionOf(b)) || a.id - b.id);
  if (anchor === 'top') return ordered.slice(0, neighbourCount);
  if (anchor === 'bottom') return ordered.slice(-neighbourCount);
  const index = ordered.findIndex(({ id }) => id === anchor);
  return index === -1 ? [] : ordered.slice(Math.max(0, index - neighbourCount), index + neighbourCount + 1);
};
