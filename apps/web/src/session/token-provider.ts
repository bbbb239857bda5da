import { TaskwardError, type TokenProvider } from '@taskward/client';

/** A token and how long it holds. A cookie that holds it leaves `token` undefined. */
export interface IssuedToken {
  readonly token: string | undefined;
  /** Seconds from now. */
  readonly lifetime: number;
}

/** The server that issues tokens gave no response, or none that helps: it may later. */
export class NoTokenServer extends Error {}

/** Nobody is signed in, or somebody else. */
export class NoSession extends Error {}

const renewSecondsBeforeExpiry = 30;

interface Claims {
  readonly sub?: unknown;
  readonly exp?: unknown;
  readonly iat?: unknown;
}

/** Returns what a JWT says. It is not verified: the API does that. */
export const claimsOf = (token: string): Claims => {
  try {
    const [, payload = ''] = token.split('.');
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) ?? {};
  } catch {
    return {};
  }
};

/** Returns how many seconds a new token holds, by its own clock: the one of this machine may be wrong. */
export const lifetimeOf = (token: string, now = Date.now()): number => {
  const { exp, iat = now / 1000 } = claimsOf(token);
  return typeof exp === 'number' && typeof iat === 'number' ? exp - iat : 0;
};

/** Makes what those who call the API know how to handle. */
const toTaskwardError = (cause: Error): TaskwardError => {
  if (cause instanceof NoSession)
    return new TaskwardError(cause.message, { status: 401, code: 'auth/missing-token', cause });
  const code = cause instanceof NoTokenServer ? 'client/unreachable' : 'client/unreadable';
  return new TaskwardError(cause.message, { status: 0, code, cause });
};

/**
 * Makes a provider that keeps a token until shortly before it expires. Calls at the same time wait for the same one.
 * If the server of tokens is out of reach, the last token is used as long as the API accepts it. The provider throws
 * TaskwardError: with status 401 if nobody is signed in, `client/unreachable` if the server of tokens is.
 * @param issue fetches a token; throws NoSession, NoTokenServer, or another error if the server is not as it should be
 */
export const makeTokenProvider = (issue: () => Promise<IssuedToken>): TokenProvider => {
  let last: { readonly token: string | undefined; readonly renewAt: number } | undefined;
  let issuing: Promise<string | undefined> | undefined;

  const renew = async (): Promise<string | undefined> => {
    try {
      const { token, lifetime } = await issue();
      last = { token, renewAt: Date.now() + (lifetime - renewSecondsBeforeExpiry) * 1000 };
      return token;
    } finally {
      issuing = undefined;
    }
  };

  return async ({ refresh }) => {
    if (!refresh && last !== undefined && Date.now() < last.renewAt) return last.token;
    issuing ??= renew();
    try {
      return await issuing;
    } catch (error) {
      // With `refresh`, the API has just refused the last token.
      if (error instanceof NoTokenServer && last !== undefined && !refresh) return last.token;
      throw toTaskwardError(error as Error);
    }
  };
};
