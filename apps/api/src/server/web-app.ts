import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { HttpOptions } from '@taskward/adapters-http';
import type { Resources } from '../configuration/local-resources.ts';
import { issueDevelopmentToken } from '../operations/development-token.ts';

const directory = resolve(import.meta.dirname, '../../../web/dist');
const developmentUsers = ['demo', 'ada'];

/** Returns whether the page has been built. */
export const isWebAppBuilt = (): boolean => existsSync(join(directory, 'index.html'));

/**
 * Returns the page to serve, and how users sign in on it: at the configured auth server, or else, in development with a
 * shared secret, by a name. Returns `undefined` if it is switched off, is not built, or nobody could sign in on it.
 */
export const webAppOf = (config: Resources['config']): HttpOptions['webApp'] => {
  const { webApp, environment, auth } = config;
  if (webApp === undefined || !isWebAppBuilt()) return undefined;
  if (webApp.authUrl !== undefined) {
    const token = auth.cookie === undefined ? 'bearer' : 'cookie';
    return { directory, signIn: { kind: 'better-auth', url: webApp.authUrl, token } };
  }
  if (environment !== 'development' || auth.secret === undefined) return undefined;
  return {
    directory,
    signIn: { kind: 'development', users: developmentUsers },
    issueToken: (userId) => issueDevelopmentToken(config, userId),
  };
};
