import type { TaskwardClientOptions } from './options.ts';

/** The tokens of the signed-in user. */
export interface Credentials {
  /** The token to send; `undefined` where a cookie holds it. */
  current(): Promise<string | undefined>;
  /** Another token in the place of one that was refused; `undefined` where there is only the one. */
  readonly renew: (() => Promise<string | undefined>) | undefined;
}

/** Makes credentials of what the client was given. Calls that are refused together renew the token once. */
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

/**
 * Whose token it is, to keep what one user read from the next one who signs in: a revision and so a validator can be
 * the same for both. It is only ever compared, so the token need not be verified.
 */
export const ownerOf = (token: string): string => {
  try {
    const [, payload = ''] = token.split('.');
    const { iss, sub } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    return typeof sub === 'string' ? JSON.stringify([iss, sub]) : token;
  } catch {
    return token;
  }
};
