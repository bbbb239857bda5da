import type { components, operations } from './schema.ts';

/** A task as the API sends it. */
export type Task = components['schemas']['Task'];

/** The body of a refusal. */
export type Failure = components['schemas']['Failure'];

/** One thing that is wrong with the input. */
export type Fault = NonNullable<Failure['errors']>[number];

/** What a list can be asked for. */
export type ListQuery = NonNullable<operations['listTasksOfToken']['parameters']['query']>;

/** What a task is created from. */
export type NewTask = operations['createTaskOfToken']['requestBody']['content']['application/json'];

/** The fields to change; one that is not named keeps its value, `description: null` clears it. */
export type TaskChanges = operations['changeTaskOfToken']['requestBody']['content']['application/json'];

/** What an operation answers when it succeeds. */
export type ResponseBody<Operation extends keyof operations> =
  operations[Operation]['responses'][keyof operations[Operation]['responses'] & (200 | 201)] extends {
    content: { 'application/json': infer Body };
  }
    ? Body
    : never;

/** A task that was answered before, or as much of it as tells whether it has changed since. */
export type KnownTask = Pick<Task, 'id' | 'revision'>;

/** A page of tasks. */
export interface Page {
  readonly tasks: Task[];
  /** To be sent as `cursor` for the next page; `null` on the last one. */
  readonly nextCursor: string | null;
  /** How many tasks the server puts on a page. */
  readonly limit: number;
  /** How many tasks there are on all pages, if `count` asked for it. */
  readonly total?: number;
  /** The validator of this page, where the server sends one and lets the browser show it. */
  readonly etag?: string;
}

/** One operation of a batch. `if_revision` refuses it if the task has another revision by then. */
export type BatchOperation =
  operations['applyBatchOfToken']['requestBody']['content']['application/json']['operations'][number];

/** How a batch is carried out. */
export interface BatchOptions {
  /** Whether one refusal undoes all of it: `true` if not given. */
  readonly atomic?: boolean;
  /** Whether to only say what would happen: `false` if not given. */
  readonly dryRun?: boolean;
}

/** What became of one operation: its status by itself, and the task, nothing after a deletion, or why it was refused. */
export type BatchResult = ResponseBody<'applyBatchOfToken'>['data']['results'][number];

/** What became of a batch, its results in the order of its operations. */
export interface BatchOutcome {
  /** Whether anything was written. */
  readonly applied: boolean;
  readonly dryRun: boolean;
  readonly results: BatchResult[];
}
