import type { ApiStyle, StyleName, Task } from './api-styles.ts';
import type { Body, Response_, Send } from './client.ts';
import type { User } from './tokens.ts';
import type { SignFor } from './users.ts';

/** What a clause cannot be checked without; the runner says what to give where it is missing. */
export type Need =
  /** A second user. */
  | 'other'
  /** A user without tasks. */
  | 'empty'
  /** A user who never had a task. */
  | 'fresh'
  /** The secret that tokens are signed with. */
  | 'secret'
  /** The issuer and the audience that the server demands. */
  | 'parties'
  /** The name of the cookie that may hold a token. */
  | 'cookie'
  /** Both styles. */
  | 'both';

/** Asks the server as a user, below the path of the user's tasks: `call('GET', '/1')`. */
export type Call = (
  method: string,
  path: string,
  body?: Body,
  headers?: Readonly<Record<string, string>>,
) => Promise<Response_>;

/** What a check works with. */
export interface Probe {
  readonly style: ApiStyle;
  readonly me: User;
  /** The path of my tasks. */
  readonly mine: string;
  readonly call: Call;
  /** The same as somebody else; `path` is then below that user's tasks. */
  as(user: User, style?: ApiStyle): Call;
  /** A request as it is, without a token. */
  readonly send: Send;
  /** Creates a task of mine. */
  add(content?: object): Promise<Task>;
  /** Reads a task of mine. */
  read(id: number): Promise<Task>;
  /** The tasks on the page of mine that a query asks for. */
  list(query?: string): Promise<Task[]>;
  /** Somebody else; only with the need `other`. */
  readonly other: User;
  /** Signs any token; only with the need `secret`. */
  readonly signFor: SignFor;
  /** The cookie's name; only with the need `cookie`. */
  readonly cookie: string;
  /** An origin that the server lists. */
  readonly origin: string;
}

/** One promise of the wire contract, with a way to see whether a server keeps it. */
export interface Clause {
  /** `list.limit-over-500`: its theme, and what it is about. */
  readonly id: string;
  /** The promise, as a person says it. */
  readonly says: string;
  /** What to do where it is not kept. */
  readonly mend: string;
  /** The styles it is made of; both if not said, and `server` for what has nothing to do with styles. */
  readonly styles?: readonly StyleName[] | 'server';
  readonly needs?: readonly Need[];
  /** Whether it can be checked without any token. */
  readonly anonymous?: true;
  /** @throws Unmet with what was expected and what was got */
  check(probe: Probe): Promise<void>;
}

/**
 * An id that no task has. Where a server might do what it must refuse, this is what it is asked to do it to: a clause
 * touches no task but those that it made.
 */
export const missingId = 2_147_483_647;

/** Everything that can be done with one task: a method, what follows its path, and a body that is fine. */
export const onOneTask: readonly (readonly [method: string, suffix: string, body?: object])[] = [
  ['GET', ''],
  ['PUT', '', { title: 'x' }],
  ['PATCH', '', { title: 'x' }],
  ['PATCH', '/complete'],
  ['DELETE', ''],
];

/** What changes one task. */
export const writesOnOneTask = onOneTask.slice(1);
