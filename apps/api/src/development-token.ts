import type { UserId } from '@taskward/domain';
import { createSigner } from 'fast-jwt';
import type { Resources } from './local-resources.ts';

const lifetimeMilliseconds = 24 * 3_600_000;

/**
 * A token of the kind the auth server would issue, for trying things out: valid for a day.
 * @throws Error in production, where only the auth server says who is who
 */
export const issueDevelopmentToken = (config: Resources['config'], userId: UserId): string => {
  if (config.environment === 'production') throw new Error('Tokens are issued in development only: sign in instead.');
  const [algorithm = 'HS256'] = config.algorithms;
  const [iss] = config.issuers;
  const [aud] = config.audiences;
  const sign = createSigner({ key: config.secret, algorithm, expiresIn: lifetimeMilliseconds });
  return sign({ sub: userId, ...(iss !== undefined && { iss }), ...(aud !== undefined && { aud }) });
};
