import { createHmac } from 'node:crypto';
import { secret } from '../support/http/tokens.ts';

const encode = (text: string | Buffer) => Buffer.from(text).toString('base64url');

const hashes: Record<string, string> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' };

/** Signs any texts as header and payload, also those that no library would: both are taken as they are. */
export const signed = (header: string, payload: string, { key = secret, algorithm = 'HS256' } = {}): string => {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${createHmac(hashes[algorithm] as string, key)
    .update(input)
    .digest('base64url')}`;
};

export const now = (): number => Math.floor(Date.now() / 1000);

/** The JSON of usual claims, with one more member written as it is. */
export const payloadWith = (sub: string, member: string): string =>
  `{"sub":${JSON.stringify(sub)},"iat":${now()},"exp":${now() + 3600}${member && `,${member}`}}`;

export const plainHeader = '{"alg":"HS256","typ":"JWT"}';

/** The same signature, spelt with other unused bits in its last character. */
export const respelt = (token: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1) as string) ^ 1];
};

/** One change to a text at a random place: a character replaced, dropped, added or swapped with its neighbour. */
export const mutated = (text: string, random: (below: number) => number): string => {
  const at = random(text.length);
  // Any byte that a header may hold, but no white space: that may surround a token without changing it.
  const character = String.fromCharCode(0x21 + random(0xff - 0x21));
  const [before, after] = [text.slice(0, at), text.slice(at + 1)];
  switch (random(6)) {
    case 0:
      return before + after;
    case 1:
      return before + character + text.slice(at);
    case 2:
      return before + (text[at + 1] ?? '') + text[at] + text.slice(at + 2);
    default:
      return before + character + after;
  }
};

/** A random source that starts from a seed, so that what it found can be found again. */
export const randomFrom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};
