import type { UserId } from '@taskward/domain';
import { createSigner } from 'fast-jwt';
import type { Resources } from '../configuration/local-resources.ts';

const lifetimeMilliseconds = 24 * 3_600_000;

/**
 * Issues a token for trying out the API, as the auth server would. It is valid for at most a day.
 * @throws Error in production, or if no shared secret is configured
 */
export const issueDevelopmentToken = (config: Resources['config'], userId: UserId): string => {
  if (config.environment === 'production') throw new Error('Tokens are issued in development only: sign in instead.');
  const { secret, secretAlgorithms, issuers, audiences, maxAgeSeconds } = config.auth;
  const [algorithm] = secretAlgorithms;
  if (secret === undefined || algorithm === undefined) {
    throw new Error(
      'Tokens are issued with a shared secret only: set BETTER_AUTH_SECRET, or sign in at the auth server.',
    );
  }
  const [iss] = issuers;
  const [aud] = audiences;
  const expiresIn = Math.min(lifetimeMilliseconds, maxAgeSeconds * 1000);
  const sign = createSigner({ key: secret, algorithm, expiresIn });
  return sign({ sub: userId, ...(iss !== undefined && { iss }), ...(aud !== undefined && { aud }) });
};
