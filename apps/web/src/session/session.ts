import type { TokenProvider } from '@taskward/client';

/** How users sign in, as the server of the page says in `web-app.json`. */
export type SignIn =
  /** Names are enough: the server issues tokens for development. */
  | { readonly kind: 'development'; readonly users: readonly string[] }
  /** With an e-mail address and a password, at a Better Auth server. `cookie`: the API reads the token from a cookie. */
  | { readonly kind: 'better-auth'; readonly url: string; readonly token: 'bearer' | 'cookie' };

/** `web-app.json`, which is served beside the page. */
export interface WebAppConfig {
  /** The URL of the API, relative to the page: empty if it is the same server. */
  readonly api: string;
  readonly signIn: SignIn;
}

/** Who is signed in, and how the client gets their token. */
export interface Session {
  readonly userId: string;
  /** A name to show. */
  readonly name: string;
  /**
   * Gives the client its token. If a cookie holds it, the provider returns `undefined`, and sees to it that the cookie is
   * there. It throws TaskwardError: with status 401 if the session has ended, `client/unreachable` if there is no token and
   * none can be fetched now.
   */
  readonly token: TokenProvider;
}

/** A session that has ended. */
export interface EndedSession {
  readonly userId: string;
  /** Whether the copy of the user's tasks in this browser must be deleted. */
  readonly forget: boolean;
}

/** What both ways to sign in have. */
interface SessionsBase {
  /** Who is signed in; `undefined` if nobody is. A new object for each session. */
  current(): Session | undefined;
  /** Calls a function when somebody is signed in or out, in this tab or another. @returns what ends that */
  watch(listener: () => void): () => void;
}

/** Sessions for development: anybody by name. */
export interface DevelopmentSessions extends SessionsBase {
  readonly kind: 'development';
  /** Names to offer. */
  readonly users: readonly string[];
  /** Signs in as somebody else. @throws Error with a sentence to show */
  use(userId: string): Promise<void>;
}

/** Sessions of accounts with an e-mail address and a password. All calls throw SignInError with a sentence to show. */
export interface AccountSessions extends SessionsBase {
  readonly kind: 'better-auth';
  /** Why nobody is signed in any more, as a sentence; `undefined` if that was asked for. */
  ended(): string | undefined;
  signUp(details: { name: string; email: string; password: string }): Promise<void>;
  signIn(details: { email: string; password: string }): Promise<void>;
  /** @param forget whether to delete the copy of the tasks in this browser */
  signOut(forget: boolean): Promise<void>;
  /** Deletes the account, all its tasks, and the copy in this browser. */
  deleteAccount(password: string): Promise<void>;
}

/** Who uses the page. */
export type Sessions = DevelopmentSessions | AccountSessions;

/** The field of a form that an error is about. */
export type SignInField = 'name' | 'email' | 'password';

/** Signing in, up or out did not work. Its message is a sentence to show. */
export class SignInError extends Error {
  /** The field that is to be changed, if it is one. */
  readonly field: SignInField | undefined;
  /** The HTTP status; 0 if there was no response. */
  readonly status: number;

  constructor(message: string, details: { status: number; field?: SignInField | undefined; cause?: unknown }) {
    super(message, { cause: details.cause });
    this.name = 'SignInError';
    this.status = details.status;
    this.field = details.field;
  }
}
