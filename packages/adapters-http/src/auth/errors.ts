import { HttpError } from '../errors/http-error.ts';

/** Part of error messages: where to get a token. */
export const fetchHint = 'fetch a JWT from /api/auth/token';

const realm = 'Bearer realm="taskward"';

// RFC 6750 allows neither quotes nor anything outside ASCII in an error_description.
const plain = (text: string) => text.replace(/["\\`’]/g, "'").replace(/[^\x20-\x7e]/g, '?');

const maxDescriptionLength = 500;

// Messages may quote long claims, and the response's head must fit a proxy's buffer. The body has the whole message.
const shortened = (text: string) =>
  text.length > maxDescriptionLength ? `${text.slice(0, maxDescriptionLength)}...` : text;

/** Makes the 401 for a request without a token. As RFC 6750 requires, its challenge has no error code. */
export const missingToken = (message: string): HttpError =>
  new HttpError('auth/missing-token', message, { headers: { 'www-authenticate': realm } });

/** Why a token was rejected, for the log. */
export const tokenFaults = [
  'several',
  'too-large',
  'not-a-jwt',
  'session-token',
  'encrypted',
  'signature',
  'algorithm',
  'key',
  'extension',
  'type',
  'no-user',
  'times',
  'expired',
  'issuer',
  'audience',
] as const;
export type TokenFault = (typeof tokenFaults)[number];

/** Makes the 401 for a token that is not valid. @param message what is wrong with it and what to do */
export const invalidToken = (reason: TokenFault, message: string): HttpError =>
  new HttpError('auth/invalid-token', message, {
    reason,
    headers: {
      'www-authenticate': `${realm}, error="invalid_token", error_description="${shortened(plain(message))}"`,
    },
  });

/** Makes the 503 for a token that may be valid, while the auth server's keys cannot be fetched. */
export const keysUnavailable = (cause: unknown): HttpError =>
  new HttpError(
    'auth/keys-unavailable',
    'The keys of the auth server cannot be fetched right now, so the token cannot be checked. Try again in a moment.',
    { headers: { 'retry-after': '5' }, cause },
  );
