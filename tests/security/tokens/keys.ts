import { constants, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A private key and its public half. */
export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Makes the signature of a signing input, by whatever key and algorithm. */
export type Sign = (input: string) => Buffer;

export const anRsaKey = (modulusLength = 2048): KeyPair => generateKeyPairSync('rsa', { modulusLength });
export const anEcKey = (namedCurve: 'P-256' | 'P-384' | 'P-521' | 'secp256k1'): KeyPair =>
  generateKeyPairSync('ec', { namedCurve });
export const anEdKey = (): KeyPair => generateKeyPairSync('ed25519');

/** A new key of the type that an algorithm wants. */
export const aKeyFor = (algorithm: string): KeyPair => {
  if (algorithm === 'EdDSA') return anEdKey();
  if (algorithm === 'ES256') return anEcKey('P-256');
  return algorithm === 'ES512' ? anEcKey('P-521') : anRsaKey();
};

/** The hash that an algorithm's name ends with. */
const hashOf = (algorithm: string): string => `sha${algorithm.slice(2)}`;

/** HMAC over any key, an empty one too. */
export const byHmac =
  (algorithm: string, key: string | Buffer): Sign =>
  (input) =>
    createHmac(hashOf(algorithm), key).update(input).digest();

/** As RFC 7518 and RFC 8037 want it, but with any key: also one that is not for that algorithm. */
export const byKey = (algorithm: string, { privateKey: key }: Pick<KeyPair, 'privateKey'>): Sign => {
  const type = algorithm.slice(0, 2);
  const hash = type === 'Ed' ? null : hashOf(algorithm);
  return (input) => {
    const bytes = Buffer.from(input);
    if (type === 'PS') {
      const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
      return sign(hash, bytes, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });
    }
    return sign(hash, bytes, type === 'ES' ? { key, dsaEncoding: 'ieee-p1363' } : key);
  };
};

/** No signature at all. */
export const unsigned: Sign = () => Buffer.alloc(0);

/** Texts and bytes are taken as they are, anything else as JSON. */
export const encode = (part: unknown): string =>
  (Buffer.isBuffer(part) ? part : Buffer.from(typeof part === 'string' ? part : JSON.stringify(part))).toString(
    'base64url',
  );

/** A token in the compact form, of any header and payload. */
export const compact = (header: unknown, payload: unknown, by: Sign): string => {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${by(input).toString('base64url')}`;
};

export const pemOf = ({ publicKey }: Pick<KeyPair, 'publicKey'>): string =>
  publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** A public key as key sets publish it, with more members than the key itself. */
export const jwkOf = ({ publicKey }: Pick<KeyPair, 'publicKey'>, members: object = {}): Record<string, unknown> => ({
  ...publicKey.export({ format: 'jwk' }),
  ...members,
});
