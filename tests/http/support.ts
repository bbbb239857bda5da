import { STATUS_CODES } from 'node:http';
import { inspect } from 'node:util';
import type { TaskRecord, TaskRepository } from '@taskward/application';
import type { FastifyBaseLogger, FastifyInstance, LightMyRequestResponse } from 'fastify';
import t, { type Test } from 'tap';
import { aCaller, anApi, type Caller, stores, styles } from '../support/api.ts';

export type ApiStyle = (typeof styles)[keyof typeof styles];

/** Runs the same tests over the store in memory and over PostgreSQL. */
export const overStores = (body: (t: Test, setting: { tasks: TaskRepository; app: FastifyInstance }) => unknown) => {
  for (const [name, makeStore] of Object.entries(stores)) {
    t.test(`over ${name}`, async (t) => {
      const store = await makeStore(t);
      await body(t, { tasks: store.tasks, app: await anApi(t, store) });
    });
  }
};

/** A new user at one of the styles. */
export interface Client {
  readonly style: ApiStyle;
  readonly me: Caller;
  /** Where the user's tasks are on this style. */
  readonly url: string;
  add(content?: object): Promise<TaskRecord>;
  read(id: number): Promise<TaskRecord>;
}

export const aClient = (app: FastifyInstance, style: ApiStyle = styles.bare, me: Caller = aCaller(app)): Client => {
  const url = style.collection(me);
  return {
    style,
    me,
    url,
    add: async (content = {}) => style.data(await me.call('POST', url, { title: 'Buy milk', ...content })),
    read: async (id) => style.data(await me.call('GET', `${url}/${id}`)),
  };
};

/** Runs one test on both styles, each with a user of its own. */
export const onStyles = (
  t: Test,
  app: FastifyInstance,
  title: string,
  body: (t: Test, client: Client) => Promise<unknown>,
) => {
  for (const [name, style] of Object.entries(styles)) {
    t.test(`${title} (${name} style)`, async (t) => void (await body(t, aClient(app, style))));
  }
};

interface Rejection {
  readonly status: number;
  readonly code: string;
  readonly style?: ApiStyle;
  /** What the sentence must say. */
  readonly sentence?: RegExp;
  /** The fields that `errors` must name: these, in any order, and no other. */
  readonly fields?: readonly string[];
  /** What the body must have besides, such as `current`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** Asserts that a response is a complete error in its style: status, media type, every member, request id. */
export const isRefused = (t: Test, response: LightMyRequestResponse, expected: Rejection, about = ''): void => {
  const { status, code, style = styles.bare, sentence = /^\S+( \S+){2,}/, fields, members } = expected;
  const label = `${about} ${status} ${code}`.trim();
  t.equal(response.statusCode, status, `${label}: status`);
  t.equal(response.headers['content-type'], style.mediaType, `${label}: media type`);
  const { errors, ...body } = response.json();
  const requestId = response.headers['x-request-id'];
  t.match(requestId, /^[\w.:-]{1,128}$/, `${label}: X-Request-Id`);
  const text = style.sentence(response);
  const shared = { ...members, code, request_id: requestId };
  const whole =
    style === styles.bare
      ? { type: 'about:blank', title: STATUS_CODES[status], status, detail: text, ...shared }
      : { success: false, error: text, ...shared };
  t.strictSame(body, whole, `${label}: members`);
  t.match(text, sentence, `${label}: sentence`);
  if (code !== 'request/invalid') return void t.equal(errors, undefined, `${label}: no errors`);
  t.ok(
    errors.every(({ field, message }: Record<string, string>) => field && message),
    `${label}: field and message`,
  );
  const named = errors.map(({ field }: { field: string }) => field);
  if (fields !== undefined) t.strictSame(named.sort(), [...fields].sort(), `${label}: fields`);
};

/** The message that `errors` has for a field. */
export const faultOf = (response: LightMyRequestResponse, field: string): string | undefined =>
  (response.json().errors as { field: string; message: string }[]).find((one) => one.field === field)?.message;

/** A store that passes every call on to `on` first: to record it, or to fail. */
export const aStoreThat = (on: (method: string) => void, tasks: TaskRepository): TaskRepository =>
  new Proxy(tasks, {
    get:
      (target, name: keyof TaskRepository) =>
      async (...parameters: never[]) => {
        on(name);
        return (target[name] as (...parameters: never[]) => unknown)(...parameters);
      },
  });

/** A log that keeps everything it is given. */
export const aLog = () => {
  const lines: string[] = [];
  const make = (bindings: object): FastifyBaseLogger => {
    const write =
      (level: string) =>
      (...logged: unknown[]) =>
        void lines.push(inspect({ ...bindings, level, logged }, { depth: 8, maxStringLength: null, breakLength: 1e9 }));
    const levels = Object.fromEntries(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace'].map((level) => [level, write(level)]),
    );
    const logger = {
      ...levels,
      silent: () => {},
      level: 'trace',
      child: (more: object) => make({ ...bindings, ...more }),
    };
    return logger as unknown as FastifyBaseLogger;
  };
  return { lines, logger: make({}) };
};
