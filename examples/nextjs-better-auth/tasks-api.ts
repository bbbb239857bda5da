// lib/tasks-api.ts: Taskward's typed client, with a token that it fetches from Better Auth and renews.
import { createTaskwardClient, type TaskwardClient } from '@taskward/client';

interface Options {
  /** URL of Taskward: `https://api.app.example`. */
  readonly url: string;
  /** URL of the auth server; the page's own origin by default. */
  readonly authUrl?: string;
  /** Path of set-token-cookie.ts, if a cookie that no script can read shall hold the token. */
  readonly cookiePath?: string;
  readonly fetch?: typeof globalThis.fetch;
}

/** The client, and what to do when the user signs out. */
export interface TasksApi extends TaskwardClient {
  /** Forgets the token. Call it when the user signs out, or the next user would act as this one. */
  forget(): Promise<void>;
}

const renewSecondsBeforeExpiry = 30;

const expiryOf = (token: string): number => {
  const [, payload = ''] = token.split('.');
  return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))).exp;
};

/** Creates the client. The message of every error that it throws is a sentence to show to the user. */
export const makeTasksApi = ({ url, authUrl = '', cookiePath, fetch = globalThis.fetch }: Options): TasksApi => {
  let token: Promise<string | undefined> | undefined;
  let exp = 0;

  // With a cookie there is no token to return: the browser sends it.
  const fetchToken = async (): Promise<string | undefined> => {
    const [path, method] = cookiePath === undefined ? ['/api/auth/token', 'GET'] : [cookiePath, 'POST'];
    const response = await fetch(authUrl + path, { method, credentials: 'include' });
    if (!response.ok)
      throw new Error(response.status === 401 ? 'Sign in first.' : 'Signing in does not work right now.');
    const body = (await response.json()) as { token?: string; exp?: number };
    exp = body.exp ?? expiryOf(body.token as string);
    return body.token;
  };

  // Calls at the same time wait for the same token.
  const currentToken = ({ refresh }: { refresh: boolean }): Promise<string | undefined> => {
    if (!refresh && token !== undefined && Date.now() / 1000 < exp - renewSecondsBeforeExpiry) return token;
    exp = Number.POSITIVE_INFINITY;
    token = fetchToken().catch((error) => {
      exp = 0;
      throw error;
    });
    return token;
  };

  return {
    ...createTaskwardClient({ baseUrl: url, token: currentToken, fetch }),
    async forget() {
      exp = 0;
      if (cookiePath !== undefined) await fetch(authUrl + cookiePath, { method: 'DELETE' });
    },
  };
};
