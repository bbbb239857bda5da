import type { Config } from '@taskward/api';

/** What the configuration makes of an environment variable. */
export interface Row {
  /** Where in the configuration it shows. */
  readonly of: (config: Config) => unknown;
  readonly accepted: Readonly<Record<string, unknown>>;
  /** What is refused, and with which sentence. */
  readonly refused: Readonly<Record<string, string>>;
}

const same = (...texts: string[]) => Object.fromEntries(texts.map((text) => [text, text]));
const each = (texts: readonly string[], sentence: string) => Object.fromEntries(texts.map((text) => [text, sentence]));

const database = {
  accepted: same(
    'postgresql://user:password@host:5432/database',
    'postgres://user@host/database',
    'postgresql://user:p%40ss@ep-cool-pooler.eu-central-1.aws.neon.tech/db?sslmode=require&channel_binding=require',
    'postgresql://[::1]:5432/database',
  ),
  refused: (name: string) =>
    each(
      [
        'nonsense',
        'postgresql',
        'postgresql://',
        'mysql://host/db',
        'postgresql+asyncpg://u:p@host/db',
        'postgres://[x',
      ],
      `${name} must be a URL such as postgresql://user:password@host:5432/database.`,
    ),
};

const list = { 'https://app.example': ['https://app.example'], ' a , b,,': ['a', 'b'], 'a b': ['a b'] };

const number = (name: string, of: Row['of'], min: number, max: number): Row => ({
  of,
  accepted: { [min]: min, [max]: max, [`0${min + 1}`]: min + 1 },
  refused: each(
    [
      `${min - 1}`,
      `${max + 1}`,
      '1.5',
      '1e3',
      '0x10',
      '+5',
      '-5',
      ' 5',
      '5 s',
      'many',
      'off',
      '٥',
      'NaN',
      'Infinity',
      '9'.repeat(30),
    ],
    `${name} must be a whole number from ${min} to ${max}.`,
  ),
});

const levels: Readonly<Record<string, Config['logLevel']>> = {
  NOTSET: 'trace',
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  WARNING: 'warn',
  ERROR: 'error',
  CRITICAL: 'fatal',
  FATAL: 'fatal',
  SILENT: 'silent',
  info: 'info',
  Warning: 'warn',
};

const truths = Object.fromEntries(['true', '1', 'yes', 'on', 'True', 'YES'].map((text) => [text, true]));
const untruths = Object.fromEntries(['false', '0', 'no', 'off', 'False', 'NO'].map((text) => [text, false]));

const noAlgorithm = (name: string) =>
  `JWT_ALGORITHM must list algorithms of HS256, HS384, HS512, EdDSA, ES256, ES512, RS256, PS256, and \`${name}\` is none.`;

/** The environment variables, each with what is accepted and what is refused. */
export const rows: Readonly<Record<string, Row>> = {
  DATABASE_URL: { of: (c) => c.databaseUrl, accepted: database.accepted, refused: database.refused('DATABASE_URL') },
  MIGRATION_DATABASE_URL: {
    of: (c) => c.migrationDatabaseUrl,
    accepted: database.accepted,
    refused: database.refused('MIGRATION_DATABASE_URL'),
  },
  BETTER_AUTH_SECRET: {
    of: (c) => c.auth.secret,
    accepted: same('short', 'x'.repeat(500), 'wi th,=$"\'', 'ключ'),
    refused: {},
  },
  JWT_ALGORITHM: {
    of: (c) => c.auth.secretAlgorithms,
    accepted: { HS256: ['HS256'], HS512: ['HS512'], 'HS384, HS256': ['HS384', 'HS256'], RS256: [] },
    refused: Object.fromEntries([
      ...['none', 'RS384', 'hs256', 'HS1', 'HS256;HS384', 'HS2567'].map((name) => [name, noAlgorithm(name)]),
      ['HS256,none', noAlgorithm('none')],
    ]),
  },
  JWT_ISSUER: { of: (c) => c.auth.issuers, accepted: list, refused: {} },
  JWT_AUDIENCE: { of: (c) => c.auth.audiences, accepted: list, refused: {} },
  JWT_EXPIRATION_DELTA: number('JWT_EXPIRATION_DELTA', (c) => c.auth.maxAgeSeconds, 1, 315_360_000),
  ENVIRONMENT: {
    of: (c) => c.environment,
    accepted: same('development'),
    refused: each(
      ['Production', 'PRODUCTION', 'prod', 'production ', 'staging', 'test', '0'],
      'ENVIRONMENT must be `development` or `production`.',
    ),
  },
  CORS_ALLOWED_ORIGINS: {
    of: (c) => c.corsOrigins,
    accepted: {
      'https://app.example': ['https://app.example'],
      'http://localhost:3000, https://app.example:8443': ['http://localhost:3000', 'https://app.example:8443'],
      'http://127.0.0.1:5173,': ['http://127.0.0.1:5173'],
      'http://[::1]:3000': ['http://[::1]:3000'],
    },
    refused: {
      ...each(
        ['*', 'https://app.example,*'],
        'CORS_ALLOWED_ORIGINS must list exact origins: `*` cannot be combined with credentials.',
      ),
      ...Object.fromEntries(
        ['null', 'app.example', '//app.example', 'ftp://app.example', 'file:///x', 'https://', 'app.example:443'].map(
          (item) => [
            item,
            `CORS_ALLOWED_ORIGINS must list origins such as https://app.example, and \`${item}\` is none.`,
          ],
        ),
      ),
      ...Object.fromEntries(
        [
          ['https://app.example/', 'https://app.example'],
          ['https://app.example/path', 'https://app.example'],
          ['https://APP.example', 'https://app.example'],
          ['https://app.example:443', 'https://app.example'],
          ['http://app.example:80', 'http://app.example'],
          ['https://user:pw@app.example', 'https://app.example'],
          ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
        ].map(([item, exact]) => [
          item,
          `CORS_ALLOWED_ORIGINS must list exact origins: write \`${exact}\` instead of \`${item}\`.`,
        ]),
      ),
    },
  },
  HOST: { of: (c) => c.host, accepted: same('127.0.0.1', '::', 'localhost'), refused: {} },
  PORT: number('PORT', (c) => c.port, 0, 65_535),
  WEB_CONCURRENCY: number('WEB_CONCURRENCY', (c) => c.processes, 1, 64),
  LOG_LEVEL: {
    of: (c) => c.logLevel,
    accepted: levels,
    // Names that every JavaScript object has are no levels either.
    refused: each(
      ['loud', '10', 'info ', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueof'],
      'LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL.',
    ),
  },
  DB_POOL_SIZE: number('DB_POOL_SIZE', (c) => c.pool.size, 1, 1000),
  DB_MAX_OVERFLOW: number('DB_MAX_OVERFLOW', (c) => c.pool.maxOverflow, 0, 1000),
  DB_POOL_PRE_PING: {
    of: (c) => c.pool.prePing,
    accepted: { ...truths, ...untruths },
    refused: each(['maybe', '2', 'ja', 'truely', ' true'], 'DB_POOL_PRE_PING must be `true` or `false`.'),
  },
  MCP: {
    of: (c) => c.mcp,
    accepted: { ...truths, ...untruths },
    refused: each(['maybe', '2', 'http', ' true'], 'MCP must be `true` or `false`.'),
  },
  DB_CONNECT_TIMEOUT: number('DB_CONNECT_TIMEOUT', (c) => c.pool.connectSeconds, 1, 20),
  DB_POOL_RECYCLE: number('DB_POOL_RECYCLE', (c) => c.pool.recycleSeconds, 1, 86_400),
  JWT_JWKS_URL: {
    of: (c) => c.auth.keySet?.url,
    accepted: same('https://app.example/api/auth/jwks', 'http://localhost:3000/api/auth/jwks/'),
    refused: each(
      ['app.example/jwks', 'ftp://app.example/jwks', 'file:///etc/passwd', '/jwks'],
      'JWT_JWKS_URL must be a URL such as https://app.example/api/auth/jwks.',
    ),
  },
  AUTH_COOKIE: {
    of: (c) => c.auth.cookie,
    accepted: same('token', '__Secure-taskward.token', '__Host-jwt'),
    refused: each(
      ['a b', 'a;b', 'a=b', 'tökén'],
      'AUTH_COOKIE must be the name of a cookie, such as __Secure-taskward.token.',
    ),
  },
  RATE_LIMIT_MAX: {
    of: (c) => c.rateLimit?.max,
    accepted: { 1: 1, 1000000000: 1_000_000_000, '02': 2 },
    refused: each(
      ['-1', '1000000001', '1.5', '1e3', '0x10', '+5', ' 5', 'many', 'NaN', 'Infinity', '9'.repeat(30)],
      'RATE_LIMIT_MAX must be a whole number from 1 to 1000000000, or `off`.',
    ),
  },
  RATE_LIMIT_WINDOW: number('RATE_LIMIT_WINDOW', (c) => c.rateLimit?.windowSeconds, 1, 86_400),
  MAX_TASKS_PER_USER: number('MAX_TASKS_PER_USER', (c) => c.maxTasksPerUser, 1, 1_000_000_000),
  METRICS_PORT: number('METRICS_PORT', (c) => c.metrics?.port, 0, 65_535),
  MAX_STREAMS: number('MAX_STREAMS', (c) => c.maxStreams, 0, 1_000_000),
  CHANGES_RETENTION_DAYS: number('CHANGES_RETENTION_DAYS', (c) => c.changesRetentionDays, 1, 3_650),
  COMPATIBILITY: {
    of: (c) => c.compatibility,
    accepted: {
      bare: ['bare'],
      'bare, tasks,,bare': ['bare', 'tasks'],
      'data-tasks,delete-json,camel-case': ['data-tasks', 'delete-json', 'camel-case'],
    },
    refused: {
      ...Object.fromEntries(
        ['Bare', 'bare;tasks', 'camelCase', '__proto__', 'toString'].map((item) => [
          item,
          `COMPATIBILITY must list settings of bare, tasks, items, data-tasks, task, delete-json, json-errors, text-ids, camel-case, one-spelling, is-completed, is-overdue, recurrence-pattern, recurrence-upper, status, status-done, status-todo, status-upper, status-upper-complete, status-upper-todo, status-upper-to-do, priority-medium, priority-upper, priority-title, tags-text, extra-fields, and \`${item}\` is none.`,
        ]),
      ),
      'tasks,bare,items': 'COMPATIBILITY must name one of tasks, items, data-tasks, and not tasks and items.',
      'status,status-todo':
        'COMPATIBILITY must name one of status, status-done, status-todo, status-upper, status-upper-complete, status-upper-todo, status-upper-to-do, and not status and status-todo.',
      ',': 'COMPATIBILITY must name at least one, or not be set.',
    },
  },
  WEB_APP: {
    of: (c) => c.webApp !== undefined,
    accepted: { ...truths, ...untruths },
    refused: each(['maybe', '2', 'ja'], 'WEB_APP must be `true` or `false`.'),
  },
  WEB_AUTH_URL: {
    // A key set says it too.
    of: (c) => (c.auth.keySet === undefined ? c.webApp?.authUrl : undefined),
    accepted: {
      'https://app.example/api/auth': 'https://app.example/api/auth',
      'http://localhost:3000/api/auth/': 'http://localhost:3000/api/auth',
    },
    refused: each(
      ['app.example', 'ftp://app.example', '/api/auth'],
      'WEB_AUTH_URL must be a URL such as https://app.example/api/auth.',
    ),
  },
  WEBHOOK_URLS: {
    of: (c) => c.webhooks.urls,
    accepted: {
      'https://app.example/events': ['https://app.example/events'],
      'http://localhost:3000/events, https://b.example': ['http://localhost:3000/events', 'https://b.example'],
    },
    refused: Object.fromEntries(
      ['app.example', 'ftp://app.example', '/events'].map((item) => [
        item,
        `WEBHOOK_URLS must list URLs such as https://app.example/events, and \`${item}\` is none.`,
      ]),
    ),
  },
  WEBHOOK_SECRET: { of: (c) => c.webhooks.secret, accepted: same('short', 'x'.repeat(500), 'ключ'), refused: {} },
  REDIS_URL: {
    of: (c) => c.redisUrl,
    accepted: same('redis://localhost:6379', 'rediss://user:password@host:6380/1'),
    refused: each(
      ['localhost:6379', 'http://localhost', 'redis'],
      'REDIS_URL must be a URL such as redis://localhost:6379.',
    ),
  },
  TRUSTED_PROXIES: {
    of: (c) => c.trustedProxies,
    accepted: {
      '10.0.0.0/8, 192.168.1.1': ['10.0.0.0/8', '192.168.1.1'],
      '::1,fd00::/8': ['::1', 'fd00::/8'],
    },
    refused: Object.fromEntries(
      ['10.0.0.0/33', '10.0.0.0/8/8', 'proxy', '10.0.0', '::1/129', '10.0.0.1/'].map((item) => [
        item,
        `TRUSTED_PROXIES must list addresses or ranges such as 10.0.0.0/8, and \`${item}\` is none.`,
      ]),
    ),
  },
  PUBLIC_URL: {
    of: (c) => c.publicUrl,
    accepted: { 'https://x.example': 'https://x.example', 'http://x.example:8080/svc/': 'http://x.example:8080/svc' },
    refused: each(
      ['x.example', 'ftp://x', 'https://x.example//evil', 'https://u:p@x.example', 'https://x.example?q'],
      'PUBLIC_URL must be a URL such as https://api.example or https://app.example/tasks.',
    ),
  },
};
