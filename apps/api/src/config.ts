import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { isPathPrefix } from '@taskward/adapters-http';
import { cleanEnv, makeValidator, type ReporterOptions, str } from 'envalid';
import { type AuthModes, readAuthModes } from './auth-modes.ts';

/** Everything that the environment decides, read once and checked as a whole. */
export interface Config {
  readonly environment: 'development' | 'production';
  /** Absent: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  readonly migrationDatabaseUrl: string | undefined;
  /** A file with the password of `databaseUrl`, read for each connection. */
  readonly databasePasswordFile: string | undefined;
  /** Whose tokens are accepted. */
  readonly auth: AuthModes;
  readonly corsOrigins: readonly string[];
  readonly host: string;
  readonly port: number;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  readonly pool: {
    readonly size: number;
    readonly maxOverflow: number;
    readonly prePing: boolean;
    readonly recycleSeconds: number;
    readonly connectSeconds: number;
  };
  /** Absent: switched off. */
  readonly rateLimit: { readonly max: number; readonly windowSeconds: number } | undefined;
  /** The most tasks that one user may have. */
  readonly maxTasksPerUser: number;
  readonly redisUrl: string | undefined;
  readonly trustedProxies: readonly string[];
  /** Where clients find this server, without a slash at its end. */
  readonly publicUrl: string | undefined;
}

/** The environment is wrong. `faults` has a sentence for each thing that is, all of them at once. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`Taskward cannot start: the environment is not right.\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

const mostRequests = 1_000_000_000;

const wholeNumber = (min: number, max: number) =>
  makeValidator((text: string) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < min || number > max) {
      throw new Error(`must be a whole number from ${min} to ${max}`);
    }
    return number;
  });

const yesOrNo = makeValidator((text: string) => {
  if (/^(true|1|yes|on)$/i.test(text)) return true;
  if (/^(false|0|no|off)$/i.test(text)) return false;
  throw new Error('must be `true` or `false`');
});

const commaList = (faultOf: (item: string) => string | undefined) =>
  makeValidator((text: string) => {
    const items = text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    if (items.length === 0) throw new Error('must name at least one, or not be set');
    const faults = new Set<string>();
    for (const item of items) {
      const fault = faultOf(item);
      if (fault !== undefined) faults.add(fault);
    }
    if (faults.size > 0) throw new Error([...faults].join('; '));
    return items;
  });

const origins = commaList((item) => {
  if (item === '*') return 'must list exact origins: `*` cannot be combined with credentials';
  if (!URL.canParse(item) || !/^https?:$/.test(new URL(item).protocol) || item.includes('*')) {
    return `must list origins such as https://app.example, and \`${item}\` is none`;
  }
  const { origin } = new URL(item);
  return item === origin ? undefined : `must list exact origins: write \`${origin}\` instead of \`${item}\``;
});

const anyText = commaList(() => undefined);

const cidr = commaList((item) => {
  const [address = '', bits, ...rest] = item.split('/');
  const family = isIP(address);
  const longest = family === 4 ? 32 : 128;
  const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest);
  const isRange = family !== 0 && fits && rest.length === 0;
  if (isRange && Number(bits) === 0)
    return `must not list \`${item}\`, which is everybody: list the addresses of your proxies`;
  return isRange ? undefined : `must list addresses or ranges such as 10.0.0.0/8, and \`${item}\` is none`;
});

const url = (protocols: RegExp, example: string) =>
  makeValidator((text: string) => {
    if (!URL.canParse(text) || !protocols.test(new URL(text).protocol))
      throw new Error(`must be a URL such as ${example}`);
    return text;
  });

const rateLimitMax = makeValidator((text: string) => {
  if (/^(off|0+)$/i.test(text)) return 'off' as const;
  const max = Number(text);
  if (!/^\d+$/.test(text) || max > mostRequests)
    throw new Error(`must be a whole number from 1 to ${mostRequests}, or \`off\``);
  return max;
});

const publicUrl = makeValidator((text: string) => {
  const example = 'must be a URL such as https://api.example or https://app.example/tasks';
  if (!URL.canParse(text) || !/^https?:\/\/[^/?#@\\]+(\/[\w.~/-]*)?$/i.test(text)) throw new Error(example);
  const { origin, pathname } = new URL(text);
  const path = pathname.replace(/\/$/, '');
  if (path !== '' && !isPathPrefix(path)) throw new Error(example);
  return `${origin}${path}`;
});

const isDecodable = (text: string): boolean => {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
};

const databaseUrl = makeValidator((text: string) => {
  if (!/^postgres(ql)?:\/\/./.test(text) || !URL.canParse(text) || !isDecodable(text)) {
    throw new Error('must be a URL such as postgresql://user:password@host:5432/database');
  }
  return text;
});

// It is read again for every connection; here only to say at the start what is wrong with it.
const passwordFile = makeValidator((path: string) => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`must name a file with the password, and it cannot be read: ${(error as Error).message}`);
  }
  if (text.trim() === '') throw new Error(`must name a file with the password, and \`${path}\` is empty`);
  return path;
});

const environment = makeValidator((text: string) => {
  if (text !== 'development' && text !== 'production') throw new Error('must be `development` or `production`');
  return text;
});

const cookieName = makeValidator((text: string) => {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(text))
    throw new Error('must be the name of a cookie, such as __Secure-taskward.token');
  return text;
});

// Python's names are taken too, as the backends that Taskward replaces use them.
const logLevels = new Map<string, Config['logLevel']>([
  ['notset', 'trace'],
  ['trace', 'trace'],
  ['debug', 'debug'],
  ['info', 'info'],
  ['warn', 'warn'],
  ['warning', 'warn'],
  ['error', 'error'],
  ['critical', 'fatal'],
  ['fatal', 'fatal'],
  ['silent', 'silent'],
]);

const logLevel = makeValidator((text: string) => {
  const level = logLevels.get(text.toLowerCase());
  if (level === undefined) throw new Error('must be DEBUG, INFO, WARNING, ERROR or CRITICAL');
  return level;
});

const optional = { default: undefined };

const variables = {
  DATABASE_URL: databaseUrl(optional),
  MIGRATION_DATABASE_URL: databaseUrl(optional),
  DATABASE_PASSWORD_FILE: passwordFile(optional),
  BETTER_AUTH_SECRET: str(optional),
  JWT_PUBLIC_KEY: str(optional),
  JWT_JWKS_URL: url(/^https?:$/, 'https://app.example/api/auth/jwks')(optional),
  JWT_ALGORITHM: anyText({ default: [] }),
  JWT_ISSUER: anyText({ default: [] }),
  JWT_AUDIENCE: anyText({ default: [] }),
  JWT_EXPIRATION_DELTA: wholeNumber(1, 10 * 365 * 86_400)({ default: 604_800 }),
  AUTH_COOKIE: cookieName(optional),
  ENVIRONMENT: environment({ default: 'development' }),
  CORS_ALLOWED_ORIGINS: origins({ default: ['http://localhost:3000'] }),
  HOST: str({ default: '0.0.0.0' }),
  PORT: wholeNumber(0, 65_535)({ default: 8000 }),
  LOG_LEVEL: logLevel({ default: 'info' }),
  DB_POOL_SIZE: wholeNumber(1, 1000)({ default: 5 }),
  DB_MAX_OVERFLOW: wholeNumber(0, 1000)({ default: 10 }),
  DB_POOL_PRE_PING: yesOrNo({ default: true }),
  DB_POOL_RECYCLE: wholeNumber(1, 86_400)({ default: 300 }),
  DB_CONNECT_TIMEOUT: wholeNumber(1, 20)({ default: 10 }),
  RATE_LIMIT_MAX: rateLimitMax({ default: 300 }),
  RATE_LIMIT_WINDOW: wholeNumber(1, 86_400)({ default: 60 }),
  MAX_TASKS_PER_USER: wholeNumber(1, 1_000_000_000)({ default: 100_000 }),
  REDIS_URL: url(/^rediss?:$/, 'redis://localhost:6379')(optional),
  TRUSTED_PROXIES: cidr({ default: [] }),
  PUBLIC_URL: publicUrl(optional),
};

type Environment = Readonly<Record<string, string | undefined>>;

const productionFaults = (env: Environment): string[] => {
  const faults: string[] = [];
  const { DATABASE_URL, BETTER_AUTH_SECRET, JWT_PUBLIC_KEY, JWT_JWKS_URL, CORS_ALLOWED_ORIGINS } = env;
  if (DATABASE_URL === undefined) {
    faults.push('DATABASE_URL is required in production: the embedded PostgreSQL is for development.');
  }
  if (BETTER_AUTH_SECRET === undefined && JWT_PUBLIC_KEY === undefined && JWT_JWKS_URL === undefined) {
    faults.push(
      'BETTER_AUTH_SECRET, JWT_PUBLIC_KEY or JWT_JWKS_URL is required in production: how else would tokens be verified?',
    );
  }
  if (BETTER_AUTH_SECRET !== undefined && Buffer.byteLength(BETTER_AUTH_SECRET) < 32) {
    faults.push(
      'BETTER_AUTH_SECRET must be at least 32 bytes long in production: `openssl rand -base64 32` makes one.',
    );
  }
  if (JWT_JWKS_URL?.startsWith('http:')) {
    faults.push(
      'JWT_JWKS_URL must be https in production: whoever can change the keys on their way can sign for anybody.',
    );
  }
  if (/^(off|0+)$/i.test(env.RATE_LIMIT_MAX ?? '')) {
    faults.push(
      'RATE_LIMIT_MAX cannot be switched off in production: one client could take all there is. Set a number, such as 300.',
    );
  }
  if (CORS_ALLOWED_ORIGINS === undefined) {
    faults.push(
      'CORS_ALLOWED_ORIGINS is required in production: the origins of your front end, such as https://app.example.',
    );
  }
  return faults;
};

/**
 * Reads the configuration. A variable that is set to nothing counts as not set.
 * @throws ConfigError with everything that is wrong
 */
export const readConfig = (source: Environment): Config => {
  const env = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''),
  ) as Record<string, string>;
  const faults: string[] = [];
  const reporter = ({ errors }: ReporterOptions<Record<string, unknown>>) => {
    for (const [name, error] of Object.entries(errors)) faults.push(`${name} ${error?.message}.`);
  };
  const values = cleanEnv(env, variables, { reporter: reporter as never });
  if (env.ENVIRONMENT === 'production') faults.push(...productionFaults(env));
  if (env.DATABASE_PASSWORD_FILE !== undefined && env.DATABASE_URL === undefined) {
    faults.push('DATABASE_PASSWORD_FILE is the password of DATABASE_URL: set that too, or neither.');
  }
  const auth = readAuthModes(env, (fault) => faults.push(fault));
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    environment: values.ENVIRONMENT,
    databaseUrl: values.DATABASE_URL,
    migrationDatabaseUrl: values.MIGRATION_DATABASE_URL,
    databasePasswordFile: values.DATABASE_PASSWORD_FILE,
    auth: {
      ...auth,
      issuers: values.JWT_ISSUER,
      audiences: values.JWT_AUDIENCE,
      maxAgeSeconds: values.JWT_EXPIRATION_DELTA,
      cookie: values.AUTH_COOKIE,
    },
    corsOrigins: values.CORS_ALLOWED_ORIGINS,
    host: values.HOST,
    port: values.PORT,
    logLevel: values.LOG_LEVEL,
    pool: {
      size: values.DB_POOL_SIZE,
      maxOverflow: values.DB_MAX_OVERFLOW,
      prePing: values.DB_POOL_PRE_PING,
      recycleSeconds: values.DB_POOL_RECYCLE,
      connectSeconds: values.DB_CONNECT_TIMEOUT,
    },
    rateLimit:
      values.RATE_LIMIT_MAX === 'off'
        ? undefined
        : { max: values.RATE_LIMIT_MAX, windowSeconds: values.RATE_LIMIT_WINDOW },
    maxTasksPerUser: values.MAX_TASKS_PER_USER,
    redisUrl: values.REDIS_URL,
    trustedProxies: values.TRUSTED_PROXIES,
    publicUrl: values.PUBLIC_URL,
  };
};
