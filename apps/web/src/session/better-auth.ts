import { bodyOf, isPassing, send } from './responses.ts';
import { SignInError, type SignInField } from './session.ts';
import { claimsOf, type IssuedToken, lifetimeOf, NoTokenServer } from './token-provider.ts';

/** Somebody with an account. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** The calls of a Better Auth server, as far as the page needs them. */
export interface BetterAuth {
  signUp(details: { name: string; email: string; password: string }): Promise<Account>;
  signIn(details: { email: string; password: string }): Promise<Account>;
  /** Ends the session. It is no error if there is none. */
  signOut(): Promise<void>;
  deleteAccount(password: string): Promise<void>;
  /** Returns who has a session; `undefined` if nobody has. @throws NoTokenServer */
  account(): Promise<Account | undefined>;
  /**
   * Issues a token to whoever has a session.
   * @returns it, with the user's id if it says; `undefined` if nobody has a session
   * @throws NoTokenServer; Error if the server issues none
   */
  issueToken(): Promise<(IssuedToken & { readonly userId: string | undefined }) | undefined>;
}

const withoutSentence = (status: number): string =>
  `The auth server responds with status ${status} and does not say why. Try again in a moment.`;

/** Returns the field that an error is about: faults of the body have its path first, others have a code. */
const fieldOf = (code: unknown, path: string | undefined): SignInField | undefined => {
  if (path === 'name' || path === 'email' || path === 'password') return path;
  if (typeof code !== 'string' || code === 'INVALID_EMAIL_OR_PASSWORD') return undefined;
  if (code.includes('PASSWORD')) return 'password';
  return code.includes('EMAIL') ? 'email' : undefined;
};

/** Returns what a response says is wrong: `[body.email] Invalid email address` is a sentence about a field. */
const faultOf = async (response: Response): Promise<{ sentence: string; field: SignInField | undefined }> => {
  const { message, code } = await bodyOf(response);
  const [, path, text = ''] = /^(?:\[body\.(\w+)\] )?(.*)$/s.exec(typeof message === 'string' ? message : '') ?? [];
  return { sentence: text === '' ? withoutSentence(response.status) : text, field: fieldOf(code, path) };
};

const toAccount = (user: unknown): Account | undefined => {
  const { id, name, email } = (user ?? {}) as Partial<Record<keyof Account, unknown>>;
  if (typeof id !== 'string' || typeof email !== 'string') return undefined;
  return { id, email, name: typeof name === 'string' && name !== '' ? name : email };
};

/**
 * Makes the calls of a server.
 * @param url its absolute URL, with its path: `https://app.example/api/auth`
 * @param token how the API gets the token: in a header, or in a cookie that `/api/token-cookie` of the server sets
 */
export const makeBetterAuth = (fetch: typeof globalThis.fetch, url: string, token: 'bearer' | 'cookie'): BetterAuth => {
  const cookieUrl = new URL('/api/token-cookie', url).href;

  /** Sends what somebody has asked for. @throws SignInError */
  const ask = async (path: string, body: object): Promise<Readonly<Record<string, unknown>>> => {
    const response = await send(fetch, url + path, { method: 'POST', body }).catch((cause: Error) => {
      throw new SignInError(cause.message, { status: 0, cause });
    });
    if (response.ok) return bodyOf(response);
    const { sentence, field } = await faultOf(response);
    throw new SignInError(sentence, { status: response.status, field });
  };

  const enter = async (path: string, details: object): Promise<Account> => {
    const account = toAccount((await ask(path, details)).user);
    if (account === undefined) {
      throw new SignInError(`${url} does not say who is signed in. Check that it is a Better Auth server.`, {
        status: 200,
      });
    }
    return account;
  };

  /** Reads what the page needs to go on. @throws NoTokenServer; Error if the server says no */
  const read = async (
    address: string,
    method: 'GET' | 'POST',
  ): Promise<Readonly<Record<string, unknown>> | undefined> => {
    const response = await send(fetch, address, { method });
    if (response.status === 401) return undefined;
    if (response.ok) return bodyOf(response);
    const { sentence } = await faultOf(response);
    throw isPassing(response) ? new NoTokenServer(sentence) : new Error(sentence);
  };

  const removeCookie = async (): Promise<void> => {
    // It expires by itself; whoever has no session gets no new one.
    if (token === 'cookie') await send(fetch, cookieUrl, { method: 'DELETE' }).catch(() => {});
  };

  return {
    signUp: (details) => enter('/sign-up/email', details),
    signIn: (details) => enter('/sign-in/email', details),
    async signOut() {
      await ask('/sign-out', {}).catch((error: SignInError) => {
        if (error.status !== 401) throw error;
      });
      await removeCookie();
    },
    async deleteAccount(password) {
      await ask('/delete-user', { password });
      await removeCookie();
    },
    async account() {
      return toAccount((await read(`${url}/get-session`, 'GET'))?.user);
    },
    async issueToken() {
      if (token === 'cookie') {
        const body = await read(cookieUrl, 'POST');
        if (body === undefined) return undefined;
        const lifetime = Number(body.exp) - Date.now() / 1000;
        return { token: undefined, lifetime, userId: typeof body.sub === 'string' ? body.sub : undefined };
      }
      const body = await read(`${url}/token`, 'GET');
      if (body === undefined) return undefined;
      if (typeof body.token !== 'string') {
        throw new Error(`${url}/token issues no token. Check that the server has Better Auth's JWT plugin.`);
      }
      const { sub } = claimsOf(body.token);
      return { token: body.token, lifetime: lifetimeOf(body.token), userId: typeof sub === 'string' ? sub : undefined };
    },
  };
};
