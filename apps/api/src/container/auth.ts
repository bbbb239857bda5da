import { type AuthSettings, type ClaimsPolicy, type KeySet, makeKeySet } from '@taskward/adapters-http';
import type { Resources } from '../configuration/local-resources.ts';

/** Makes the key set of JWT_JWKS_URL, or returns `undefined` if that is not set. */
export const makeConfiguredKeySet = ({ config }: { config: Resources['config'] }): KeySet | undefined =>
  config.auth.keySet && makeKeySet(config.auth.keySet.url);

/** Returns the authentication settings of the HTTP adapter. */
export const makeAuthSettings = ({
  config,
  keySet,
}: {
  config: Resources['config'];
  keySet: KeySet | undefined;
}): AuthSettings => {
  const { secret, secretAlgorithms, publicKey, issuers, audiences, maxAgeSeconds, cookie } = config.auth;
  const policy: ClaimsPolicy = { issuers, audiences, maxAgeSeconds };
  // Better Auth sets `iss` and `aud` to its own origin, so that is a key set's default.
  const origin = config.auth.keySet === undefined ? [] : [new URL(config.auth.keySet.url).origin];
  const ofKeySet: ClaimsPolicy = {
    issuers: issuers.length > 0 ? issuers : origin,
    audiences: audiences.length > 0 ? audiences : origin,
    maxAgeSeconds,
  };
  return {
    secret: secret === undefined ? undefined : { value: secret, algorithms: secretAlgorithms },
    publicKey: publicKey && { value: publicKey.pem, algorithms: publicKey.algorithms },
    keySet: keySet && { keys: keySet, algorithms: config.auth.keySet?.algorithms ?? [], policy: ofKeySet },
    policy,
    cookie,
  };
};
