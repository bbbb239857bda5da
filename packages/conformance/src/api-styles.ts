import type { HttpResponse } from './http-messages.ts';
import type { User } from './tokens.ts';
import { demand, demandStatus } from './unmet.ts';

/** How a task recurs, as JSON. */
export interface Repeat {
  readonly rule: string;
  readonly from: string;
  readonly short_months: string;
  readonly start: string;
}

/** A task as JSON. */
export interface Task {
  readonly id: number;
  readonly user_id: string;
  readonly title: string;
  readonly description: string | null;
  readonly completed: boolean;
  readonly priority: string | null;
  readonly tags: readonly string[];
  readonly due_date: string | null;
  readonly due_at: string | null;
  readonly repeat: Repeat | null;
  readonly reminders: readonly object[];
  readonly position: string;
  /** An object of the client's own. */
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly completed_at: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly revision: number;
  /** Only in the response to the change that completed an occurrence. */
  readonly completed_occurrence?: string;
  readonly skipped?: number;
}

/** The names of the two styles in which a server offers the same tasks. */
export type StyleName = 'bare' | 'envelope';

/** One of the two styles, as a client sees it. */
export interface ApiStyle {
  readonly name: StyleName;
  /** Returns the path of a user's tasks. */
  collection(user: Pick<User, 'id'>): string;
  /** Returns the result from a successful response. */
  data(response: HttpResponse): unknown;
  readonly sentence: 'detail' | 'error';
  readonly errorType: RegExp;
  readonly deletedStatus: 204 | 200;
  /** Returns the query of the next page; `undefined` on the last one. */
  next(response: HttpResponse, query: string): string | undefined;
  /** Returns the members of a page of changes, which may be missing. */
  changesPage(response: HttpResponse): {
    readonly changes?: unknown;
    readonly cursor?: unknown;
    readonly has_more?: unknown;
  };
  /** Returns the number of tasks on all pages, if the response has it. */
  total(response: HttpResponse): number | undefined;
}

type Envelope = { data?: unknown; meta?: { next_cursor?: unknown; total?: unknown } } | undefined;

/** Returns the links of a response by relation (RFC 8288). */
export const linksOf = (response: HttpResponse): Map<string, string> =>
  new Map(
    [...(response.headers.link ?? '').matchAll(/<([^>]*)>\s*;\s*rel="?(\w+)"?/g)].map(([, url = '', rel = '']) => [
      rel,
      url,
    ]),
  );

const searchOf = (link: string): string => new URL(link, 'http://server').search;

/** Both styles, by name. */
export const styles: Readonly<Record<StyleName, ApiStyle>> = {
  bare: {
    name: 'bare',
    collection: ({ id }) => `/api/${encodeURIComponent(id)}/tasks`,
    data: ({ json }) => json,
    sentence: 'detail',
    errorType: /^application\/problem\+json\b/,
    deletedStatus: 204,
    changesPage: ({ json }) => json ?? {},
    next(response) {
      const link = linksOf(response).get('next');
      return link === undefined ? undefined : searchOf(link);
    },
    total: ({ headers }) => (headers['x-total-count'] === undefined ? undefined : Number(headers['x-total-count'])),
  },
  envelope: {
    name: 'envelope',
    collection: () => '/api/tasks',
    data: ({ json }) => (json as Envelope)?.data,
    sentence: 'error',
    errorType: /^application\/json\b/,
    deletedStatus: 200,
    changesPage: ({ json }) => ({ ...(json as Envelope)?.meta, changes: (json as Envelope)?.data }),
    next({ json }, query) {
      const cursor = (json as Envelope)?.meta?.next_cursor;
      if (typeof cursor !== 'string') return undefined;
      const parameters = new URLSearchParams(query);
      parameters.set('cursor', cursor);
      return `?${parameters}`;
    },
    total: ({ json }) => (json as Envelope)?.meta?.total as number | undefined,
  },
};

/** Returns the task in a response. @throws Unmet if there is none */
export const taskIn = (style: ApiStyle, response: HttpResponse, ...statuses: number[]): Task => {
  demandStatus(response, ...(statuses.length > 0 ? statuses : [200]));
  const task = style.data(response) as Task | undefined;
  demand(response, typeof task === 'object' && task !== null && Number.isInteger(task.id), 'a task in the body');
  return task;
};

/** Returns the tasks of a list. @throws Unmet if the body is not a list */
export const tasksIn = (style: ApiStyle, response: HttpResponse): Task[] => {
  demandStatus(response, 200);
  const tasks = style.data(response);
  demand(response, Array.isArray(tasks), 'a list of tasks in the body');
  return tasks as Task[];
};

/** What has become of a task. */
export type Change =
  | { readonly op: 'put'; readonly task: Task }
  | { readonly op: 'delete'; readonly id: number; readonly revision: number; readonly at: string };

const isChange = (value: unknown): value is Change => {
  const { op, task, id } = (value ?? {}) as { op?: unknown; task?: { id?: unknown }; id?: unknown };
  return (op === 'put' && Number.isInteger(task?.id)) || (op === 'delete' && Number.isInteger(id));
};

/** Returns a list of changes. @throws Unmet if it is none */
export const changesIn = (response: HttpResponse, list: unknown): Change[] => {
  demand(
    response,
    Array.isArray(list) && list.every(isChange),
    'a list of `{op: "put", task}` and `{op: "delete", id, …}`',
  );
  return list as Change[];
};
