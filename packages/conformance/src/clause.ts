import type { ApiStyle, StyleName, Task } from './api-styles.ts';
import type { Body, HttpResponse, Send } from './http-messages.ts';
import type { User } from './tokens.ts';
import type { SignFor } from './users.ts';

/** A precondition of a clause; the runner reports what to provide if it is missing. */
export type Need =
  /** A second user. */
  | 'other'
  /** A user without tasks. */
  | 'empty'
  /** A user who never had a task. */
  | 'fresh'
  /** The secret that tokens are signed with. */
  | 'secret'
  /** The issuer and audience that the server requires. */
  | 'parties'
  /** The name of the cookie that may hold a token. */
  | 'cookie'
  /** Both styles. */
  | 'both';

/** Sends a request as a user, below the path of their tasks: `call('GET', '/1')`. */
export type Call = (
  method: string,
  path: string,
  body?: Body,
  headers?: Readonly<Record<string, string>>,
) => Promise<HttpResponse>;

/** What a check can use. */
export interface Probe {
  readonly style: ApiStyle;
  readonly me: User;
  /** The path of this user's tasks. */
  readonly mine: string;
  readonly call: Call;
  /** The same as another user; `path` is then below that user's tasks. */
  as(user: User, style?: ApiStyle): Call;
  /** Sends a request without adding a token. */
  readonly send: Send;
  /** Creates a task of this user. */
  add(content?: object): Promise<Task>;
  /** Reads a task of this user. */
  read(id: number): Promise<Task>;
  /** Lists this user's tasks: one page. */
  list(query?: string): Promise<Task[]>;
  /** Another user; only with the need `other`. */
  readonly other: User;
  /** Signs any token; only with the need `secret`. */
  readonly signFor: SignFor;
  /** The cookie's name; only with the need `cookie`. */
  readonly cookie: string;
  /** An origin that the server allows. */
  readonly origin: string;
}

/** One statement of the wire contract and the check for it. */
export interface Clause {
  /** Topic and subject: `list.limit-over-500`. */
  readonly id: string;
  /** The statement, as a sentence. */
  readonly says: string;
  /** What to do if a server fails it. */
  readonly mend: string;
  /** The styles it applies to, both by default; `server` if it does not depend on the style. */
  readonly styles?: readonly StyleName[] | 'server';
  readonly needs?: readonly Need[];
  /** Set if it can be checked without a token. */
  readonly anonymous?: true;
  /** @throws Unmet with the expected and the actual behaviour */
  check(probe: Probe): Promise<void>;
}

/**
 * An id that no task has. Requests that a server must reject use it, so that a clause never touches a task that it did
 * not create.
 */
export const missingId = 2_147_483_647;

/** All operations on one task: a method, a path suffix and a valid body. */
export const onOneTask: readonly (readonly [method: string, suffix: string, body?: object])[] = [
  ['GET', ''],
  ['PUT', '', { title: 'x' }],
  ['PATCH', '', { title: 'x' }],
  ['PATCH', '/complete'],
  ['DELETE', ''],
];

/** The operations that change one task. */
export const writesOnOneTask = onOneTask.slice(1);
