import type { TaskwardClientOptions } from '../options.ts';

/** The tokens of the user. */
export interface Credentials {
  /** Returns the token to send; `undefined` if a cookie holds it. */
  current(): Promise<string | undefined>;
  /** Fetches a new token after a 401; `undefined` if the token is fixed. */
  readonly renew: (() => Promise<string | undefined>) | undefined;
}

/** Creates the credentials. Concurrent calls that get a 401 share one renewal. */
export const makeCredentials = (token: TaskwardClientOptions['token']): Credentials => {
  if (typeof token !== 'function') return { current: async () => token, renew: undefined };
  let renewing: Promise<string | undefined> | undefined;
  const fetchNew = async (): Promise<string | undefined> => {
    try {
      return await token({ refresh: true });
    } finally {
      renewing = undefined;
    }
  };
  return {
    current: async () => token({ refresh: false }),
    renew: () => {
      renewing ??= fetchNew();
      return renewing;
    },
  };
};

const claimsOf = (token: string): { iss?: unknown; sub?: unknown } => {
  try {
    const [, payload = ''] = token.split('.');
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    return {};
  }
};

/**
 * Returns an identifier of the token's user, so that the cache never serves one user's responses to another: two users'
 * ETags can be equal. It is only compared, so the token need not be verified.
 */
export const ownerOf = (token: string): string => {
  const { iss, sub } = claimsOf(token);
  return typeof sub === 'string' ? JSON.stringify([iss, sub]) : token;
};

/** Returns the id of the token's user; `undefined` if the token does not say. It is not verified. */
export const userOf = (token: string | undefined): string | undefined => {
  const { sub } = token === undefined ? {} : claimsOf(token);
  return typeof sub === 'string' ? sub : undefined;
};
