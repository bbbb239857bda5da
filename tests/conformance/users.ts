import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { claimsOf, now, sign, type User } from './tokens.ts';

/** Signs claims for a user, over those that a good token has; `undefined` leaves one out. */
export type SignFor = (user: string, claims?: Record<string, unknown>, header?: Record<string, unknown>) => string;

/** Where the users of a run come from. */
export interface Users {
  /** `own`: as many as it takes, of which nobody has heard. `given`: two at most, who may have tasks. */
  readonly kind: 'own' | 'given' | 'none';
  /** How they were come by, for the report. */
  readonly source: string;
  /** A user who has not called before; or, of given ones, the first. */
  next(): Promise<User>;
  /** Another user than `next` gives; `undefined` where there is none. */
  other(): Promise<User | undefined>;
  /** Only where the secret is known. */
  readonly signFor?: SignFor;
  /** Whether the tokens name the issuer and the audience that the server demands. */
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

/** Users whose tokens are signed here. */
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
  if (typeof sub !== 'string') throw new Error('The token names no user: it has no `sub`. Fetch one that has.');
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
  if (one.id === other?.id) throw new Error('TOKEN and OTHER_TOKEN are of the same user. Give two users’ tokens.');
  return { kind: 'given', source: 'TOKEN', next: async () => one, other: async () => other };
};

const nobody: Users = {
  kind: 'none',
  source: 'none',
  next: async () => ({ id: 'conformance', token: '' }),
  other: async () => undefined,
};

// Of a server that `npm start` runs here, the secret is at hand.
const usersOfDevelopment = async (): Promise<Users> => {
  try {
    // Only here: it brings the whole server along.
    const { loadEnvironment, readConfig } = await import('@taskward/api');
    const { auth, dataDirectory } = readConfig(loadEnvironment());
    const secret = auth.secret ?? (await readFile(join(dataDirectory, 'secret'), 'utf8')).trim();
    const [issuer] = auth.issuers;
    const [audience] = auth.audiences;
    return usersOfSecret(secret, 'the development secret of this directory', { issuer, audience });
  } catch {
    return nobody;
  }
};

const isHere = ({ hostname }: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/**
 * The users that the environment gives: of TOKEN_SECRET (with TOKEN_ISSUER and TOKEN_AUDIENCE, where the server
 * demands them), of TOKEN_COMMAND, or of TOKEN and OTHER_TOKEN; for a server on this machine, of its development secret.
 * @throws Error that says what is wrong with them
 */
export const usersFrom = async (env: NodeJS.ProcessEnv, baseUrl: URL): Promise<Users> => {
  const { TOKEN_SECRET, TOKEN_ISSUER, TOKEN_AUDIENCE, TOKEN_COMMAND, TOKEN, OTHER_TOKEN } = env;
  if (TOKEN_SECRET) {
    return usersOfSecret(TOKEN_SECRET, 'TOKEN_SECRET', {
      issuer: TOKEN_ISSUER || undefined,
      audience: TOKEN_AUDIENCE || undefined,
    });
  }
  if (TOKEN_COMMAND) return usersOfCommand(TOKEN_COMMAND);
  if (TOKEN) return usersOfTokens(TOKEN, OTHER_TOKEN || undefined);
  return isHere(baseUrl) ? usersOfDevelopment() : nobody;
};
