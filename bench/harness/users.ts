import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createSigner } from 'fast-jwt';

/** The secret of all tokens. It protects only the data of a benchmark. */
export const secret = 'a secret of the benchmark only, of more than 32 bytes';

const lifetime = 24 * 3600 * 1000;
const sign = createSigner({ key: secret, algorithm: 'HS256', expiresIn: lifetime });
const signWrongly = createSigner({ key: `not ${secret}`, algorithm: 'HS256', expiresIn: lifetime });

/** Returns the id of the nth user, counted from 1, the same as in the loading SQL. */
export const userId = (n: number): string => createHash('md5').update(`user${n}`).digest('hex');

/** Makes a token for a user. */
export const tokenOf = (user: string): string => sign({ sub: user, email: `${user.slice(0, 8)}@example.com` });

/** Makes a token that is signed with another secret. */
export const wrongTokenOf = (user: string): string => signWrongly({ sub: user });

/** Returns the headers that authenticate a user. */
export const signedIn = (user: string): Record<string, string> => ({ authorization: `Bearer ${tokenOf(user)}` });

const tokens = new Map<string, string>();

const keptTokenOf = (user: string): string => {
  const token = tokens.get(user) ?? tokenOf(user);
  tokens.set(user, token);
  return token;
};

/**
 * Writes a line "user token cursor" for each of the first `users` users, for load.lua.
 * @param cursors up to where users have seen their changes; `-` stands for none
 */
export const writeUsers = (file: string, users: number, cursors: ReadonlyMap<string, string> = new Map()): void => {
  const lines = Array.from({ length: users }, (_, index) => userId(index + 1)).map(
    (user) => `${user} ${keptTokenOf(user)} ${cursors.get(user) ?? '-'}`,
  );
  writeFileSync(file, `${lines.join('\n')}\n`);
};

/** A GET that is sent repeatedly. */
export interface FixedRequest {
  readonly path: string;
  readonly user: string;
  /** Sent as `If-None-Match`. */
  readonly etag?: string | undefined;
}

/** Writes a line "path token etag" for each request, with `-` for no ETag, for `fixed` in load.lua. */
export const writeRequests = (file: string, requests: readonly FixedRequest[]): void => {
  const lines = requests.map(({ path, user, etag }) => `${path} ${tokenOf(user)} ${etag ?? '-'}`);
  writeFileSync(file, `${lines.join('\n')}\n`);
};
