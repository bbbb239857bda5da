import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { claimsOf, now, sign, type User } from './tokens.ts';

/** Signs a token for a user. The claims are merged over those of a valid token; `undefined` leaves one out. */
export type SignFor = (user: string, claims?: Record<string, unknown>, header?: Record<string, unknown>) => string;

/** The source of a run's users. */
export interface Users {
  /** `own`: any number of new users. `given`: at most two, who may have tasks. `none`: no tokens. */
  readonly kind: 'own' | 'given' | 'none';
  /** Where the tokens come from, for messages. */
  readonly source: string;
  /** Returns a new user, or the first of the given ones. */
  next(): Promise<User>;
  /** Returns another user than `next`; `undefined` if there is none. */
  other(): Promise<User | undefined>;
  /** Present only if the secret is known. */
  readonly signFor?: SignFor;
  /** Whether the tokens name the issuer and audience that the server requires. */
  readonly parties?: boolean;
}

interface Issuer {
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
}

const lifetimeSeconds = 3600;

const newId = () => `conformance-${randomUUID()}`;

const given = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** Creates users and signs their tokens with the secret. */
export const usersOfSecret = (secret: string, source: string, { issuer, audience }: Issuer = {}): Users => {
  const signFor: SignFor = (user, claims = {}, header = { alg: 'HS256', typ: 'JWT' }) => {
    const usual = { sub: user, iat: now(), exp: now() + lifetimeSeconds, iss: issuer, aud: audience };
    return sign(secret, given({ ...usual, ...claims }), header);
  };
  const next = async () => {
    const id = newId();
    return { id, token: signFor(id) };
  };
  const parties = issuer !== undefined && audience !== undefined;
  return { kind: 'own', source, next, other: next, signFor, parties };
};

const toUser = (token: string): User => {
  const { sub } = claimsOf(token);
  if (typeof sub !== 'string')
    throw new Error('The token has no `sub` claim, which names the user. Fetch one that has it.');
  return { id: sub, token };
};

const usersOfCommand = (command: string): Users => {
  const next = async () => {
    const [shell, flag] = process.platform === 'win32' ? ['cmd.exe', '/c'] : ['/bin/sh', '-c'];
    const { stdout } = await promisify(execFile)(shell, [flag, command.replaceAll('{user}', newId())], {
      timeout: 30_000,
    });
    return toUser(stdout.trim());
  };
  return { kind: 'own', source: 'TOKEN_COMMAND', next, other: next };
};

const usersOfTokens = (token: string, otherToken: string | undefined): Users => {
  const [one, other] = [toUser(token), otherToken === undefined ? undefined : toUser(otherToken)];
  if (one.id === other?.id)
    throw new Error('TOKEN and OTHER_TOKEN belong to the same user. Use the tokens of two users.');
  return { kind: 'given', source: 'TOKEN', next: async () => one, other: async () => other };
};

const nobody: Users = {
  kind: 'none',
  source: 'none',
  next: async () => ({ id: 'conformance', token: '' }),
  other: async () => undefined,
};

/** Users for servers on this machine, for which nobody has to provide a token. */
export interface LocalUsers {
  /** Where the tokens come from, for messages. */
  readonly source: string;
  /** Returns the users; `undefined` if there are none. */
  find(): Promise<Users | undefined>;
}

const isLocal = ({ hostname }: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/**
 * Returns the users for TOKEN_SECRET (with TOKEN_ISSUER and TOKEN_AUDIENCE), TOKEN_COMMAND, or TOKEN and OTHER_TOKEN,
 * whichever the environment has first.
 * @param localUsers fallback for a server on this machine
 * @throws Error that says which token is unusable and why
 */
export const usersFrom = async (env: NodeJS.ProcessEnv, baseUrl: URL, localUsers?: LocalUsers): Promise<Users> => {
  const { TOKEN_SECRET, TOKEN_ISSUER, TOKEN_AUDIENCE, TOKEN_COMMAND, TOKEN, OTHER_TOKEN } = env;
  if (TOKEN_SECRET) {
    return usersOfSecret(TOKEN_SECRET, 'TOKEN_SECRET', {
      issuer: TOKEN_ISSUER || undefined,
      audience: TOKEN_AUDIENCE || undefined,
    });
  }
  if (TOKEN_COMMAND) return usersOfCommand(TOKEN_COMMAND);
  if (TOKEN) return usersOfTokens(TOKEN, OTHER_TOKEN || undefined);
  return (isLocal(baseUrl) ? await localUsers?.find() : undefined) ?? nobody;
};
