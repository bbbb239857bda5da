import { parseCookie } from 'cookie';
import type { FastifyRequest } from 'fastify';
import { HttpError } from '../errors/http-error.ts';
import { timesSent } from '../messages/raw-headers.ts';
import { fetchHint, invalidToken, missingToken } from './errors.ts';

/** Where a request may carry its token. */
export interface CredentialSettings {
  /** The name of the httpOnly cookie that may hold it. */
  readonly cookie?: string | undefined;
  /** Origins whose pages may write with a token in a cookie. */
  readonly corsOrigins: readonly string[];
}

/** A request's credential, as it was sent: the `Authorization` header or the cookie's value. */
export interface Credential {
  readonly place: 'header' | 'cookie';
  readonly text: string;
}

const maxTokenBytes = 4096;
const readingMethods = ['GET', 'HEAD'];

const fromHeader = (authorization: string): string => {
  const [, scheme = '', token = ''] = /^(\S*)[ \t]*(.*)$/s.exec(authorization) ?? [];
  if (scheme.toLowerCase() !== 'bearer') {
    throw missingToken(
      'The Authorization header is not of the form `Bearer <JWT>`. Put the word `Bearer` before the token.',
    );
  }
  if (token === '') {
    throw missingToken(`The Authorization header has no token after \`Bearer\`; with Better Auth, ${fetchHint}.`);
  }
  return token;
};

// Prevents CSRF: a browser sends the cookie with requests of any page, but only listed origins may write with it.
const assertListedOrigin = ({ method, headers }: FastifyRequest, corsOrigins: readonly string[]): void => {
  if (readingMethods.includes(method)) return;
  if (headers.origin !== undefined && corsOrigins.includes(headers.origin)) return;
  throw new HttpError(
    'auth/forbidden-origin',
    'A write that is signed in by cookie must come from a listed origin. Add the page’s origin to CORS_ALLOWED_ORIGINS, or send the token as `Authorization: Bearer <JWT>`.',
  );
};

// Node keeps one of several headers, and a proxy may have checked another.
const assertOneCredential = ({ raw }: FastifyRequest): void => {
  if (timesSent(raw, 'authorization') > 1)
    throw invalidToken('several', 'There are several Authorization headers. Send one.');
};

// Better Auth's session token has 32 characters, and in its cookie a signature after a dot. Its cookie cache is JSON in
// base64url that begins with `{"session`.
const sessionToken = /^[\w-]{32}(\.[\w+/=%-]+)?$|^eyJzZXNzaW9u[\w-]*$/;

// How JavaScript prints a variable that holds no token yet.
const noText = ['undefined', 'null', 'false', '[object Object]', '[object Promise]'];

const assertLooksLikeJwt = (token: string): void => {
  if (Buffer.byteLength(token) > maxTokenBytes) {
    throw invalidToken('too-large', `The token is larger than ${maxTokenBytes} bytes. Put less into it.`);
  }
  if (noText.includes(token)) {
    throw invalidToken(
      'not-a-jwt',
      `The token is the text \`${token}\`: the client sent it before it had one. Await it, then send it.`,
    );
  }
  if (/\s/.test(token)) throw invalidToken('not-a-jwt', 'The token has white space in it. Send it as it was issued.');
  const parts = token.split('.').length;
  if (parts === 5) throw invalidToken('encrypted', 'The token is encrypted (JWE). Send a signed one (JWS).');
  if (sessionToken.test(token))
    throw invalidToken('session-token', `This looks like a Better Auth session token; ${fetchHint}.`);
  if (parts !== 3) {
    throw invalidToken(
      'not-a-jwt',
      `The token is not a JWT, which has three parts with dots between. Send it as it was issued; with Better Auth, ${fetchHint}.`,
    );
  }
};

/**
 * Returns a request's credential. With an `Authorization` header, even an invalid one, the cookie is ignored.
 * @throws HttpError `auth/missing-token`, `auth/invalid-token` where there are several, `auth/forbidden-origin`
 */
export const credentialOf = (request: FastifyRequest, { cookie, corsOrigins }: CredentialSettings): Credential => {
  const { authorization, cookie: cookies } = request.headers;
  const sent = cookie !== undefined && cookies !== undefined ? parseCookie(cookies)[cookie] : undefined;
  if (authorization === undefined && (sent === undefined || sent === '')) {
    throw missingToken(`No token was sent. Send \`Authorization: Bearer <JWT>\`; with Better Auth, ${fetchHint}.`);
  }
  assertOneCredential(request);
  if (authorization !== undefined) return { place: 'header', text: authorization };
  assertListedOrigin(request, corsOrigins);
  return { place: 'cookie', text: sent as string };
};

/** Returns the token in a credential. @throws HttpError `auth/missing-token`, or `auth/invalid-token` if it cannot be a JWT */
export const tokenIn = ({ place, text }: Credential): string => {
  const token = place === 'header' ? fromHeader(text) : text;
  assertLooksLikeJwt(token);
  return token;
};
