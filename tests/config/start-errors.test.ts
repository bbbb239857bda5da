import { ConfigError, readConfig } from '@taskward/api';
import t from 'tap';

type Env = Readonly<Record<string, string | undefined>>;

const rejectionOf = (env: Env): unknown => {
  try {
    readConfig(env);
  } catch (error) {
    return error;
  }
  return undefined;
};

const faultsOf = (env: Env): readonly string[] => {
  const error = rejectionOf(env);
  if (error !== undefined && !(error instanceof ConfigError)) throw error;
  return error?.faults ?? [];
};

const production: Env = {
  ENVIRONMENT: 'production',
  DATABASE_URL: 'postgresql://taskward@db.example/taskward',
  BETTER_AUTH_SECRET: 'x'.repeat(32),
  CORS_ALLOWED_ORIGINS: 'https://app.example',
};

const missing = {
  DATABASE_URL: 'DATABASE_URL is required in production: the embedded PostgreSQL is for development.',
  BETTER_AUTH_SECRET:
    'BETTER_AUTH_SECRET, JWT_PUBLIC_KEY or JWT_JWKS_URL is required in production: how else would tokens be verified?',
  CORS_ALLOWED_ORIGINS:
    'CORS_ALLOWED_ORIGINS is required in production: the origins of your front end, such as https://app.example.',
};

const tooShort =
  'BETTER_AUTH_SECRET must be at least 32 bytes long in production: `openssl rand -base64 32` makes one.';

t.test('production starts on what is safe', async (t) => {
  const config = readConfig(production);
  t.match(config, {
    environment: 'production',
    databaseUrl: production.DATABASE_URL,
    auth: { secret: production.BETTER_AUTH_SECRET },
    corsOrigins: ['https://app.example'],
  });
});

t.test('production refuses what is missing, one by one', async (t) => {
  for (const [name, sentence] of Object.entries(missing)) {
    for (const nothing of [undefined, '', '  ']) {
      t.strictSame(faultsOf({ ...production, [name]: nothing }), [sentence], `${name} ${JSON.stringify(nothing)}`);
    }
    t.strictSame(
      faultsOf({ ...production, [name]: undefined, ENVIRONMENT: 'development' }),
      [],
      `${name} in development`,
    );
  }
  t.strictSame(
    faultsOf({ ...production, CORS_ALLOWED_ORIGINS: ' , ' }),
    ['CORS_ALLOWED_ORIGINS must name at least one, or not be set.'],
    'only a comma',
  );
});

t.test('production refuses a short secret, counted in bytes', async (t) => {
  const table: [secret: string, faults: string[]][] = [
    ['x'.repeat(31), [tooShort]],
    ['x'.repeat(32), []],
    ['é'.repeat(15), [tooShort]],
    ['é'.repeat(16), []],
    ['👍'.repeat(8), []],
  ];
  for (const [secret, faults] of table) {
    t.strictSame(faultsOf({ ...production, BETTER_AUTH_SECRET: secret }), faults, `${secret.length} units`);
    t.strictSame(faultsOf({ BETTER_AUTH_SECRET: secret }), [], 'in development any will do');
  }
});

t.test('production with nothing set names everything that is missing', async (t) => {
  t.strictSame(faultsOf({ ENVIRONMENT: 'production' }), Object.values(missing));
});

t.test('a wrong value in production is one fault, not two', async (t) => {
  t.strictSame(faultsOf({ ...production, DATABASE_URL: 'nonsense' }), [
    'DATABASE_URL must be a URL such as postgresql://user:password@host:5432/database.',
  ]);
});

t.test('a replica needs the database that it is a replica of', async (t) => {
  const DATABASE_REPLICA_URL = 'postgresql://user@standby.example/database';
  t.strictSame(faultsOf({ DATABASE_REPLICA_URL }), [
    'DATABASE_REPLICA_URL is a standby of the server of DATABASE_URL: set that too, or neither.',
  ]);
  const env = { ...production, DATABASE_REPLICA_URL };
  t.equal(readConfig(env).databaseReplicaUrl, DATABASE_REPLICA_URL);
  t.strictSame(faultsOf({ ...env, DATABASE_REPLICA_URL: 'mysql://h/d' }), [
    'DATABASE_REPLICA_URL must be a URL such as postgresql://user:password@host:5432/database.',
  ]);
});

t.test('production needs a secret or a key set, and the key set by https', async (t) => {
  const { BETTER_AUTH_SECRET: _none, ...keyless } = production;
  t.strictSame(faultsOf({ ...keyless, JWT_JWKS_URL: 'https://app.example/api/auth/jwks' }), []);
  t.strictSame(faultsOf({ ...keyless, JWT_JWKS_URL: 'http://app.example/api/auth/jwks' }), [
    'JWT_JWKS_URL must be https in production: whoever can change the keys on their way can sign for anybody.',
  ]);
  t.strictSame(faultsOf({ JWT_JWKS_URL: 'http://localhost:3000/api/auth/jwks' }), [], 'http is fine in development');
});

t.test('several wrong items of one list are all named', async (t) => {
  t.strictSame(faultsOf({ CORS_ALLOWED_ORIGINS: '*,ftp://x,https://app.example' }), [
    'CORS_ALLOWED_ORIGINS must list exact origins: `*` cannot be combined with credentials; must list origins such as https://app.example, and `ftp://x` is none.',
  ]);
});

t.test('everything that is wrong is told at once, in one readable list', async (t) => {
  const env = {
    ENVIRONMENT: 'production',
    DATABASE_URL: 'mysql://root:hunter2@db.example/x',
    BETTER_AUTH_SECRET: 'hunter2',
    JWT_ALGORITHM: 'none',
    PORT: '80a',
    LOG_LEVEL: 'loud',
    DB_POOL_SIZE: '0',
    DB_POOL_PRE_PING: 'maybe',
    REDIS_URL: 'http://:hunter2@cache.example',
  };
  const expected = [
    'REDIS_URL must be a URL such as redis://localhost:6379.',
    'DATABASE_URL must be a URL such as postgresql://user:password@host:5432/database.',
    'JWT_ALGORITHM must list algorithms of HS256, HS384, HS512, EdDSA, ES256, ES512, RS256, PS256, and `none` is none.',
    'JWT_ALGORITHM leaves BETTER_AUTH_SECRET with nothing: add HS256, HS384 or HS512, or remove the secret.',
    'PORT must be a whole number from 0 to 65535.',
    'LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL.',
    'DB_POOL_SIZE must be a whole number from 1 to 1000.',
    'DB_POOL_PRE_PING must be `true` or `false`.',
    tooShort,
    missing.CORS_ALLOWED_ORIGINS,
  ];
  const error = rejectionOf(env) as ConfigError;
  t.ok(error instanceof ConfigError);
  t.equal(error.name, 'ConfigError');
  t.strictSame([...error.faults].sort(), [...expected].sort());
  t.equal(
    error.message,
    ['Taskward cannot start: the environment is not right.', ...error.faults.map((fault) => `  - ${fault}`)].join('\n'),
  );
  t.notMatch(error.message, 'hunter2', 'no secret is printed');
});

t.test('a wrong environment does not hide the other faults', async (t) => {
  t.strictSame([...faultsOf({ ENVIRONMENT: 'prod', PORT: 'x' })].sort(), [
    'ENVIRONMENT must be `development` or `production`.',
    'PORT must be a whole number from 0 to 65535.',
  ]);
});

t.test('the environment is left as it was', async (t) => {
  const env = Object.freeze({ PORT: '80', HOST: '' });
  t.equal(readConfig(env).port, 80);
  t.strictSame(env, { PORT: '80', HOST: '' });
});

t.test('WEB_APP · on in development, and in production where somebody can sign in', async (t) => {
  const keySet = { ...production, JWT_JWKS_URL: 'https://app.example/api/auth/jwks' };
  t.strictSame(readConfig(production).webApp, undefined, 'off in production by default');
  t.strictSame(readConfig(keySet).webApp, undefined, 'with a key set too');
  t.strictSame(readConfig({ ...keySet, WEB_APP: 'true' }).webApp, { authUrl: 'https://app.example/api/auth' });
  t.strictSame(readConfig({ WEB_APP: 'false', WEB_AUTH_URL: 'https://x.example' }).webApp, undefined);
  const required = 'WEB_AUTH_URL is required with WEB_APP: the Better Auth server at which users of the page sign in.';
  t.strictSame(faultsOf({ ...production, WEB_APP: 'true' }), [required]);
  t.strictSame(faultsOf({ ...production, WEB_APP: 'true', JWT_JWKS_URL: 'https://app.example/keys' }), [required]);
  t.strictSame(faultsOf({ ...production, WEB_APP: 'true', WEB_AUTH_URL: 'http://x.example' }), [
    'WEB_AUTH_URL must be https in production: passwords are sent there.',
  ]);
});

t.test('WEB_AUTH_URL · is where the key set is, unless it is set', async (t) => {
  const authUrl = (env: Env) => readConfig(env).webApp?.authUrl;
  t.equal(authUrl({ JWT_JWKS_URL: 'http://localhost:3000/api/auth/jwks' }), 'http://localhost:3000/api/auth');
  t.equal(authUrl({ JWT_JWKS_URL: 'http://localhost:3000/api/auth/jwks/' }), 'http://localhost:3000/api/auth');
  t.equal(authUrl({ JWT_JWKS_URL: 'http://localhost:3000/.well-known/jwks.json' }), undefined);
  const both = { JWT_JWKS_URL: 'http://localhost:3000/api/auth/jwks', WEB_AUTH_URL: 'http://localhost:4000/' };
  t.equal(authUrl(both), 'http://localhost:4000');
});
