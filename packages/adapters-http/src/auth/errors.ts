import { HttpError } from '../errors/http-error.ts';

/** Where a token comes from, for the sentences that say so. */
export const fetchHint = 'fetch a JWT from /api/auth/token';

const realm = 'Bearer realm="taskward"';

// RFC 6750 allows neither quotes nor anything outside ASCII in an error_description.
const plain = (text: string) => text.replace(/["\\`’]/g, "'").replace(/[^\x20-\x7e]/g, '?');

const longestDescription = 500;

// The sentence names what the token says, which may be long, and a head must fit a proxy's buffer. The body has all of it.
const shortened = (text: string) =>
  text.length > longestDescription ? `${text.slice(0, longestDescription)}...` : text;

/** 401 for a request without a token; by RFC 6750 the challenge then names no error. */
export const missingToken = (message: string): HttpError =>
  new HttpError('auth/missing-token', message, { headers: { 'www-authenticate': realm } });

/** 401 for a token that does not hold. `message` says what is wrong with it and what to do. */
export const invalidToken = (message: string): HttpError =>
  new HttpError('auth/invalid-token', message, {
    headers: {
      'www-authenticate': `${realm}, error="invalid_token", error_description="${shortened(plain(message))}"`,
    },
  });

/** 503 while the auth server's keys cannot be had: the token may be good. */
export const keysUnavailable = (cause: unknown): HttpError =>
  new HttpError(
    'auth/keys-unavailable',
    'The keys of the auth server cannot be fetched right now, so the token cannot be checked. Try again in a moment.',
    { headers: { 'retry-after': '5' }, cause },
  );
