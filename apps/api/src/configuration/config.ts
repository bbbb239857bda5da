import { resolve } from 'node:path';
import type { CompatibilitySetting } from '@taskward/adapters-http';
import { cleanEnv, type ReporterOptions, str } from 'envalid';
import { type AuthModes, readAuthModes } from './auth-modes.ts';
import {
  anyText,
  cidr,
  compatibility,
  cookieName,
  databaseUrl,
  environment,
  isYes,
  type LogLevel,
  logLevel,
  origins,
  passwordFile,
  publicUrl,
  rateLimitMax,
  url,
  webhookUrls,
  wholeNumber,
  yesOrNo,
} from './config-values.ts';
import { type TracingConfig, tracingOf, tracingVariables } from './tracing-values.ts';

/** The configuration, read from the environment and checked as a whole. */
export interface Config {
  readonly environment: 'development' | 'production';
  /** The directory of the embedded database and the development secret. */
  readonly dataDirectory: string;
  /** If absent, the embedded PostgreSQL is used. */
  readonly databaseUrl: string | undefined;
  readonly migrationDatabaseUrl: string | undefined;
  /** A standby that may answer lists. */
  readonly databaseReplicaUrl: string | undefined;
  /** The path of a file with the password of `databaseUrl`, read for each connection. */
  readonly databasePasswordFile: string | undefined;
  /** How tokens are verified. */
  readonly auth: AuthModes;
  readonly corsOrigins: readonly string[];
  readonly host: string;
  readonly port: number;
  /** How many processes serve requests. */
  readonly processes: number;
  readonly logLevel: LogLevel;
  /** Where metrics are served. If absent, there are none. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  readonly pool: {
    readonly size: number;
    readonly maxOverflow: number;
    readonly prePing: boolean;
    readonly recycleSeconds: number;
    readonly connectSeconds: number;
  };
  /** If absent, rate limiting is off. */
  readonly rateLimit: { readonly max: number; readonly windowSeconds: number } | undefined;
  /** The maximum number of tasks per user. */
  readonly maxTasksPerUser: number;
  /** The maximum number of event streams of a process. */
  readonly maxStreams: number;
  /** How many days the log of changes is kept, and with it the trash. */
  readonly changesRetentionDays: number;
  readonly redisUrl: string | undefined;
  readonly trustedProxies: readonly string[];
  /** The URL at which clients reach this server, without a trailing slash. */
  readonly publicUrl: string | undefined;
  /** The page. If absent, none is served. `authUrl`: the Better Auth server at which it signs in, without a trailing slash. */
  readonly webApp: { readonly authUrl: string | undefined } | undefined;
  /** How responses differ from the contract, for clients of other backends. */
  readonly compatibility: readonly CompatibilitySetting[];
  /** Whether agents are served at `/mcp`. */
  readonly mcp: boolean;
  readonly webhooks: {
    /** Receivers of the events of all users, besides those that were added on the command line. */
    readonly urls: readonly string[];
    /** What the secrets of all endpoints are made from. */
    readonly secret: string | undefined;
  };
  /** How requests are traced. If absent, they are not. */
  readonly tracing: TracingConfig | undefined;
}

/** The environment is invalid. `faults` has a sentence for every fault. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`Taskward cannot start: the environment is not right.\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

const optional = { default: undefined };
const defaultDataDirectory = resolve(import.meta.dirname, '../../../../.data');

const variables = {
  DATABASE_URL: databaseUrl(optional),
  MIGRATION_DATABASE_URL: databaseUrl(optional),
  DATABASE_REPLICA_URL: databaseUrl(optional),
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
  WEB_CONCURRENCY: wholeNumber(1, 64)({ default: 1 }),
  LOG_LEVEL: logLevel({ default: 'info' }),
  METRICS_HOST: str({ default: '127.0.0.1' }),
  METRICS_PORT: wholeNumber(0, 65_535)(optional),
  DB_POOL_SIZE: wholeNumber(1, 1000)({ default: 5 }),
  DB_MAX_OVERFLOW: wholeNumber(0, 1000)({ default: 10 }),
  DB_POOL_PRE_PING: yesOrNo({ default: true }),
  DB_POOL_RECYCLE: wholeNumber(1, 86_400)({ default: 300 }),
  DB_CONNECT_TIMEOUT: wholeNumber(1, 20)({ default: 10 }),
  RATE_LIMIT_MAX: rateLimitMax({ default: 300 }),
  RATE_LIMIT_WINDOW: wholeNumber(1, 86_400)({ default: 60 }),
  MAX_TASKS_PER_USER: wholeNumber(1, 1_000_000_000)({ default: 100_000 }),
  MAX_STREAMS: wholeNumber(0, 1_000_000)({ default: 2_000 }),
  CHANGES_RETENTION_DAYS: wholeNumber(1, 3_650)({ default: 90 }),
  REDIS_URL: url(/^rediss?:$/, 'redis://localhost:6379')(optional),
  TRUSTED_PROXIES: cidr({ default: [] }),
  PUBLIC_URL: publicUrl(optional),
  WEB_APP: yesOrNo(optional),
  WEB_AUTH_URL: url(/^https?:$/, 'https://app.example/api/auth')(optional),
  COMPATIBILITY: compatibility({ default: [] }),
  MCP: yesOrNo({ default: true }),
  WEBHOOK_URLS: webhookUrls({ default: [] }),
  WEBHOOK_SECRET: str(optional),
  ...tracingVariables,
  TASKWARD_DATA_DIR: str({ default: defaultDataDirectory }),
};

/** The names of all environment variables that the API reads. */
export const variableNames: readonly string[] = Object.keys(variables);

type Environment = Readonly<Record<string, string | undefined>>;

// Better Auth serves its key set at `jwks` below its base URL.
const authUrlOf = ({ WEB_AUTH_URL: given, JWT_JWKS_URL: keySet }: Environment): string | undefined => {
  if (given !== undefined) return given.replace(/\/+$/, '');
  return keySet === undefined ? undefined : /^(.+[^/])\/jwks\/?$/.exec(keySet)?.[1];
};

const productionFaults = (env: Environment): string[] => {
  const faults: string[] = [];
  const { DATABASE_URL, BETTER_AUTH_SECRET, JWT_PUBLIC_KEY, JWT_JWKS_URL, CORS_ALLOWED_ORIGINS, WEBHOOK_SECRET } = env;
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
  if (isYes(env.WEB_APP ?? '') && authUrlOf(env) === undefined) {
    faults.push('WEB_AUTH_URL is required with WEB_APP: the Better Auth server at which users of the page sign in.');
  }
  if (env.WEB_AUTH_URL?.startsWith('http:')) {
    faults.push('WEB_AUTH_URL must be https in production: passwords are sent there.');
  }
  if (env.WEBHOOK_URLS !== undefined && WEBHOOK_SECRET === undefined) {
    faults.push('WEBHOOK_SECRET is required with WEBHOOK_URLS: the secrets that sign events are made from it.');
  }
  if (WEBHOOK_SECRET !== undefined && Buffer.byteLength(WEBHOOK_SECRET) < 32) {
    faults.push('WEBHOOK_SECRET must be at least 32 bytes long in production: `openssl rand -base64 32` makes one.');
  }
  return faults;
};

/**
 * Reads the configuration. An empty variable counts as not set.
 * @throws ConfigError with every fault
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
  if (env.DATABASE_REPLICA_URL !== undefined && env.DATABASE_URL === undefined) {
    faults.push('DATABASE_REPLICA_URL is a standby of the server of DATABASE_URL: set that too, or neither.');
  }
  if (env.METRICS_HOST !== undefined && env.METRICS_PORT === undefined) {
    faults.push('METRICS_HOST is where METRICS_PORT is served: set that too, or neither.');
  }
  // Reading an invalid value from envalid's result throws.
  const { JWT_ALGORITHM: algorithms = [], METRICS_PORT: metrics, PORT: port }: Partial<typeof values> = { ...values };
  if (metrics !== undefined && metrics !== 0 && metrics === port) {
    faults.push('METRICS_PORT must be another port than PORT: metrics are not for everybody.');
  }
  const auth = readAuthModes(env, algorithms, (fault) => faults.push(fault));
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    environment: values.ENVIRONMENT,
    dataDirectory: resolve(values.TASKWARD_DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    migrationDatabaseUrl: values.MIGRATION_DATABASE_URL,
    databaseReplicaUrl: values.DATABASE_REPLICA_URL,
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
    processes: values.WEB_CONCURRENCY,
    logLevel: values.LOG_LEVEL,
    metrics: values.METRICS_PORT === undefined ? undefined : { host: values.METRICS_HOST, port: values.METRICS_PORT },
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
    maxStreams: values.MAX_STREAMS,
    changesRetentionDays: values.CHANGES_RETENTION_DAYS,
    redisUrl: values.REDIS_URL,
    trustedProxies: values.TRUSTED_PROXIES,
    publicUrl: values.PUBLIC_URL,
    webApp: (values.WEB_APP ?? values.ENVIRONMENT === 'development') ? { authUrl: authUrlOf(env) } : undefined,
    compatibility: values.COMPATIBILITY,
    mcp: values.MCP,
    webhooks: { urls: values.WEBHOOK_URLS, secret: values.WEBHOOK_SECRET },
    tracing: tracingOf(values),
  };
};
