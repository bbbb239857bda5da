import { cleanEnv, makeValidator, type ReporterOptions, str } from 'envalid';

/** Everything that the environment decides, read once and checked as a whole. */
export interface Config {
  readonly environment: 'development' | 'production';
  /** Absent: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  readonly migrationDatabaseUrl: string | undefined;
  /** Absent, in development only: one is made and kept under `.data/`. */
  readonly secret: string | undefined;
  readonly algorithms: readonly ('HS256' | 'HS384' | 'HS512')[];
  readonly issuers: readonly string[];
  readonly audiences: readonly string[];
  readonly maxTokenAgeSeconds: number;
  readonly corsOrigins: readonly string[];
  readonly host: string;
  readonly port: number;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  readonly pool: {
    readonly size: number;
    readonly maxOverflow: number;
    readonly prePing: boolean;
    readonly recycleSeconds: number;
  };
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

const commaList = (check: (item: string) => string) =>
  makeValidator((text: string) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '')
      .map(check),
  );

const origins = commaList((item) => {
  if (item === '*') throw new Error('must list exact origins: `*` cannot be combined with credentials');
  if (!URL.canParse(item) || !/^https?:$/.test(new URL(item).protocol) || new URL(item).origin === 'null') {
    throw new Error(`must list origins such as https://app.example, and \`${item}\` is none`);
  }
  const { origin } = new URL(item);
  if (item !== origin) throw new Error(`must list exact origins: write \`${origin}\` instead of \`${item}\``);
  return item;
});

const algorithms = commaList((item) => {
  if (!/^HS(256|384|512)$/.test(item)) throw new Error(`must be HS256, HS384 or HS512, not \`${item}\``);
  return item;
});

const anyText = commaList((item) => item);

const databaseUrl = makeValidator((text: string) => {
  if (!/^postgres(ql)?:\/\/./.test(text) || !URL.canParse(text)) {
    throw new Error('must be a URL such as postgresql://user:password@host:5432/database');
  }
  return text;
});

const environment = makeValidator((text: string) => {
  if (text !== 'development' && text !== 'production') throw new Error('must be `development` or `production`');
  return text;
});

// Python's names are taken too, as the backends that Taskward replaces use them.
const logLevels: Record<string, Config['logLevel']> = {
  notset: 'trace',
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  critical: 'fatal',
  fatal: 'fatal',
  silent: 'silent',
};

const logLevel = makeValidator((text: string) => {
  const level = logLevels[text.toLowerCase()];
  if (level === undefined) throw new Error('must be DEBUG, INFO, WARNING, ERROR or CRITICAL');
  return level;
});

const optional = { default: undefined };

const variables = {
  DATABASE_URL: databaseUrl(optional),
  MIGRATION_DATABASE_URL: databaseUrl(optional),
  BETTER_AUTH_SECRET: str(optional),
  JWT_ALGORITHM: algorithms({ default: ['HS256'] }),
  JWT_ISSUER: anyText({ default: [] }),
  JWT_AUDIENCE: anyText({ default: [] }),
  JWT_EXPIRATION_DELTA: wholeNumber(1, 10 * 365 * 86_400)({ default: 604_800 }),
  ENVIRONMENT: environment({ default: 'development' }),
  CORS_ALLOWED_ORIGINS: origins({ default: ['http://localhost:3000'] }),
  HOST: str({ default: '0.0.0.0' }),
  PORT: wholeNumber(0, 65_535)({ default: 8000 }),
  LOG_LEVEL: logLevel({ default: 'info' }),
  DB_POOL_SIZE: wholeNumber(1, 1000)({ default: 5 }),
  DB_MAX_OVERFLOW: wholeNumber(0, 1000)({ default: 10 }),
  DB_POOL_PRE_PING: yesOrNo({ default: true }),
  DB_POOL_RECYCLE: wholeNumber(1, 86_400)({ default: 300 }),
};

// Set in vain they would leave a server less strict than its operator thinks.
const notYet = [
  'JWT_PUBLIC_KEY',
  'JWT_JWKS_URL',
  'AUTH_COOKIE',
  'RATE_LIMIT_MAX',
  'RATE_LIMIT_WINDOW',
  'REDIS_URL',
  'TRUSTED_PROXIES',
];

const productionFaults = (env: Readonly<Record<string, string | undefined>>): string[] => {
  const faults: string[] = [];
  if (env.DATABASE_URL === undefined) {
    faults.push('DATABASE_URL is required in production: the embedded PostgreSQL is for development.');
  }
  if (env.BETTER_AUTH_SECRET === undefined) {
    faults.push('BETTER_AUTH_SECRET is required in production: the secret that the auth server signs with.');
  } else if (Buffer.byteLength(env.BETTER_AUTH_SECRET) < 32) {
    faults.push(
      'BETTER_AUTH_SECRET must be at least 32 bytes long in production: `openssl rand -base64 32` makes one.',
    );
  }
  if (env.CORS_ALLOWED_ORIGINS === undefined) {
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
export const readConfig = (source: Readonly<Record<string, string | undefined>>): Config => {
  const env = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const faults = notYet
    .filter((name) => env[name] !== undefined)
    .map((name) => `${name} is not supported by this version: remove it.`);
  const reporter = ({ errors }: ReporterOptions<Record<string, unknown>>) => {
    for (const [name, error] of Object.entries(errors)) faults.push(`${name} ${error?.message}.`);
  };
  const values = cleanEnv(env, variables, { reporter: reporter as never });
  if (values.ENVIRONMENT === 'production') faults.push(...productionFaults(env));
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    environment: values.ENVIRONMENT,
    databaseUrl: values.DATABASE_URL,
    migrationDatabaseUrl: values.MIGRATION_DATABASE_URL,
    secret: values.BETTER_AUTH_SECRET,
    algorithms: values.JWT_ALGORITHM as Config['algorithms'],
    issuers: values.JWT_ISSUER,
    audiences: values.JWT_AUDIENCE,
    maxTokenAgeSeconds: values.JWT_EXPIRATION_DELTA,
    corsOrigins: values.CORS_ALLOWED_ORIGINS,
    host: values.HOST,
    port: values.PORT,
    logLevel: values.LOG_LEVEL,
    pool: {
      size: values.DB_POOL_SIZE,
      maxOverflow: values.DB_MAX_OVERFLOW,
      prePing: values.DB_POOL_PRE_PING,
      recycleSeconds: values.DB_POOL_RECYCLE,
    },
  };
};
