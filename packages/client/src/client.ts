import { successOf } from './errors.ts';
import type { CallOptions, TaskwardClientOptions, WriteOptions } from './options.ts';
import { type Call, makeTransport } from './transport.ts';
import type {
  Answer,
  BatchOperation,
  BatchOptions,
  BatchOutcome,
  ListQuery,
  NewTask,
  Page,
  Task,
  TaskChanges,
  TaskReference,
} from './types.ts';

/**
 * The tasks of the signed-in user. Every call rejects with a TaskwardError when it does not succeed, with the signal's
 * reason when it is aborted, and with whatever the token provider throws.
 */
export interface TaskwardClient {
  /** A page of tasks: without a query the 100 newest. */
  list(query?: ListQuery, options?: CallOptions): Promise<Page>;
  /** All tasks that match, page after page, each page fetched when it is needed; `limit` is the size of these. */
  all(query?: Omit<ListQuery, 'cursor' | 'offset' | 'count'>, options?: CallOptions): AsyncIterable<Task>;
  /** One task. @throws TaskwardError `task/not-found` */
  get(id: number, options?: CallOptions): Promise<Task>;
  /** Creates a task. @throws TaskwardError `request/invalid` with all `errors` of the input */
  create(input: NewTask, options?: WriteOptions): Promise<Task>;
  /** Changes the fields that are named. @throws TaskwardError `task/stale` if a task is given that has changed since */
  update(task: TaskReference, changes: TaskChanges, options?: WriteOptions): Promise<Task>;
  /** Ticks a task off, or with `false` on again. @throws TaskwardError `task/stale`, as `update` */
  complete(task: TaskReference, completed?: boolean, options?: WriteOptions): Promise<Task>;
  /** Turns a task's tick over. @throws TaskwardError `task/stale`, as `update` */
  toggle(task: TaskReference, options?: WriteOptions): Promise<Task>;
  /** Deletes a task. @throws TaskwardError `task/stale`, as `update` */
  remove(task: TaskReference, options?: CallOptions): Promise<void>;
  /** Carries out 1–100 operations. @throws TaskwardError `batch/refused` with `results`, if it is atomic and one fails */
  batch(operations: readonly BatchOperation[], options?: BatchOptions & WriteOptions): Promise<BatchOutcome>;
}

const collection = '/api/tasks';

const queryOf = (query: ListQuery): string => {
  const asked = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string] => [name, String(value)]);
  return asked.length === 0 ? '' : `?${new URLSearchParams(asked)}`;
};

const target = (task: TaskReference, suffix = ''): Pick<Call, 'path' | 'ifRevision'> =>
  typeof task === 'number'
    ? { path: `${collection}/${task}${suffix}` }
    : { path: `${collection}/${task.id}${suffix}`, ifRevision: task.revision };

/**
 * Makes a client of the API's `/api/tasks`. It runs in browsers and on Node 18 or newer.
 * @throws TypeError when `baseUrl` is no http or https URL and no path
 */
export const createTaskwardClient = (clientOptions: TaskwardClientOptions): TaskwardClient => {
  if (!/^(https?:\/\/|\/|$)/i.test(clientOptions.baseUrl)) {
    throw new TypeError(`baseUrl must be like https://api.example.com or /path, and is ${clientOptions.baseUrl}.`);
  }
  const send = makeTransport(clientOptions);

  const taskOf = async (call: Call): Promise<Task> => successOf<Answer<'getTaskOfToken'>>(await send(call)).data;

  const list = async (query: ListQuery = {}, options?: CallOptions): Promise<Page> => {
    const reply = await send({ method: 'GET', path: collection + queryOf(query), options });
    const { data, meta } = successOf<Answer<'listTasksOfToken'>>(reply);
    const etag = reply.headers.get('etag');
    return {
      tasks: data,
      nextCursor: meta.next_cursor,
      limit: meta.limit,
      ...(meta.total !== undefined && { total: meta.total }),
      ...(etag !== null && { etag }),
    };
  };

  return {
    list,

    async *all(query = {}, options) {
      let cursor: string | null | undefined;
      while (cursor !== null) {
        const page: Page = await list({ ...query, ...(cursor !== undefined && { cursor }) }, options);
        yield* page.tasks;
        cursor = page.nextCursor;
      }
    },

    get: (id, options) => taskOf({ method: 'GET', ...target(id), options }),

    create: (input, options) => taskOf({ method: 'POST', path: collection, body: input, options }),

    update: (task, changes, options) => taskOf({ method: 'PATCH', ...target(task), body: changes, options }),

    complete: (task, completed = true, options) =>
      taskOf({ method: 'PATCH', ...target(task, '/complete'), body: { completed }, options }),

    toggle: (task, options) => taskOf({ method: 'PATCH', ...target(task, '/complete'), options }),

    async remove(task, options) {
      const reply = await send({ method: 'DELETE', ...target(task), options });
      // It is gone, most likely by the attempt whose answer did not get through.
      if (reply.status === 404 && reply.repeatedUnsure) return;
      successOf(reply);
    },

    async batch(operations, { atomic, dryRun, ...options } = {}) {
      const body = { operations, ...(atomic !== undefined && { atomic }), ...(dryRun && { dry_run: true }) };
      const reply = await send({ method: 'POST', path: `${collection}/batch`, body, options });
      const { applied, dry_run, results } = successOf<Answer<'applyBatchOfToken'>>(reply).data;
      return { applied, dryRun: dry_run, results };
    },
  };
};
