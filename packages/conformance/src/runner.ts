import { type ApiStyle, type StyleName, styles, type Task, taskIn, tasksIn } from './api-styles.ts';
import type { Call, Clause, Need, Probe } from './clause.ts';
import type { HttpRequest, HttpResponse, Send } from './http-messages.ts';
import type { User } from './tokens.ts';
import { Unmet } from './unmet.ts';
import type { Users } from './users.ts';

/** The result of one clause in one style, or of the server if the clause does not depend on the style. */
export interface Result {
  readonly clause: Clause;
  readonly style: StyleName | 'server';
  readonly outcome: 'passed' | 'failed' | 'unchecked';
  /** What an unchecked clause would need. */
  readonly needs?: string;
  readonly failure?: { readonly request: string; readonly expected: string; readonly got: string };
}

/** The server and users of a run. */
export interface Setting {
  readonly send: Send;
  readonly users: Users;
  readonly styles: readonly StyleName[];
  /** An origin that the server allows (CORS). */
  readonly origin: string;
  /** The cookie from which the server reads a token, if any. */
  readonly cookie?: string | undefined;
}

const concurrency = 4;

const aUser = 'TOKEN_SECRET, TOKEN_COMMAND or TOKEN';
const missing: Record<Need, string> = {
  other: 'OTHER_TOKEN, or TOKEN_SECRET',
  empty: 'a user without tasks: TOKEN_SECRET or TOKEN_COMMAND, or a TOKEN of one',
  fresh: 'TOKEN_SECRET or TOKEN_COMMAND: a user who never had a task',
  secret: 'TOKEN_SECRET',
  parties: 'TOKEN_ISSUER and TOKEN_AUDIENCE, beside TOKEN_SECRET',
  cookie: 'AUTH_COOKIE, the name of the cookie that the server takes a token from',
  both: 'both styles: leave out --style',
};

const callAs =
  (send: Send, user: User, style: ApiStyle): Call =>
  (method, path, body, headers) =>
    send({
      method,
      path: `${style.collection(user)}${path}`,
      body,
      headers: { authorization: `Bearer ${user.token}`, ...headers },
    });

const createdIn = (style: ApiStyle, { status, json }: HttpResponse): number[] => {
  const data = style.data({ json } as HttpResponse) as
    | (Partial<Task> & { results?: { status: number; task?: Task }[] })
    | undefined;
  if (status === 201 && typeof data?.id === 'number') return [data.id];
  if (status !== 200 || !Array.isArray(data?.results)) return [];
  return data.results.flatMap((result) => (result.status === 201 && result.task ? [result.task.id] : []));
};

// Given users keep their own tasks: delete only those that a clause has created.
const withCleaning = (send: Send): { send: Send; clean(): Promise<void> } => {
  const deletions = new Map<string, HttpRequest>();
  return {
    async send(request) {
      const response = await send(request);
      const [path = ''] = request.path.split('?');
      if (request.method === 'POST') {
        const headers = Object.fromEntries(
          Object.entries(request.headers ?? {}).filter(([name]) =>
            ['authorization', 'cookie', 'origin'].includes(name),
          ),
        );
        const style = path.startsWith('/api/tasks') ? styles.envelope : styles.bare;
        for (const id of createdIn(style, response)) {
          const one = `${path.replace(/(\/batch)?\/?$/, '')}/${id}`;
          deletions.set(JSON.stringify([headers, one]), { method: 'DELETE', path: one, headers });
        }
      }
      return response;
    },
    async clean() {
      for (const request of deletions.values()) await send(request).catch(() => {});
    },
  };
};

const fails = async (clause: Clause, probe: Probe): Promise<Result['failure']> => {
  try {
    await clause.check(probe);
    return undefined;
  } catch (error) {
    if (error instanceof Unmet) return { request: error.request ?? '', expected: error.expected, got: error.got };
    // The response was so different that the check itself threw.
    return { request: '', expected: 'a response that can be read', got: String(error) };
  }
};

const makeProbe = async (
  clause: Clause,
  style: ApiStyle,
  { send, users, origin, cookie }: Setting,
  other: User | undefined,
) => {
  const me = await users.next();
  const call = callAs(send, me, style);
  return {
    style,
    me,
    mine: style.collection(me),
    call,
    as: (user, other = style) => callAs(send, user, other),
    send,
    add: async (content = {}) =>
      taskIn(style, await call('POST', '', { title: `Check ${clause.id}`, ...content }), 201),
    read: async (id) => taskIn(style, await call('GET', `/${id}`)),
    list: async (query = '') => tasksIn(style, await call('GET', query)),
    other: other as User,
    signFor: users.signFor as NonNullable<Users['signFor']>,
    cookie: cookie as string,
    origin,
  } satisfies Probe;
};

const isEmpty = async ({ send, users, styles: [first = 'bare'] }: Setting): Promise<boolean> =>
  (await tasksIn(styles[first], await callAs(send, await users.next(), styles[first])('GET', '?limit=1'))).length === 0;

/**
 * Checks clauses against a server, several at once if each can have a user of its own.
 * @returns the results, in the order of the clauses
 */
export const runClauses = async (clauses: readonly Clause[], setting: Setting): Promise<Result[]> => {
  const { users } = setting;
  const wantsEmpty = clauses.some(({ needs = [] }) => needs.includes('empty'));
  const empty = users.kind === 'own' || (users.kind === 'given' && wantsEmpty && (await isEmpty(setting)));

  const runOne = async (clause: Clause, style: StyleName | 'server'): Promise<Result> => {
    const { needs = [], anonymous } = clause;
    const other = needs.includes('other') ? await users.other() : undefined;
    const has: Record<Need, boolean> = {
      other: other !== undefined,
      empty,
      fresh: users.kind === 'own',
      secret: users.signFor !== undefined,
      parties: users.parties === true,
      cookie: setting.cookie !== undefined,
      both: setting.styles.length === 2,
    };
    const lacks = needs.filter((need) => !has[need]).map((need) => missing[need]);
    if (users.kind === 'none' && !anonymous) lacks.splice(0, lacks.length, aUser);
    if (lacks.length > 0) return { clause, style, outcome: 'unchecked', needs: lacks.join('; ') };

    const { send, clean } =
      users.kind === 'given' ? withCleaning(setting.send) : { send: setting.send, clean: async () => {} };
    const probe = await makeProbe(clause, styles[style === 'server' ? 'envelope' : style], { ...setting, send }, other);
    const failure = await fails(clause, probe);
    await clean();
    return failure === undefined ? { clause, style, outcome: 'passed' } : { clause, style, outcome: 'failed', failure };
  };

  const jobs = clauses.flatMap((clause) => {
    const on = clause.styles === 'server' ? (['server'] as const) : (clause.styles ?? (['bare', 'envelope'] as const));
    return on
      .filter((style) => style === 'server' || setting.styles.includes(style))
      .map((style) => [clause, style] as const);
  });
  const results: Result[] = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < jobs.length; at = next++) {
      const [clause, style] = jobs[at] as (typeof jobs)[number];
      results[at] = await runOne(clause, style);
    }
  };
  await Promise.all(Array.from({ length: users.kind === 'own' ? concurrency : 1 }, work));
  return results;
};

/**
 * Checks that the server responds and accepts the tokens.
 * @throws Error that says what to do if it does not
 */
export const assertReachable = async (baseUrl: URL, setting: Setting): Promise<void> => {
  const { send, users } = setting;
  const style = styles[setting.styles[0] ?? 'bare'];
  const user = await users.next();
  const response = await callAs(
    send,
    user,
    style,
  )('GET', '?limit=1').catch((error: Unmet) => {
    throw new Error(
      `${baseUrl.href} does not answer (${error.got}). Start the server, or set BASE_URL to where it is.`,
    );
  });
  if (response.status !== 401 || users.kind === 'none') return;
  const { json, text } = response;
  const sentence = (json as Record<string, unknown> | undefined)?.[style.sentence] ?? text;
  throw new Error(
    `The server refuses a token of ${users.source}: ${sentence}\nSet TOKEN_SECRET (and TOKEN_ISSUER, TOKEN_AUDIENCE if it requires them), TOKEN_COMMAND, or TOKEN and OTHER_TOKEN.`,
  );
};
