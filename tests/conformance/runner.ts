import type { Call, Clause, Need, Probe } from './clause.ts';
import type { Answer, Ask, Send } from './client.ts';
import { type Face, type FaceName, faces, type Task, taskIn, tasksIn } from './faces.ts';
import type { User } from './tokens.ts';
import { Unmet } from './unmet.ts';
import type { Users } from './users.ts';

/** What became of one clause on one face, or, for what has nothing to do with faces, of the server. */
export interface Result {
  readonly clause: Clause;
  readonly face: FaceName | 'server';
  readonly outcome: 'passed' | 'failed' | 'unchecked';
  /** What was missing, of an unchecked one. */
  readonly needs?: string;
  readonly failure?: { readonly request: string; readonly expected: string; readonly got: string };
}

/** What a run works with. */
export interface Setting {
  readonly send: Send;
  readonly users: Users;
  readonly faces: readonly FaceName[];
  /** An origin that the server lists for CORS. */
  readonly origin: string;
  /** The cookie that may hold a token, where the server takes one. */
  readonly cookie?: string | undefined;
}

const atOnce = 4;

const aUser = 'TOKEN_SECRET, TOKEN_COMMAND or TOKEN';
const missing: Record<Need, string> = {
  other: 'OTHER_TOKEN, or TOKEN_SECRET',
  empty: 'a user without tasks: TOKEN_SECRET or TOKEN_COMMAND, or a TOKEN of one',
  fresh: 'TOKEN_SECRET or TOKEN_COMMAND: a user who never had a task',
  secret: 'TOKEN_SECRET',
  parties: 'TOKEN_ISSUER and TOKEN_AUDIENCE, beside TOKEN_SECRET',
  cookie: 'AUTH_COOKIE, the name of the cookie that the server takes a token from',
  both: 'both faces: leave out --face',
};

const callAs =
  (send: Send, user: User, face: Face): Call =>
  (method, path, body, headers) =>
    send({
      method,
      path: `${face.collection(user)}${path}`,
      body,
      headers: { authorization: `Bearer ${user.token}`, ...headers },
    });

const createdIn = (face: Face, { status, json }: Answer): number[] => {
  const data = face.data({ json } as Answer) as
    | (Partial<Task> & { results?: { status: number; task?: Task }[] })
    | undefined;
  if (status === 201 && typeof data?.id === 'number') return [data.id];
  if (status !== 200 || !Array.isArray(data?.results)) return [];
  return data.results.flatMap((result) => (result.status === 201 && result.task ? [result.task.id] : []));
};

// Given users keep what they had: every task that a clause makes is noted, and removed when it is done.
const withCleaning = (send: Send): { send: Send; clean(): Promise<void> } => {
  const made = new Map<string, Ask>();
  return {
    async send(ask) {
      const answer = await send(ask);
      const [path = ''] = ask.path.split('?');
      if (ask.method === 'POST') {
        const headers = Object.fromEntries(
          Object.entries(ask.headers ?? {}).filter(([name]) => ['authorization', 'cookie', 'origin'].includes(name)),
        );
        const face = path.startsWith('/api/tasks') ? faces.envelope : faces.bare;
        for (const id of createdIn(face, answer)) {
          const one = `${path.replace(/(\/batch)?\/?$/, '')}/${id}`;
          made.set(JSON.stringify([headers, one]), { method: 'DELETE', path: one, headers });
        }
      }
      return answer;
    },
    async clean() {
      for (const ask of made.values()) await send(ask).catch(() => {});
    },
  };
};

const fails = async (clause: Clause, probe: Probe): Promise<Result['failure']> => {
  try {
    await clause.check(probe);
    return undefined;
  } catch (error) {
    if (error instanceof Unmet) return { request: error.request ?? '', expected: error.expected, got: error.got };
    // An answer that is so unlike what was expected that the check could not even read it.
    return { request: '', expected: 'an answer that can be read', got: String(error) };
  }
};

const makeProbe = async (
  clause: Clause,
  face: Face,
  { send, users, origin, cookie }: Setting,
  other: User | undefined,
) => {
  const me = await users.next();
  const call = callAs(send, me, face);
  return {
    face,
    me,
    mine: face.collection(me),
    call,
    as: (user, other = face) => callAs(send, user, other),
    send,
    add: async (content = {}) => taskIn(face, await call('POST', '', { title: `Check ${clause.id}`, ...content }), 201),
    read: async (id) => taskIn(face, await call('GET', `/${id}`)),
    list: async (query = '') => tasksIn(face, await call('GET', query)),
    other: other as User,
    signFor: users.signFor as NonNullable<Users['signFor']>,
    cookie: cookie as string,
    origin,
  } satisfies Probe;
};

const isEmpty = async ({ send, users, faces: [first = 'bare'] }: Setting): Promise<boolean> =>
  (await tasksIn(faces[first], await callAs(send, await users.next(), faces[first])('GET', '?limit=1'))).length === 0;

/**
 * Checks clauses against a server, several at once where it has users of its own to do it with.
 * @returns the results, in the order of the clauses
 */
export const runClauses = async (clauses: readonly Clause[], setting: Setting): Promise<Result[]> => {
  const { users } = setting;
  const wantsEmpty = clauses.some(({ needs = [] }) => needs.includes('empty'));
  const empty = users.kind === 'own' || (users.kind === 'given' && wantsEmpty && (await isEmpty(setting)));

  const runOne = async (clause: Clause, face: FaceName | 'server'): Promise<Result> => {
    const { needs = [], anonymous } = clause;
    const other = needs.includes('other') ? await users.other() : undefined;
    const has: Record<Need, boolean> = {
      other: other !== undefined,
      empty,
      fresh: users.kind === 'own',
      secret: users.signFor !== undefined,
      parties: users.parties === true,
      cookie: setting.cookie !== undefined,
      both: setting.faces.length === 2,
    };
    const lacks = needs.filter((need) => !has[need]).map((need) => missing[need]);
    if (users.kind === 'none' && !anonymous) lacks.splice(0, lacks.length, aUser);
    if (lacks.length > 0) return { clause, face, outcome: 'unchecked', needs: lacks.join('; ') };

    const { send, clean } =
      users.kind === 'given' ? withCleaning(setting.send) : { send: setting.send, clean: async () => {} };
    const probe = await makeProbe(clause, faces[face === 'server' ? 'envelope' : face], { ...setting, send }, other);
    const failure = await fails(clause, probe);
    await clean();
    return failure === undefined ? { clause, face, outcome: 'passed' } : { clause, face, outcome: 'failed', failure };
  };

  const jobs = clauses.flatMap((clause) => {
    const on = clause.faces === 'server' ? (['server'] as const) : (clause.faces ?? (['bare', 'envelope'] as const));
    return on
      .filter((face) => face === 'server' || setting.faces.includes(face))
      .map((face) => [clause, face] as const);
  });
  const results: Result[] = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < jobs.length; at = next++) {
      const [clause, face] = jobs[at] as (typeof jobs)[number];
      results[at] = await runOne(clause, face);
    }
  };
  await Promise.all(Array.from({ length: users.kind === 'own' ? atOnce : 1 }, work));
  return results;
};

/**
 * Sees whether there is a server, and whether it takes the tokens that were given.
 * @throws Error that says what to do when nothing could be checked anyway
 */
export const assertAnswering = async (baseUrl: URL, setting: Setting): Promise<void> => {
  const { send, users } = setting;
  const face = faces[setting.faces[0] ?? 'bare'];
  const user = await users.next();
  const answer = await callAs(
    send,
    user,
    face,
  )('GET', '?limit=1').catch((error: Unmet) => {
    throw new Error(
      `${baseUrl.href} does not answer (${error.got}). Start the server, or set BASE_URL to where it is.`,
    );
  });
  if (answer.status !== 401 || users.kind === 'none') return;
  const { json, text } = answer;
  const sentence = (json as Record<string, unknown> | undefined)?.[face.sentence] ?? text;
  throw new Error(
    `The server refuses a token of ${users.source}: ${sentence}\nSet TOKEN_SECRET (and TOKEN_ISSUER, TOKEN_AUDIENCE where it demands them), TOKEN_COMMAND, or TOKEN and OTHER_TOKEN.`,
  );
};
