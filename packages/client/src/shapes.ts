import { taskTypes } from './schema.ts';
import type { BatchResult, Fault, Superseded, Task } from './types.ts';

// The least that a response must have. Further fields are allowed: a newer server may have added them.

type Values = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value);
const isText = (value: unknown): boolean => typeof value === 'string';
const isFlag = (value: unknown): boolean => typeof value === 'boolean';

const types = {
  integer: isWhole,
  string: isText,
  boolean: isFlag,
  array: Array.isArray,
  object: isObject,
  null: (value: unknown) => value === null,
};

const fields: Readonly<Record<keyof Task, readonly (keyof typeof types)[]>> = taskTypes;

/** Whether the value is a task. */
export const isTask = (value: unknown): value is Task =>
  isObject(value) &&
  Object.entries(fields).every(([name, may]) => may.some((type) => types[type](value[name]))) &&
  (value.tags as unknown[]).every(isText) &&
  (value.repeat === null || isText((value.repeat as Values).rule));

const isPageOf =
  (isItem: (value: unknown) => boolean) =>
  ({ data, meta }: Values): boolean =>
    Array.isArray(data) &&
    data.every(isItem) &&
    isObject(meta) &&
    isWhole(meta.limit) &&
    (meta.next_cursor === null || isText(meta.next_cursor)) &&
    (meta.total === undefined || isWhole(meta.total));

/** Whether the body is that of a list. */
export const isList = isPageOf(isTask);

/** Whether the body is that of a page of the trash. */
export const isTrash = isPageOf((one) => isTask(one) && isText((one as unknown as Values).deleted_at));

/** Whether the body is that of a page of a task's history. */
export const isHistory = isPageOf(
  (one) => isObject(one) && isWhole(one.revision) && isText(one.at) && isText(one.kind) && isObject(one.changed),
);

/** Whether the body is that of a page of completed occurrences. */
export const isOccurrences = isPageOf(
  (one) =>
    isObject(one) &&
    isWhole(one.revision) &&
    isText(one.completed_at) &&
    (one.due_date === null || isText(one.due_date)),
);

const isTag = (value: unknown): boolean =>
  isObject(value) && isText(value.name) && isWhole(value.pending) && isWhole(value.completed);

/** Whether the body is that of the tags. */
export const isTags = ({ data }: Values): boolean => Array.isArray(data) && data.every(isTag);

/** Whether the body says how many tasks a change of a tag has changed. */
export const isTagChange = ({ data }: Values): boolean => isObject(data) && isWhole(data.tasks);

/** Whether the body is that of a summary. */
export const isSummary = ({ data }: Values): boolean =>
  isObject(data) &&
  [data.pending, data.completed, data.overdue, data.today].every(isWhole) &&
  isObject(data.priorities) &&
  Object.values(data.priorities).every(isWhole) &&
  isTags({ data: data.tags });

/** Whether the body is that of the settings. */
export const isSettings = ({ data }: Values): boolean =>
  isObject(data) && [data.time_zone, data.day_starts_at, data.week_starts_on].every(isText);

/** Whether the body is that of the limits. */
export const isLimits = ({ data }: Values): boolean =>
  isObject(data) && isObject(data.text_lengths) && isObject(data.used) && isWhole(data.used.tasks_per_user);

/** Whether the value says what has become of a task. */
export const isChange = (value: unknown): boolean =>
  isObject(value) &&
  (value.op === 'put' ? isTask(value.task) : value.op === 'delete' && isWhole(value.id) && isWhole(value.revision));

/** Whether the value is a reminder that has come due. */
export const isReminder = (value: unknown): boolean =>
  isObject(value) &&
  isTask(value.task) &&
  isWhole(value.revision) &&
  isObject(value.reminder) &&
  isText(value.reminder.at) &&
  isFlag(value.reminder.late);

/** Whether the body has what has become of tasks. */
export const hasChanges = ({ data }: Values): boolean => Array.isArray(data) && data.every(isChange);

/** Whether the body is that of some of the changes. */
export const isChanges = (body: Values): boolean =>
  hasChanges(body) && isObject(body.meta) && isText(body.meta.cursor) && isFlag(body.meta.has_more);

/** Whether the body says how many tasks were removed. */
export const isPurged = ({ data }: Values): boolean => isObject(data) && isWhole(data.purged);

/** Whether the value is the fields that keep a change from being undone. */
export const areSuperseded = (value: unknown): value is Superseded[] =>
  Array.isArray(value) && value.every((one) => isObject(one) && isWhole(one.id) && isText(one.field));

const isResult = (value: unknown): boolean =>
  isObject(value) && isWhole(value.status) && (value.task === undefined || isTask(value.task));

/** Whether the value is the results of a batch. */
export const areResults = (value: unknown): value is BatchResult[] => Array.isArray(value) && value.every(isResult);

/** Whether the value is the faults of an input. */
export const areFaults = (value: unknown): value is Fault[] =>
  Array.isArray(value) && value.every((one) => isObject(one) && isText(one.field) && isText(one.message));

/** Whether the body is that of a batch with `count` operations. */
export const isBatch = ({ data }: Values, count: number): boolean =>
  isObject(data) &&
  isFlag(data.applied) &&
  isFlag(data.dry_run) &&
  areResults(data.results) &&
  data.results.length === count;
