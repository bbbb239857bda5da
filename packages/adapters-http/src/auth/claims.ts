import { toUserId, type UserId } from '@taskward/domain';
import type { TokenFault } from './errors.ts';

/** The requirements on a token's claims. */
export interface ClaimsPolicy {
  /** Accepted `iss` values; empty accepts any. */
  readonly issuers: readonly string[];
  /** Accepted `aud` values, of which the token must have one; empty accepts any. */
  readonly audiences: readonly string[];
  /** Maximum age since `iat`, in seconds. */
  readonly maxAgeSeconds: number;
}

/** Tolerated difference between clocks, in seconds. */
const skewSeconds = 60;

const toText = (seconds: number) => {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? `${seconds}` : time.toISOString().replace('.000Z', 'Z');
};

// A claim can be any JSON value: only strings are shown, and they are cut.
const shown = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : `(${typeof value})`);

const maxListed = 5;

const listed = (values: readonly unknown[]) =>
  values
    .slice(0, maxListed)
    .map((value) => `\`${shown(value)}\``)
    .join(' or ') + (values.length > maxListed ? ' or others' : '');

const foreignType = (typ: unknown): boolean =>
  typ !== undefined && !(typeof typ === 'string' && /^(application\/)?(at\+)?jwt$/i.test(typ));

/** What is wrong with a token: its code, and a sentence for developers. */
interface ClaimsFault {
  readonly reason: TokenFault;
  readonly fault: string;
}

const timeClaims = ['exp', 'nbf', 'iat'] as const;

const timeFault = (claims: Record<string, unknown>, policy: ClaimsPolicy, now: number): ClaimsFault | undefined => {
  const { exp, nbf, iat } = claims;
  if (exp === undefined)
    return { reason: 'times', fault: 'The token never expires: it has no `exp`. Let the auth server set one.' };
  for (const name of timeClaims) {
    const value = claims[name];
    if (value !== undefined && !Number.isFinite(value)) {
      return { reason: 'times', fault: `The token's \`${name}\` is not a number of seconds.` };
    }
  }
  if (now > (exp as number) + skewSeconds) {
    return {
      reason: 'expired',
      fault: `The token expired at ${toText(exp as number)}, and it is ${toText(now)} now. Fetch a new one.`,
    };
  }
  if (nbf !== undefined && now < (nbf as number) - skewSeconds) {
    return {
      reason: 'times',
      fault: `The token is not valid before ${toText(nbf as number)}, and it is ${toText(now)} now.`,
    };
  }
  if (iat !== undefined && now < (iat as number) - skewSeconds) {
    return {
      reason: 'times',
      fault: `The token was issued in the future, at ${toText(iat as number)}: it is ${toText(now)} here. Check the clocks.`,
    };
  }
  if (iat !== undefined && now > (iat as number) + policy.maxAgeSeconds + skewSeconds) {
    return {
      reason: 'expired',
      fault: `The token was issued at ${toText(iat as number)}, more than ${policy.maxAgeSeconds} s ago. Fetch a new one.`,
    };
  }
  return undefined;
};

// Of claims that were checked before.
const lastMoment = ({ exp, iat }: Record<string, unknown>, { maxAgeSeconds }: ClaimsPolicy): number =>
  Math.min(exp as number, iat === undefined ? Number.POSITIVE_INFINITY : (iat as number) + maxAgeSeconds) + skewSeconds;

const partyFault = (claims: Record<string, unknown>, { issuers, audiences }: ClaimsPolicy): ClaimsFault | undefined => {
  const { iss, aud } = claims;
  if (issuers.length > 0 && !issuers.includes(iss as string)) {
    const fault = `The token is from issuer ${iss === undefined ? 'nobody' : listed([iss])}, and must be from ${listed(issuers)}.`;
    return { reason: 'issuer', fault };
  }
  const got = aud === undefined ? [] : [aud].flat();
  if (audiences.length > 0 && !got.some((one) => audiences.includes(one as string))) {
    const fault = `The token is for audience ${got.length === 0 ? 'nobody' : listed(got)}, and must be for ${listed(audiences)}.`;
    return { reason: 'audience', fault };
  }
  return undefined;
};

/**
 * Checks the claims of a token whose signature is valid.
 * @param now seconds since 1970
 * @returns the user and the last moment at which the token is accepted, in seconds since 1970; or what is wrong
 */
export const judgeClaims = (
  token: { header: Record<string, unknown>; payload: Record<string, unknown> },
  policy: ClaimsPolicy,
  now: number,
): { userId: UserId; validUntil: number } | ClaimsFault => {
  const { header, payload } = token;
  // The library ignores an empty `crit`, and `b64` would change what was signed.
  if ('crit' in header || 'b64' in header) {
    return { reason: 'extension', fault: 'The token demands extensions (`crit`) that this server does not know.' };
  }
  if (foreignType(header.typ))
    return { reason: 'type', fault: `The token is of type ${listed([header.typ])}, not a JWT for an API.` };
  const { sub } = payload;
  if (typeof sub !== 'string') {
    return {
      reason: 'no-user',
      fault:
        'The token names no user: its `sub` is missing or no text. Better Auth’s e-mail and cookie tokens are like that; fetch a JWT from /api/auth/token.',
    };
  }
  const fault = timeFault(payload, policy, now) ?? partyFault(payload, policy);
  if (fault !== undefined) return fault;
  try {
    return { userId: toUserId(sub), validUntil: lastMoment(payload, policy) };
  } catch {
    return {
      reason: 'no-user',
      fault: 'The token’s `sub` is not a user id: it must be 1 to 255 characters long, without NUL.',
    };
  }
};
