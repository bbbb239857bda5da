import type { LocalTask, Settings } from '@taskward/client';
import { dueAtOf, todayAt, weekAt } from '../dates/due-dates.ts';
import type { Filter, ListState } from './task-list.ts';

/** By what days and moments are judged. */
export interface Moment {
  /** In milliseconds. */
  readonly now: number;
  readonly settings: Settings;
}

/** What a list shows of all tasks. */
export type Selection = Pick<ListState, 'tasks' | 'counts' | 'tags'>;

/** Returns the form in which texts are searched and sorted, as on the server: it differs neither in case nor in how accents are encoded. */
export const foldText = (text: string): string =>
  text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ').normalize('NFC');

const searched = new WeakMap<LocalTask, string>();

// Folding takes most of the time of a search.
const searchedText = (task: LocalTask): string => {
  const known = searched.get(task);
  if (known !== undefined) return known;
  const text = foldText(`${task.title}\n${task.description ?? ''}`);
  searched.set(task, text);
  return text;
};

const tagKeys = new Map<string, string>();

/** Returns the form in which tags are compared. Thousands of tasks have a few tags in common. */
const tagKey = (tag: string): string => {
  const known = tagKeys.get(tag);
  if (known !== undefined) return known;
  const key = foldText(tag.trim());
  tagKeys.set(tag, key);
  return key;
};

const dueOf = (task: LocalTask, { settings }: Moment): string | null => task.due_at ?? dueAtOf(task.due_date, settings);

type Admits = (task: LocalTask) => boolean;

const dueFilter = (due: Filter['due'], moment: Moment): Admits => {
  const { now, settings } = moment;
  if (due === 'any') return () => true;
  if (due === 'none') return ({ due_date }) => due_date === null;
  if (due === 'overdue') {
    const before = new Date(now).toISOString();
    return (task) => !task.completed && (dueOf(task, moment) ?? before) < before;
  }
  const { from, before } = due === 'today' ? todayAt(now, settings) : weekAt(now, settings);
  return (task) => {
    const at = dueOf(task, moment);
    return at !== null && at >= from && at < before;
  };
};

const filtersOf = ({ search, status, due, priority, tag }: Filter, moment: Moment): Admits[] => {
  const [text, key] = [foldText(search.trim()), foldText(tag.trim())];
  const filters: (Admits | false)[] = [
    status !== 'all' && (({ completed }) => completed === (status === 'completed')),
    priority !== 'any' && ((task) => (task.priority ?? 'none') === priority),
    key !== '' && (({ tags }) => tags.some((one) => tagKey(one) === key)),
    due !== 'any' && dueFilter(due, moment),
    text !== '' && ((task) => searchedText(task).includes(text)),
  ];
  return filters.filter((one) => one !== false);
};

type Value = string | number;

// After every text that the server makes.
const last = '\uffff';
const priorities = ['urgent', 'high', 'medium', 'low'];

const sortValue = (sort: Filter['sort'], moment: Moment): ((task: LocalTask) => Value) => {
  switch (sort) {
    // The server puts a new task at the end.
    case 'position':
      return ({ position }) => position || last;
    case 'due_date':
      return (task) => dueOf(task, moment) ?? last;
    case 'priority':
      return ({ priority }) => (priority === null ? priorities.length : priorities.indexOf(priority));
    case 'created_at':
      return ({ created_at }) => created_at;
    case 'title':
      return ({ title }) => foldText(title);
  }
};

// A task that is not sent has a negative id: it is newer than all that are.
const numberOf = ({ id }: LocalTask): number => (id < 0 ? Number.MAX_SAFE_INTEGER / 2 - id : id);

/** Returns the tasks in an order, which is that of the server: ties by id, tasks without a value last. */
const sortTasks = (tasks: readonly LocalTask[], sort: Filter['sort'], moment: Moment): LocalTask[] => {
  const value = sortValue(sort, moment);
  const sign = sort === 'created_at' ? -1 : 1;
  return tasks
    .map((task) => ({ task, value: value(task), number: numberOf(task) }))
    .sort((one, other) => {
      if (one.value !== other.value) return one.value < other.value ? -sign : sign;
      return sign * (one.number - other.number);
    })
    .map(({ task }) => task);
};

const countsOf = (tasks: readonly LocalTask[], moment: Moment): Selection['counts'] => {
  const pending = tasks.filter(({ completed }) => !completed);
  const count = (due: Filter['due']) => pending.filter(dueFilter(due, moment)).length;
  return { all: tasks.length, pending: pending.length, overdue: count('overdue'), today: count('today') };
};

const tagsOf = (tasks: readonly LocalTask[]): string[] => {
  const tags = new Map<string, string>();
  for (const task of tasks) {
    for (const tag of task.tags) {
      const key = tagKey(tag);
      if (!tags.has(key)) tags.set(key, tag);
    }
  }
  return [...tags].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, tag]) => tag);
};

/** Returns what a list shows: the tasks that meet a filter, in its order, and the numbers and tags of all. */
export const selectTasks = (tasks: readonly LocalTask[], filter: Filter, moment: Moment): Selection => {
  const filters = filtersOf(filter, moment);
  const admitted = filters.length === 0 ? tasks : tasks.filter((task) => filters.every((admits) => admits(task)));
  return { tasks: sortTasks(admitted, filter.sort, moment), counts: countsOf(tasks, moment), tags: tagsOf(tasks) };
};
