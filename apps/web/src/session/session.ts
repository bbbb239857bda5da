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
  /** Absent if the API reads the token from a cookie. */
  readonly token: TokenProvider | undefined;
}
