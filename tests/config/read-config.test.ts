import { resolve } from 'node:path';
import { type Config, ConfigError, readConfig } from '@taskward/api';
import t from 'tap';
import { rows } from './environment-variables.ts';

type Env = Readonly<Record<string, string | undefined>>;

const defaults: Config = {
  environment: 'development',
  dataDirectory: resolve(import.meta.dirname, '../../.data'),
  databaseUrl: undefined,
  migrationDatabaseUrl: undefined,
  databaseReplicaUrl: undefined,
  databasePasswordFile: undefined,
  auth: {
    secret: undefined,
    secretAlgorithms: ['HS256'],
    publicKey: undefined,
    keySet: undefined,
    issuers: [],
    audiences: [],
    maxAgeSeconds: 604_800,
    cookie: undefined,
  },
  corsOrigins: ['http://localhost:3000'],
  host: '0.0.0.0',
  port: 8000,
  processes: 1,
  logLevel: 'info',
  metrics: undefined,
  pool: { size: 5, maxOverflow: 10, prePing: true, recycleSeconds: 300, connectSeconds: 10 },
  rateLimit: { max: 300, windowSeconds: 60 },
  maxTasksPerUser: 100_000,
  maxStreams: 2_000,
  changesRetentionDays: 90,
  redisUrl: undefined,
  trustedProxies: [],
  publicUrl: undefined,
  webApp: { authUrl: undefined },
  compatibility: [],
  mcp: true,
  webhooks: { urls: [], secret: undefined },
  tracing: undefined,
};

const faultsOf = (env: Env): readonly string[] => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

t.test('an empty environment is that of a developer', async (t) => {
  t.strictSame(readConfig({}), defaults);
  t.strictSame(readConfig({ PATH: '/bin', NODE_ENV: 'production', DATABASE_UR: 'x' }), defaults, 'others are let be');
});

for (const [name, { of, accepted, refused }] of Object.entries(rows)) {
  t.test(name, async (t) => {
    for (const [text, value] of Object.entries(accepted)) {
      const config = readConfig({ [name]: text });
      t.strictSame(of(config), value, `accepts ${text}`);
      const untouched = { ...rows };
      delete untouched[name];
      for (const other of Object.values(untouched)) t.strictSame(other.of(config), other.of(defaults));
    }
    for (const [text, sentence] of Object.entries(refused)) {
      t.strictSame(faultsOf({ [name]: text }), [sentence], `refuses ${text}`);
    }
    for (const nothing of ['', ' ', '\t\n', undefined]) {
      t.strictSame(readConfig({ [name]: nothing }), defaults, `${JSON.stringify(nothing)} counts as not set`);
    }
  });
}

t.test('an origin with a wildcard is no exact origin', async (t) => {
  for (const item of ['https://*.app.example', 'https://*', 'http://*:3000']) {
    t.match(faultsOf({ CORS_ALLOWED_ORIGINS: item }), [/^CORS_ALLOWED_ORIGINS must list /], item);
  }
});

t.test('a list of nothing but commas never leaves the server with no algorithm', async (t) => {
  for (const text of [',', ' , ,']) {
    // Refused, or as if it were not set; but an empty list would accept whatever the library does.
    const faults = faultsOf({ JWT_ALGORITHM: text });
    if (faults.length === 0)
      t.strictSame(readConfig({ JWT_ALGORITHM: text }).auth.secretAlgorithms, defaults.auth.secretAlgorithms, text);
    else t.match(faults, [/^JWT_ALGORITHM must /], text);
  }
});

t.test('metrics are served on loopback, on a port of their own', async (t) => {
  t.strictSame(readConfig({ METRICS_PORT: '9464' }).metrics, { host: '127.0.0.1', port: 9464 });
  t.strictSame(readConfig({ METRICS_PORT: '9464', METRICS_HOST: '10.0.0.1' }).metrics, {
    host: '10.0.0.1',
    port: 9464,
  });
  t.strictSame(readConfig({ METRICS_PORT: '0', PORT: '0' }).metrics?.port, 0, 'the system chooses two ports');
  t.strictSame(faultsOf({ METRICS_HOST: '10.0.0.1' }), [
    'METRICS_HOST is where METRICS_PORT is served: set that too, or neither.',
  ]);
  const samePort = 'METRICS_PORT must be another port than PORT: metrics are not for everybody.';
  t.strictSame(faultsOf({ METRICS_PORT: '9000', PORT: '9000' }), [samePort]);
  t.strictSame(faultsOf({ METRICS_PORT: '8000' }), [samePort], 'also the default one');
});
