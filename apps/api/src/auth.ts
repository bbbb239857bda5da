import { type AuthSettings, type ClaimsPolicy, type KeySet, makeKeySet } from '@taskward/adapters-http';
import type { Resources } from './local-resources.ts';

/** The key set of JWT_JWKS_URL, where there is one. */
export const makeConfiguredKeySet = ({ config }: { config: Resources['config'] }): KeySet | undefined =>
  config.auth.keySet && makeKeySet(config.auth.keySet.url);

/** Whose tokens are accepted, as the HTTP adapter wants it. */
export const makeAuthSettings = ({
  config,
  keySet,
}: {
  config: Resources['config'];
  keySet: KeySet | undefined;
}): AuthSettings => {
  const { secret, secretAlgorithms, publicKey, issuers, audiences, maxAgeSeconds, cookie } = config.auth;
  const policy: ClaimsPolicy = { issuers, audiences, maxAgeSeconds };
  // Better Auth puts its own origin into `iss` and `aud`: a key set vouches for that origin unless told otherwise.
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
