import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { keySetAlgorithms } from '@taskward/adapters-http';

/** How tokens are verified. A shared secret's algorithms never overlap with those of the other modes. */
export interface AuthModes {
  /** The shared secret. If absent in development, one is generated unless `secretAlgorithms` is empty. */
  readonly secret: string | undefined;
  readonly secretAlgorithms: readonly SecretAlgorithm[];
  readonly publicKey: { readonly pem: string; readonly algorithms: readonly string[] } | undefined;
  readonly keySet: { readonly url: string; readonly algorithms: readonly string[] } | undefined;
  readonly issuers: readonly string[];
  readonly audiences: readonly string[];
  readonly maxAgeSeconds: number;
  readonly cookie: string | undefined;
}

const secretAlgorithms = ['HS256', 'HS384', 'HS512'] as const;
type SecretAlgorithm = (typeof secretAlgorithms)[number];

const isSecretAlgorithm = (name: string): name is SecretAlgorithm => secretAlgorithms.some((one) => one === name);

const minRsaBits = 2048;

// The algorithms that a key's type allows; the first is the default.
const algorithmsOf = (key: KeyObject): string[] => {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'rsa') return (details?.modulusLength ?? 0) >= minRsaBits ? ['RS256', 'PS256'] : [];
  if (type === 'ec' && details?.namedCurve === 'prime256v1') return ['ES256'];
  if (type === 'ec' && details?.namedCurve === 'secp521r1') return ['ES512'];
  return type === 'ed25519' ? ['EdDSA'] : [];
};

// The variable holds the PEM itself, with `\n` for line breaks, or the path of a file.
const readPem = (value: string): string =>
  value.includes('-----BEGIN') ? value.replaceAll('\\n', '\n') : readFileSync(value, 'utf8');

const readPublicKey = (
  value: string,
  narrowed: readonly string[],
  fault: (text: string) => void,
): AuthModes['publicKey'] => {
  let pem: string;
  try {
    pem = readPem(value);
    if (pem.includes('PRIVATE KEY')) {
      fault('JWT_PUBLIC_KEY is a private key: give this server the public one only.');
      return undefined;
    }
    const possible = algorithmsOf(createPublicKey(pem));
    if (possible.length === 0) {
      fault('JWT_PUBLIC_KEY must be an RSA key of at least 2048 bits, or a P-256, P-521 or Ed25519 key.');
      return undefined;
    }
    const algorithms = narrowed.length === 0 ? possible.slice(0, 1) : possible.filter((one) => narrowed.includes(one));
    if (algorithms.length === 0) {
      fault(`JWT_ALGORITHM leaves JWT_PUBLIC_KEY with nothing: its key is for ${possible.join(' or ')}.`);
    }
    return { pem, algorithms };
  } catch {
    fault('JWT_PUBLIC_KEY must be a public key in PEM, or the path of a file that holds one.');
    return undefined;
  }
};

/**
 * Reads the modes from the environment.
 * @param narrowed the algorithms of `JWT_ALGORITHM`, empty for all; a mode without any of them is a fault
 * @param fault called with a sentence for each fault
 */
export const readAuthModes = (
  env: Readonly<Record<string, string | undefined>>,
  narrowed: readonly string[],
  fault: (text: string) => void,
): Pick<AuthModes, 'secret' | 'secretAlgorithms' | 'publicKey' | 'keySet'> => {
  const { BETTER_AUTH_SECRET: secret, JWT_PUBLIC_KEY, JWT_JWKS_URL: url } = env;
  const known: readonly string[] = [...secretAlgorithms, ...keySetAlgorithms];
  for (const one of narrowed.filter((item) => !known.includes(item))) {
    fault(`JWT_ALGORITHM must list algorithms of ${known.join(', ')}, and \`${one}\` is none.`);
  }

  const forSecret = narrowed.length === 0 ? (['HS256'] as const) : narrowed.filter(isSecretAlgorithm);
  if (secret !== undefined && forSecret.length === 0) {
    fault('JWT_ALGORITHM leaves BETTER_AUTH_SECRET with nothing: add HS256, HS384 or HS512, or remove the secret.');
  }
  if (secret?.includes('-----BEGIN')) {
    fault('BETTER_AUTH_SECRET looks like a key in PEM: a public key is no secret. Set it as JWT_PUBLIC_KEY.');
  }
  const forKeySet = keySetAlgorithms.filter((one) => narrowed.length === 0 || narrowed.includes(one));
  if (url !== undefined && forKeySet.length === 0) {
    fault(`JWT_ALGORITHM leaves JWT_JWKS_URL with nothing: add one of ${keySetAlgorithms.join(', ')}.`);
  }
  return {
    secret,
    secretAlgorithms: forSecret,
    publicKey: JWT_PUBLIC_KEY === undefined ? undefined : readPublicKey(JWT_PUBLIC_KEY, narrowed, fault),
    keySet: url === undefined ? undefined : { url, algorithms: forKeySet },
  };
};
