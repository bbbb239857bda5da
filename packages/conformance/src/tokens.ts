import { createHmac } from 'node:crypto';

/** A user of the server under test. */
export interface User {
  /** The `sub` of the token. */
  readonly id: string;
  readonly token: string;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const hashes = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' };

/** Returns the current time in seconds since 1970. */
export const now = (): number => Math.floor(Date.now() / 1000);

/** Signs a header and claims verbatim, including combinations that no auth server would issue. */
export const sign = (
  secret: string,
  claims: Record<string, unknown>,
  header: Record<string, unknown> = { alg: 'HS256', typ: 'JWT' },
): string => {
  const input = `${encode(header)}.${encode(claims)}`;
  const hash = hashes[header.alg as keyof typeof hashes] ?? 'sha256';
  return `${input}.${createHmac(hash, secret).update(input).digest('base64url')}`;
};

/** Returns the claims of a token without verifying it. @throws Error if it is not a JWT */
export const claimsOf = (token: string): Record<string, unknown> => {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    throw new Error(
      'The token is not a JWT: it must have three parts separated by dots. Fetch one from the auth server.',
    );
  }
};
