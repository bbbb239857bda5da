import { type ChangeCalls, makeChangeCalls } from './calls/change-calls.ts';
import { makePlanningCalls, type PlanningCalls } from './calls/planning-calls.ts';
import { collection, queryOf, type Target, target } from './calls/target.ts';
import { endless, successOf } from './errors.ts';
import { type ChangeListener, type SubscribeOptions, subscribe } from './live/subscribe.ts';
import type { CallOptions, IfUnchanged, OccurrenceOptions, TaskwardClientOptions, WriteOptions } from './options.ts';
import { isBatch, isList, isTask } from './shapes.ts';
import type { LocalTasks } from './sync/local-tasks.ts';
import type { SyncStore } from './sync/store.ts';
import { makeLocalTasks } from './sync/sync.ts';
import { makeCredentials, userOf } from './transport/credentials.ts';
import { type Call, makeTransport } from './transport/transport.ts';
import type {
  BatchOperation,
  BatchOptions,
  BatchOutcome,
  ChangedTask,
  KnownTask,
  ListQuery,
  NewTask,
  Page,
  ResponseBody,
  Task,
  TaskChanges,
} from './types.ts';

/**
 * The tasks of the authenticated user. A failed call rejects with a TaskwardError, an aborted one with the signal's
 * reason. Errors of the token provider are passed on.
 */
export interface TaskwardClient extends ChangeCalls, PlanningCalls {
  /** Lists one page of tasks; without a query the 100 newest. */
  list(query?: ListQuery, options?: CallOptions): Promise<Page>;
  /** Iterates over all tasks that match. Pages are fetched on demand; `limit` is their size. */
  all(query?: Omit<ListQuery, 'cursor' | 'offset' | 'count'>, options?: CallOptions): AsyncIterable<Task>;
  /** Returns one task. @throws TaskwardError `task/not-found` */
  get(id: number, options?: CallOptions): Promise<Task>;
  /** Creates a task. @throws TaskwardError `request/invalid`, with every fault in `errors` */
  create(input: NewTask, options?: WriteOptions): Promise<Task>;
  /**
   * Changes some fields of a task. With an id, it writes unconditionally; with a task, `ifUnchanged` says whether the
   * task must be unchanged.
   * @throws TaskwardError `task/stale` with `current`, if it must be unchanged and is not
   */
  update(id: number, changes: TaskChanges, options?: WriteOptions): Promise<ChangedTask>;
  update(task: KnownTask, changes: TaskChanges, options: IfUnchanged & WriteOptions): Promise<ChangedTask>;
  /**
   * Marks a task as done, or with `false` as not done. A recurring task moves on to its next occurrence and stays open;
   * `completed_occurrence` is the one that was completed. With `occurrence`, it is no other.
   * @throws TaskwardError `task/occurrence-passed` if the task is due on another one; `task/stale`, as `update`
   */
  complete(id: number, completed?: boolean, options?: OccurrenceOptions & WriteOptions): Promise<ChangedTask>;
  complete(
    task: KnownTask,
    completed: boolean,
    options: IfUnchanged & OccurrenceOptions & WriteOptions,
  ): Promise<ChangedTask>;
  /** Toggles completion. @throws TaskwardError `task/stale`, as `update` */
  toggle(id: number, options?: WriteOptions): Promise<ChangedTask>;
  toggle(task: KnownTask, options: IfUnchanged & WriteOptions): Promise<ChangedTask>;
  /** Deletes a task. @throws TaskwardError `task/stale`, as `update` */
  remove(id: number, options?: CallOptions): Promise<void>;
  remove(task: KnownTask, options: IfUnchanged & CallOptions): Promise<void>;
  /** Applies 1 to 100 operations. @throws TaskwardError `batch/refused` with `results`, if atomic and one fails */
  batch(operations: readonly BatchOperation[], options?: BatchOptions & WriteOptions): Promise<BatchOutcome>;
  /** Opens a copy of all tasks in a store, which can be read and changed offline. It is kept by its own `sync`. */
  sync(store: SyncStore): LocalTasks;
  /**
   * Calls a function with each change, as soon as it happens. It outlasts lost connections and expired tokens, and polls
   * where no stream can be opened. It resolves when the signal is aborted.
   * @throws TaskwardError if it cannot go on, such as `auth/invalid-token`
   */
  subscribe(onChange: ChangeListener, options?: SubscribeOptions): Promise<void>;
}

/**
 * Makes a client of the API's `/api/tasks`. It runs in browsers and on Node 18 or newer.
 * @throws TypeError when `baseUrl` is no http or https URL and no path
 */
export const createTaskwardClient = (clientOptions: TaskwardClientOptions): TaskwardClient => {
  if (!/^(https?:\/\/|\/|$)/i.test(clientOptions.baseUrl)) {
    throw new TypeError(`baseUrl must be like https://api.example.com or /path, and is ${clientOptions.baseUrl}.`);
  }
  const credentials = makeCredentials(clientOptions.token);
  const send = makeTransport(clientOptions, credentials);

  const taskOf = async (call: Call): Promise<ChangedTask> =>
    successOf<ResponseBody<'changeTaskOfToken'>>(await send(call), ({ data }) => isTask(data)).data;

  /**
   * Sets fields, which is safe to repeat without a key, unless a condition would fail the second time, or a recurring task
   * would move on twice.
   */
  const set = (
    on: Pick<Call, 'path' | 'ifRevision'>,
    body: TaskChanges,
    options: WriteOptions | undefined,
  ): Promise<ChangedTask> => {
    const needsKey = on.ifRevision !== undefined || body.completed === true || body.occurrence !== undefined;
    return taskOf({ method: 'PATCH', ...on, body, needsKey, options });
  };

  const list = async (query: ListQuery = {}, options?: CallOptions): Promise<Page> => {
    const reply = await send({ method: 'GET', path: collection + queryOf(query), options });
    const { data, meta } = successOf<ResponseBody<'listTasksOfToken'>>(reply, isList);
    const etag = reply.headers.get('etag');
    return {
      tasks: data,
      nextCursor: meta.next_cursor,
      limit: meta.limit,
      ...(meta.total !== undefined && { total: meta.total }),
      ...(etag !== null && { etag }),
    };
  };

  const batch: TaskwardClient['batch'] = async (operations, { atomic, dryRun, ...options } = {}) => {
    const body = { operations, ...(atomic !== undefined && { atomic }), ...(dryRun && { dry_run: true }) };
    const reply = await send({ method: 'POST', path: `${collection}/batch`, body, needsKey: !dryRun, options });
    const { data } = successOf<ResponseBody<'applyBatchOfToken'>>(reply, (body) => isBatch(body, operations.length));
    const { applied, dry_run, results } = data;
    return { applied, dryRun: dry_run, results };
  };

  const changeCalls = makeChangeCalls(send, taskOf);
  const planningCalls = makePlanningCalls(send, taskOf);
  const { changes } = changeCalls;
  const { occurrences } = planningCalls;
  const currentUser = async () => userOf(await credentials.current());

  return {
    ...changeCalls,
    ...planningCalls,

    list,

    async *all(query = {}, options) {
      const cursors = new Set<string>();
      let cursor: string | null | undefined;
      while (cursor !== null) {
        const page: Page = await list({ ...query, ...(cursor !== undefined && { cursor }) }, options);
        yield* page.tasks;
        cursor = page.nextCursor;
        if (cursor === null) return;
        if (cursors.has(cursor)) throw endless(cursor);
        cursors.add(cursor);
      }
    },

    get: (id, options) => taskOf({ method: 'GET', ...target(id), options }),

    create: (input, options) => taskOf({ method: 'POST', path: collection, body: input, needsKey: true, options }),

    update: async (task: Target, changes: TaskChanges, options?: Partial<IfUnchanged> & WriteOptions) =>
      set(target(task, options), changes, options),

    complete: async (
      task: Target,
      completed = true,
      { occurrence, ...options }: Partial<IfUnchanged> & OccurrenceOptions & WriteOptions = {},
    ) =>
      set(target(task, options, '/complete'), { completed, ...(occurrence !== undefined && { occurrence }) }, options),

    toggle: async (task: Target, options?: Partial<IfUnchanged> & WriteOptions) =>
      taskOf({ method: 'PATCH', ...target(task, options, '/complete'), needsKey: true, options }),

    async remove(task: Target, options?: Partial<IfUnchanged> & CallOptions) {
      const reply = await send({ method: 'DELETE', ...target(task, options), options });
      // An earlier attempt, whose response was lost, has most likely deleted it.
      if (reply.status === 404 && reply.repeatedUnsure) return;
      successOf(reply);
    },

    batch,

    sync: (store) => makeLocalTasks(store, { batch, changes, occurrences, currentUser }),

    subscribe: (onChange, options = {}) =>
      subscribe(onChange, options, { changes, token: credentials.current, renew: credentials.renew }, clientOptions),
  };
};
