import { now, type StyleName, sign } from '@taskward/conformance';
import { secret } from '../support/http/tokens.ts';
import { type Asked, type Fault, parties, type ReceivedResponse } from './planted-server.ts';

/** A server that breaks the contract in one way, and the clauses that must notice it: these and no other. */
export interface Planted {
  readonly style: StyleName;
  readonly fault: Fault;
  readonly breaks: readonly string[];
}

export const responding =
  (change: (responded: ReceivedResponse, asked: Asked) => ReceivedResponse): Fault =>
  async (asked, forward) =>
    change(await forward(asked), asked);

export const asking =
  (change: (asked: Asked) => Asked): Fault =>
  (asked, forward) =>
    forward(change(asked));

export const refusing = (status: number, body: object): ReceivedResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(body)),
});

export const withoutHeader = (asked: Asked, name: string): Asked => ({
  ...asked,
  headers: { ...asked.headers, [name]: undefined },
});

export const matching = (headers: ReceivedResponse['headers'], kept: (name: string) => boolean) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => kept(name)));

export const utf8 = new TextDecoder('utf-8', { fatal: true });

export const bodyOf = ({ body }: { body: Buffer }): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(utf8.decode(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
};

export const withBody = (asked: Asked, body: object): Asked => ({ ...asked, body: Buffer.from(JSON.stringify(body)) });

/** Changes the bodies of the responses of some paths, if they are objects. */
export const changing = (path: RegExp, change: (body: Record<string, unknown>) => void): Fault =>
  responding((responded, { url }) => {
    const body = path.test(url) ? bodyOf(responded) : undefined;
    if (body === undefined) return responded;
    change(body);
    return { ...responded, body: Buffer.from(JSON.stringify(body)) };
  });

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** A task as a response has it, to be changed. */
export interface AnyTask {
  id: number;
  completed: boolean;
  tags: string[];
  due_date: string | null;
  due_at: string | null;
  repeat: { rule: string } | null;
  reminders: object[] | null;
  metadata: Json | null;
  completed_at: string | null;
  readonly updated_at: string;
  revision: number;
  completed_occurrence?: string;
  skipped?: number;
}

const tasksWithin = (value: unknown): AnyTask[] => {
  if (!isObject(value)) return [];
  if ('title' in value && 'due_at' in value) return [value as unknown as AnyTask];
  return Object.values(value).flatMap(tasksWithin);
};

/** Changes every task in the responses of some paths. */
export const changingTasks = (path: RegExp, change: (task: AnyTask, asked: Asked) => void): Fault =>
  responding((responded, asked) => {
    if (responded.body.length === 0 || !path.test(asked.url)) return responded;
    if (!/json/.test(String(responded.headers['content-type']))) return responded;
    const body: unknown = JSON.parse(responded.body.toString());
    const tasks = tasksWithin(body);
    for (const task of tasks) change(task, asked);
    return tasks.length === 0 ? responded : { ...responded, body: Buffer.from(JSON.stringify(body)) };
  });

/**
 * Changes the bodies of requests, if they are objects.
 * @param requests matches the method and the path: `PATCH /api/tasks/1`
 * @param change returns the body to send; `undefined` for the one that was sent
 */
export const sending = (requests: RegExp, change: (body: Json) => Json | undefined): Fault =>
  asking((asked) => {
    const body = requests.test(`${asked.method} ${asked.url}`) ? bodyOf(asked) : undefined;
    const changed = body === undefined ? undefined : change(body);
    return changed === undefined ? asked : withBody(asked, changed);
  });

/** Asks for another path or query. */
export const askingFor = (change: (url: string) => string): Fault =>
  asking((asked) => (asked.method === 'GET' ? { ...asked, url: change(asked.url) } : asked));

export const tokenOf = ({ headers }: Asked): string => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';

export const withToken = (asked: Asked, token: string): Asked => ({
  ...asked,
  headers: { ...asked.headers, authorization: `Bearer ${token}` },
});

export const resigned = (asked: Asked, claims: Record<string, unknown>): Asked =>
  withToken(asked, sign(secret, { iss: parties.issuer, aud: parties.audience, ...claims, exp: now() + 3600 }));
