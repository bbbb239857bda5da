import type { components, operations } from './schema.ts';

/** A task as the API sends it. */
export type Task = components['schemas']['Task'];

/** The body of an error response. */
export type Failure = components['schemas']['Failure'];

/** One fault of the input. */
export type Fault = NonNullable<Failure['errors']>[number];

/** A task after a change; with `completed_occurrence` and `skipped` if the change completed an occurrence of it. */
export type ChangedTask = components['schemas']['ChangedTask'];

type OneOrMore<Value> = Value extends readonly (infer Item)[] ? Item | readonly Item[] : Value;
type ListParameters = NonNullable<operations['listTasksOfToken']['parameters']['query']>;

/** The parameters of a list. Those that take several values take one, too: `{ sort: ['priority', '-due_date'] }`. */
export type ListQuery = { readonly [Name in keyof ListParameters]: OneOrMore<ListParameters[Name]> };

/** The fields of a new task. */
export type NewTask = operations['createTaskOfToken']['requestBody']['content']['application/json'];

/** The fields to change. A field that is left out keeps its value; `null` clears a field that may be empty. */
export type TaskChanges = operations['changeTaskOfToken']['requestBody']['content']['application/json'];

/** The body of an operation's successful response. */
export type ResponseBody<Operation extends keyof operations> =
  operations[Operation]['responses'][keyof operations[Operation]['responses'] & (200 | 201)] extends {
    content: { 'application/json': infer Body };
  }
    ? Body
    : never;

/** The part of a task that shows whether it has changed. */
export type KnownTask = Pick<Task, 'id' | 'revision'>;

/** One page of tasks. */
export interface Page {
  readonly tasks: Task[];
  /** The `cursor` of the next page; `null` on the last one. */
  readonly nextCursor: string | null;
  /** The number of tasks per page. */
  readonly limit: number;
  /** The number of tasks on all pages, if the query has `count`. */
  readonly total?: number;
  /** The ETag of this page, if the server sends it and CORS exposes it. */
  readonly etag?: string;
}

/** What has become of a task: its new state, or that it was deleted. */
export type Change = components['schemas']['Change'];

/** A reminder that has come due. */
export interface ReminderEvent {
  readonly reminder: {
    /** When it was due. */
    readonly at: string;
    /** Whether it comes more than a minute later than that. */
    readonly late: boolean;
  };
  readonly task: Task;
  /** Its place among the changes of all tasks. */
  readonly revision: number;
}

/** Which changes to read. */
export type ChangesQuery = NonNullable<operations['listChangesOfToken']['parameters']['query']>;

/** Some of the changes. */
export interface ChangesPage {
  /** The last state of each task that changed, in the order of the changes. */
  readonly changes: Change[];
  /** The `since` of the next call. */
  readonly cursor: string;
  /** Whether there is more already; also after a page without changes. */
  readonly hasMore: boolean;
}

/** Where to move a task in the user's own order: next to another task, or to an end. */
export type Place = { readonly before: number } | { readonly after: number } | { readonly to: 'top' | 'bottom' };

/** How the user counts days. */
export type Settings = components['schemas']['Settings'];

/** A tag, with the numbers of its tasks. */
export type Tag = components['schemas']['Tag'];

/** The numbers of tasks: by state, priority and tag. */
export type Summary = components['schemas']['Summary'];

/** The bounds of what can be sent, and how much of them the user uses. */
export type Limits = components['schemas']['OwnerLimits'];

/** An occurrence of a recurring task that was completed. */
export type Occurrence = components['schemas']['Occurrence'];

/** One page of completed occurrences, newest first. */
export interface OccurrencesPage {
  readonly occurrences: Occurrence[];
  /** The `cursor` of the next page; `null` on the last one. */
  readonly nextCursor: string | null;
}

/** A task in the trash. `revision` is that of the deletion. */
export type DeletedTask = components['schemas']['DeletedTask'];

/** Which page of the trash, of a history, or of the completed occurrences to read. */
export type PageQuery = NonNullable<operations['listTrashOfToken']['parameters']['query']>;

/** One page of the trash, newest deletion first. */
export interface TrashPage {
  readonly tasks: DeletedTask[];
  /** The `cursor` of the next page; `null` on the last one. */
  readonly nextCursor: string | null;
}

/** One change of a task, with the values before and after it. */
export type HistoryEntry = components['schemas']['HistoryEntry'];

/** One page of a task's history, newest first. */
export interface HistoryPage {
  readonly entries: HistoryEntry[];
  /** The `cursor` of the next page; `null` on the last one. */
  readonly nextCursor: string | null;
}

/** A field that no longer has the value which a change gave it. */
export type Superseded = NonNullable<Failure['superseded']>[number];

/**
 * One operation of a batch. With `if_revision`, it fails if the task has another revision. An update with `where` and
 * `set` instead of an `id` changes all tasks that a list with these filters has.
 */
export type BatchOperation =
  operations['applyBatchOfToken']['requestBody']['content']['application/json']['operations'][number];

/** The options of a batch. */
export interface BatchOptions {
  /** Whether one failed operation rejects the whole batch: `true` by default. */
  readonly atomic?: boolean;
  /** Whether to return the results without storing anything: `false` by default. */
  readonly dryRun?: boolean;
}

/**
 * The result of one operation: its status, and the task or the error; neither after a deletion. An update of all tasks
 * that meet a filter has `count`, how many do, and `changed`, how many of them it changed.
 */
export type BatchResult = ResponseBody<'applyBatchOfToken'>['data']['results'][number];

/** The result of a batch. */
export interface BatchOutcome {
  /** Whether the successful operations were stored. */
  readonly applied: boolean;
  readonly dryRun: boolean;
  /** In the order of the operations. */
  readonly results: BatchResult[];
}
