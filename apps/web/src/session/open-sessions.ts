import { openAccountSessions } from './account-sessions.ts';
import { openDevelopmentSessions } from './development-sessions.ts';
import type { Environment } from './environment.ts';
import { absoluteUrl, bodyOf, send } from './responses.ts';
import type { Sessions, WebAppConfig } from './session.ts';

const isConfig = (value: unknown): value is WebAppConfig => {
  const { api, signIn } = (value ?? {}) as {
    api?: unknown;
    signIn?: { kind?: unknown; users?: unknown; url?: unknown };
  };
  if (typeof api !== 'string') return false;
  if (signIn?.kind === 'development') return Array.isArray(signIn.users);
  return signIn?.kind === 'better-auth' && typeof signIn.url === 'string';
};

/**
 * Reads `web-app.json`, which lies beside the page.
 * @throws Error with a sentence to show
 */
export const readWebAppConfig = async ({ pageUrl, fetch }: Pick<Environment, 'pageUrl' | 'fetch'>) => {
  const url = new URL('web-app.json', pageUrl).href;
  const response = await send(fetch, url);
  const config = await bodyOf(response);
  if (!response.ok || !isConfig(config)) {
    throw new Error(
      `${url} does not say how to sign in (status ${response.status}). Check the server that has this page.`,
    );
  }
  return config;
};

/** Returns the `baseUrl` for the client. */
export const apiUrlOf = ({ api }: WebAppConfig, { pageUrl }: Pick<Environment, 'pageUrl'>): string =>
  absoluteUrl(api, pageUrl);

/**
 * Opens the sessions of a page, and restores the one of the last visit.
 * @throws Error with a sentence to show
 */
export const openSessions = async (config: WebAppConfig, environment: Environment): Promise<Sessions> => {
  const { signIn } = config;
  if (signIn.kind === 'better-auth') return openAccountSessions(signIn, environment);
  return openDevelopmentSessions(config, signIn.users, environment);
};
