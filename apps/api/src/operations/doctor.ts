import {
  closeDatabase,
  isReadOnly,
  isWrongPassword,
  loginRole,
  openDatabase,
  pendingMigrations,
  pingDatabase,
  type Replica,
  UnfitDatabaseError,
  UnsafeDatabaseError,
  verifyFitness,
  verifyIsolation,
  verifyRoles,
} from '@taskward/adapters-postgres';
import type { Redis } from 'ioredis';
import { ConfigError, readConfig } from '../configuration/config.ts';
import { acquireResources } from '../configuration/local-resources.ts';
import { buildContainer, type Cradle } from '../container/container.ts';
import { makeReplica } from '../container/replica.ts';

/** The result of one check. */
export interface Diagnosis {
  readonly check: string;
  readonly ok: boolean;
  /** What the check found, or each fault and its remedy, one sentence each. */
  readonly says: readonly string[];
}

// The innermost cause is the most specific.
const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return messageOf(error.cause);
  return error.message || String((error as NodeJS.ErrnoException).code);
};

const faultsOf = (error: unknown): readonly string[] =>
  error instanceof ConfigError || error instanceof UnfitDatabaseError || error instanceof UnsafeDatabaseError
    ? error.faults
    : [messageOf(error)];

/** Runs one check. An error of `work` becomes its finding. */
const runCheck = async (
  check: string,
  work: () => Promise<string>,
  remedyFor: (error: unknown) => string = () => '',
): Promise<Diagnosis> => {
  try {
    return { check, ok: true, says: [await work()] };
  } catch (error) {
    const remedy = remedyFor(error);
    return {
      check,
      ok: false,
      says: faultsOf(error).map((fault) => (remedy ? `${fault}${/[.!]$/.test(fault) ? '' : '.'} ${remedy}` : fault)),
    };
  }
};

const fail = (message: string): never => {
  throw new Error(message);
};

const checkServer = async ({ database }: Cradle) => {
  await pingDatabase(database).catch((error) => {
    if (!isReadOnly(error)) throw error;
    throw new Error(
      'It takes no writes: it is a standby, or its `default_transaction_read_only` is on. Name the primary in DATABASE_URL, promote this server with `select pg_promote()`, or run `alter system reset default_transaction_read_only` and `select pg_reload_conf()`.',
    );
  });
  const { version, encoding } = await verifyFitness(database);
  return `PostgreSQL ${version}, which stores text as ${encoding}.`;
};

// PostgreSQL's insufficient_privilege.
const isDenied = (error: unknown) => (error as { code?: string }).code === '42501';

const checkMigrations = async ({ config, database, log }: Cradle) => {
  const { migrationDatabaseUrl: url } = config;
  const privileged =
    url === undefined
      ? database
      : openDatabase(url, { ...config.pool, size: 1, maxOverflow: 0 }, { log: (message) => log.warn(message) });
  try {
    const pending = await pendingMigrations(privileged);
    return pending.length === 0 ? 'Up to date.' : fail(`Not run yet: ${pending.join(', ')}: run \`npm run migrate\`.`);
  } catch (error) {
    if (!isDenied(error)) throw error;
    return fail('Not known: the role of DATABASE_URL may not read the list. Set MIGRATION_DATABASE_URL as well.');
  } finally {
    if (privileged !== database) await closeDatabase(privileged);
  }
};

const redisMilliseconds = 2_000;
const redisIsReady = 'Answers: requests are counted for all processes together.';

const checkRedis = (redis: Redis): Promise<string> =>
  new Promise((resolve, reject) => {
    let last: Error | undefined;
    const finish = (settle: () => void) => () => {
      clearTimeout(timer);
      settle();
    };
    const timer = setTimeout(
      finish(() => reject(last ?? new Error('it does not answer'))),
      redisMilliseconds,
    );
    redis.on('error', (error: Error) => {
      last = error;
    });
    const ready = finish(() => resolve(redisIsReady));
    if (redis.status === 'ready') ready();
    else redis.once('ready', ready);
  });

const connectionRemedy =
  'Check DATABASE_URL, and that the server is running; the password of DATABASE_PASSWORD_FILE wins, where that is set.';

const passwordRemedy = ({ config }: Cradle): string => {
  const { username } = new URL(config.databaseUrl ?? 'postgresql://');
  const where = config.databasePasswordFile === undefined ? 'DATABASE_URL' : 'DATABASE_PASSWORD_FILE';
  return `The server is running and refuses this login: correct the password in ${where}, or set it on the server with \`\\password ${decodeURIComponent(username)}\` in psql.`;
};

const checkReplica = async (replica: Replica) => {
  try {
    await replica.verify();
    return 'A standby of the database, with its schema, whose users are as isolated.';
  } finally {
    await replica.close();
  }
};

async function* diagnoseDatabase(cradle: Cradle): AsyncGenerator<Diagnosis> {
  const { database } = cradle;
  const connection = await runCheck(
    'connection',
    async () => `Connected as "${await loginRole(database)}".`,
    (error) => (isWrongPassword(error) ? passwordRemedy(cradle) : connectionRemedy),
  );
  yield connection;
  if (!connection.ok) return;
  const server = await runCheck('server', () => checkServer(cradle));
  yield server;
  if (!server.ok) return;
  yield runCheck('migrations', () => checkMigrations(cradle));
  const roles = await runCheck('roles', async () => {
    await verifyRoles(database);
    return 'May switch to the roles of requests and jobs.';
  });
  yield roles;
  if (!roles.ok) return;
  yield runCheck('row security', async () => {
    await verifyIsolation(database);
    return 'Forced on every table, and neither role can go round it.';
  });
  const replica = makeReplica(cradle);
  if (replica !== undefined) {
    yield runCheck(
      'replica',
      () => checkReplica(replica),
      () => 'Meanwhile the primary answers.',
    );
  }
}

/**
 * Checks everything that Taskward needs, one after the other, without changing anything. Skips checks that depend on a
 * failed one.
 * @param notice called with sentences to show to the user
 */
export async function* diagnose(
  env: Readonly<Record<string, string | undefined>>,
  notice: (line: string) => void,
): AsyncGenerator<Diagnosis> {
  const configuration = await runCheck('configuration', async () => {
    const { environment, databaseUrl } = readConfig(env);
    return `Fit for ${environment}, with ${databaseUrl === undefined ? 'the embedded PostgreSQL' : 'DATABASE_URL'}.`;
  });
  yield configuration;
  if (!configuration.ok) return;
  const resources = await acquireResources(readConfig(env), notice);
  const container = buildContainer(resources.config);
  const { cradle } = container;
  try {
    yield* diagnoseDatabase(cradle);
    const { keySet, redis } = cradle;
    if (keySet !== undefined) {
      const work = async () => {
        await keySet.check();
        return 'Fetched.';
      };
      yield runCheck('key set', work, () => 'Check JWT_JWKS_URL, and that the auth server is running.');
    }
    if (redis !== undefined) {
      yield runCheck(
        'Redis',
        () => checkRedis(redis),
        () => 'Check REDIS_URL; meanwhile each process counts by itself.',
      );
    }
  } finally {
    await container.dispose();
    await resources.release();
  }
}
