import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabase, openDatabase } from '@taskward/adapters-postgres';
import { ConfigError, readConfig } from '@taskward/api';
import { makeDirectory } from '@taskward/embedded-database';
import fc from 'fast-check';
import t from 'tap';
import { anApi } from '../support/http/api.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';

const odd = [
  '0',
  '00',
  'off',
  'OFF',
  '-1',
  '1e9',
  '1000000',
  '1000000000',
  '9'.repeat(40),
  '%',
  '%zz',
  '://',
  'http://',
  'https://[::1',
  '0.0.0.0/0',
  '::/0',
  '10.0.0.0/0',
  '::ffff:0:0/96',
  '::ffff:10.0.0.0/104',
  'fe80::1%eth0',
  '10.0.0.0/08',
  '1.2.3.4/',
  '/',
  ',',
  ' , ',
  'postgresql://%zz@h/db',
  'postgresql://h:99999/db',
  'postgres://h/%',
  'postgresql://u:%@h/d',
  'postgresql://h/db?sslmode=odd',
  'postgresql://h/db?sslrootcert=/nowhere',
  'https://x.example//evil',
  'https://x.example/svc/',
  'http://u:p@x.example',
  'https://x.example?q',
  'https://*.example',
  'null',
  'http://x:y',
  'rediss://',
  'redis://h:99999',
  '漢',
  '\u0001',
  'a b',
  "'",
  '"',
  '-----BEGIN',
  'x'.repeat(5_000),
];
const names = [
  'DATABASE_URL',
  'MIGRATION_DATABASE_URL',
  'DATABASE_REPLICA_URL',
  'BETTER_AUTH_SECRET',
  'JWT_PUBLIC_KEY',
  'JWT_JWKS_URL',
  'JWT_ALGORITHM',
  'JWT_ISSUER',
  'JWT_AUDIENCE',
  'JWT_EXPIRATION_DELTA',
  'AUTH_COOKIE',
  'ENVIRONMENT',
  'CORS_ALLOWED_ORIGINS',
  'HOST',
  'PORT',
  'LOG_LEVEL',
  'DB_POOL_SIZE',
  'DB_MAX_OVERFLOW',
  'DB_POOL_PRE_PING',
  'DB_POOL_RECYCLE',
  'RATE_LIMIT_MAX',
  'RATE_LIMIT_WINDOW',
  'REDIS_URL',
  'TRUSTED_PROXIES',
  'PUBLIC_URL',
  'WEB_APP',
  'WEB_AUTH_URL',
  'TASKWARD_DATA_DIR',
];

const accepts = async (env: Record<string, string>): Promise<boolean> => {
  let config: ReturnType<typeof readConfig>;
  try {
    config = readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
  const { rateLimit, trustedProxies, publicUrl, corsOrigins, databaseUrl, pool } = config;
  const closing: (() => Promise<void>)[] = [];
  const app = await anApi({ teardown: (close) => closing.push(close) }, makeMemoryStores(), {
    rateLimit,
    trustedProxies,
    publicUrl,
    corsOrigins,
  });
  const response = await app.inject({
    url: '/openapi.json',
    headers: { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-prefix': '/p' },
  });
  if (response.statusCode !== 200) throw new Error(`responded with ${response.statusCode}`);
  for (const close of closing) await close();
  if (databaseUrl !== undefined) await closeDatabase(openDatabase(databaseUrl, pool));
  return true;
};

t.test('each odd value of each variable is told as a fault, or works', async (t) => {
  for (const name of names) {
    for (const value of odd) {
      try {
        await accepts({ [name]: value });
      } catch (error) {
        t.fail(`${name}=${value.slice(0, 60)}: ${error}`);
      }
    }
  }
});

t.test('so is any text', async () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.webUrl(),
    fc.ipV4(),
    fc.ipV6(),
    fc.constantFrom(...odd),
  );
  const property = fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 }), async (env) => {
    await accepts(env);
  });
  await fc.assert(property, { numRuns: 150 });
});

t.test('RATE_LIMIT_MAX · off in development only', async (t) => {
  for (const off of ['0', 'off', 'OFF']) {
    t.equal(readConfig({ RATE_LIMIT_MAX: off }).rateLimit, undefined);
    t.throws(() => readConfig({ RATE_LIMIT_MAX: off, ENVIRONMENT: 'production' }), {
      message: /RATE_LIMIT_MAX cannot be switched off in production/,
    });
  }
  t.match(readConfig({ RATE_LIMIT_MAX: '5000000' }).rateLimit, { max: 5_000_000 });
  const app = await anApi(t, makeMemoryStores(), { rateLimit: undefined });
  t.equal((await app.inject('/api/tasks')).headers['ratelimit-limit'], undefined);
});

t.test('TRUSTED_PROXIES · everybody is a fault', (t) => {
  for (const all of ['0.0.0.0/0', '::/0'])
    t.throws(() => readConfig({ TRUSTED_PROXIES: all }), {
      message: /TRUSTED_PROXIES must not list `.*`, which is everybody/,
    });
  t.end();
});

t.test('PUBLIC_URL · an http(s) URL without query and credentials', (t) => {
  t.equal(readConfig({ PUBLIC_URL: 'https://x.example/svc/' }).publicUrl, 'https://x.example/svc');
  for (const wrong of [
    'x.example',
    'ftp://x',
    'https://x.example//evil',
    'https://u:p@x.example',
    'https://x.example?q',
    'https://x/../..//y',
  ])
    t.throws(() => readConfig({ PUBLIC_URL: wrong }), { message: /PUBLIC_URL must be a URL such as/ }, wrong);
  t.end();
});

t.test('a data directory that cannot be is told at once', { timeout: 20_000 }, async (t) => {
  const parent = mkdtempSync(join(tmpdir(), 'taskward-directory-'));
  t.teardown(() => rmSync(parent, { recursive: true, force: true }));
  const file = join(parent, 'file');
  writeFileSync(file, '');
  await t.rejects(makeDirectory(file), { message: /is not a directory/ });
  await t.rejects(makeDirectory(join(file, 'x')), { message: /is not a directory, or is below a file/ });
  if (process.platform === 'linux')
    await t.rejects(makeDirectory('/proc/1/x'), { message: /name another directory|not yours/ });
  t.match(await makeDirectory(join(parent, 'with space', '漢', 'x')), /漢/);
});
