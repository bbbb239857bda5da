// lib/tasks-api.ts: calls Taskward from the browser, with a token that it fetches and renews.

export interface Task {
  readonly id: number;
  readonly title: string;
  readonly description: string | null;
  readonly completed: boolean;
}

interface Options {
  /** Where Taskward is: `https://api.app.example`. */
  readonly url: string;
  /** Where the auth server is; the page's own origin if not given. */
  readonly authUrl?: string;
  /** The path of set-token-cookie.ts: then a cookie holds the token, and no script sees it. */
  readonly cookiePath?: string;
  readonly fetch?: typeof globalThis.fetch;
}

const earlySeconds = 30;

const expiryOf = (token: string): number => {
  const [, payload = ''] = token.split('.');
  return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))).exp;
};

/** Makes the client. Whatever it throws has a sentence to show as its message. */
export const makeTasksApi = ({ url, authUrl = '', cookiePath, fetch = globalThis.fetch }: Options) => {
  let token: Promise<string | undefined> | undefined;
  let exp = 0;

  const fetchToken = async (): Promise<string | undefined> => {
    const [path, method] = cookiePath === undefined ? ['/api/auth/token', 'GET'] : [cookiePath, 'POST'];
    const response = await fetch(authUrl + path, { method, credentials: 'include' });
    if (!response.ok)
      throw new Error(response.status === 401 ? 'Sign in first.' : 'Signing in does not work right now.');
    const answer = (await response.json()) as { token?: string; exp?: number };
    exp = answer.exp ?? expiryOf(answer.token as string);
    return answer.token;
  };

  // Calls at the same time wait for the same token.
  const currentToken = (): Promise<string | undefined> => {
    if (token !== undefined && Date.now() / 1000 < exp - earlySeconds) return token;
    exp = Number.POSITIVE_INFINITY;
    token = fetchToken().catch((error) => {
      exp = 0;
      throw error;
    });
    return token;
  };

  const send = async (path: string, method: string, body?: object): Promise<Response> => {
    const bearer = await currentToken();
    return fetch(`${url}/api/tasks${path}`, {
      method,
      credentials: cookiePath === undefined ? 'omit' : 'include',
      headers: {
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  };

  const call = async <Data>(path: string, method = 'GET', body?: object): Promise<Data> => {
    let response = await send(path, method, body);
    if (response.status === 401) {
      exp = 0;
      response = await send(path, method, body);
    }
    const answer = (await response.json()) as { success: true; data: Data } | { success: false; error: string };
    if (!answer.success) throw new Error(answer.error);
    return answer.data;
  };

  return {
    list: (query: Record<string, string> = {}) => call<Task[]>(`?${new URLSearchParams(query)}`),
    create: (task: { title: string; description?: string | null }) => call<Task>('', 'POST', task),
    complete: (id: number, completed = true) => call<Task>(`/${id}/complete`, 'PATCH', { completed }),
    /** To be called when the user signs out, or the next one would act as this one. */
    async forget(): Promise<void> {
      exp = 0;
      if (cookiePath !== undefined) await fetch(authUrl + cookiePath, { method: 'DELETE' });
    },
  };
};
