import { createSigner } from 'fast-jwt';

/** The secret that the tests' auth server and the API under test share. */
export const secret = 'a secret of the tests, which is 40 bytes';

/** A token as the auth server issues it, with the given claims over the usual ones; `undefined` leaves one out. */
export const aToken = (
  claims: Record<string, unknown>,
  { key = secret, header = {}, algorithm = 'HS256' as 'HS256' | 'HS384' | 'HS512' } = {},
): string => {
  const now = Math.floor(Date.now() / 1000);
  return createSigner({
    key,
    algorithm,
    header: { alg: algorithm, ...header },
    noTimestamp: claims.iat === undefined && 'iat' in claims,
  })(
    Object.fromEntries(
      Object.entries({ iat: now, exp: now + 3600, ...claims }).filter(([, value]) => value !== undefined),
    ),
  );
};
