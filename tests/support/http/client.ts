import type { TaskRecord, TaskRepository } from '@taskward/application';
import type { FastifyInstance } from 'fastify';
import t, { type Test } from 'tap';
import { aCaller, anApi, type Caller, type Stores, stores, styles } from './api.ts';

export type ApiStyle = (typeof styles)[keyof typeof styles];

/** Runs the same tests over the store in memory and over PostgreSQL. */
export const overStores = (
  body: (t: Test, setting: { tasks: TaskRepository; store: Stores; app: FastifyInstance }) => unknown,
) => {
  for (const [name, makeStore] of Object.entries(stores)) {
    t.test(`over ${name}`, async (t) => {
      const store = await makeStore(t);
      await body(t, { tasks: store.tasks, store, app: await anApi(t, store) });
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

/** Runs one test on both styles, each with a user of its own. @param headers of each request */
export const onStyles = (
  t: Test,
  app: FastifyInstance,
  title: string,
  body: (t: Test, client: Client) => Promise<unknown>,
  headers: Readonly<Record<string, string>> = {},
) => {
  for (const [name, style] of Object.entries(styles)) {
    t.test(`${title} (${name} style)`, async (t) => {
      await body(t, aClient(app, style, aCaller(app, undefined, headers)));
    });
  }
};
