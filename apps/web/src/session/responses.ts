import { NoTokenServer } from './token-provider.ts';

/** Returns an address below another one: `dev/token` of `http://api.example/tasks/` is `…/tasks/dev/token`. */
export const below = (base: string, path: string): string => `${base.replace(/\/+$/, '')}/${path}`;

/** Returns the absolute URL of an address of `web-app.json`, without a slash at its end. */
export const absoluteUrl = (address: string, pageUrl: string): string =>
  new URL(address === '' ? '.' : address, pageUrl).href.replace(/\/+$/, '');

/** Returns the body of a response, an empty object if it is not JSON. */
export const bodyOf = async (response: Response): Promise<Readonly<Record<string, unknown>>> => {
  const body: unknown = await response.json().catch(() => undefined);
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
};

/** Whether a request may succeed later without anybody doing something. */
export const isPassing = ({ status }: Response): boolean => status >= 500 || status === 429 || status === 408;

/**
 * Sends a request with a JSON body; with a cookie where there is one.
 * @throws NoTokenServer if there is no response
 */
export const send = async (
  fetch: typeof globalThis.fetch,
  url: string,
  { method = 'GET', body }: { method?: string; body?: object } = {},
): Promise<Response> => {
  try {
    return await fetch(url, {
      method,
      credentials: 'include',
      cache: 'no-store',
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    throw new NoTokenServer(`${new URL(url).host} cannot be reached. Check the connection, then try again.`);
  }
};
