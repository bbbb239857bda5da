import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { aDirectory, aFreePort, endWithTest, type Scope } from '../support/processes/processes.ts';
import { findProgram, missingProgram } from '../support/processes/programs.ts';

const startMilliseconds = 30_000;

/** For tests that need a real PgBouncer: skips them where there is none. */
export const withPgbouncer = { skip: missingProgram('pgbouncer') ?? false };

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/** How many statements of a client it keeps track of, from 1.21 on; 0 for none. */
export type PreparedStatements = 0 | 200;

const findVersion = (): string => {
  const { stdout } = spawnSync(findProgram('pgbouncer') ?? 'pgbouncer', ['--version'], { encoding: 'utf8' });
  return /\d+\.\d+(\.\d+)?/.exec(stdout ?? '')?.[0] ?? '0.0';
};

/** The installed version, such as `1.18.0`; `0.0` where there is none. */
export const pgbouncerVersion = withPgbouncer.skip === false ? findVersion() : '0.0';

const [major = 0, minor = 0] = pgbouncerVersion.split('.').map(Number);
const knowsStatements = major > 1 || (major === 1 && minor >= 21);

/** Numbers of prepared statements to test with: the installed version may not keep track of any. */
export const preparedStatements: readonly PreparedStatements[] = knowsStatements ? [0, 200] : [0];

/** A PgBouncer that runs. */
export interface Pgbouncer {
  /** The server's URL, by way of it. */
  readonly url: string;
  /** Has it open new connections to the server, as an operator does after a failover. */
  reconnect(): Promise<void>;
  /** Writes the file of users and their passwords, and has it read. */
  setPassword(user: string, password: string): Promise<void>;
}

/** How a PgBouncer is set up. */
export interface PgbouncerSettings {
  /** How many connections to the server it has. */
  readonly poolSize: number;
  readonly preparedStatements?: PreparedStatements;
  /** Lines of its own file, besides. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/** Only the URL of `startPgbouncer`. */
export const aPgbouncer = async (t: Scope, serverUrl: string, poolSize: number): Promise<string> =>
  (await startPgbouncer(t, serverUrl, { poolSize })).url;

/**
 * Starts a real PgBouncer in front of the PostgreSQL server of a URL, in transaction mode: each transaction of a client
 * may come to another one of its connections. It ends with the test.
 */
export const startPgbouncer = async (
  t: Scope,
  serverUrl: string,
  { poolSize, preparedStatements = 0, settings = {} }: PgbouncerSettings,
): Promise<Pgbouncer> => {
  const server = new URL(serverUrl);
  const directory = await aDirectory(t, 'pgbouncer');
  const port = await aFreePort();
  const [user = '', password = ''] = [server.username, server.password].map(decodeURIComponent);
  const usersFile = join(directory, 'users.txt');
  const config = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'trust',
    auth_file: usersFile,
    admin_users: user,
    pool_mode: 'transaction',
    default_pool_size: poolSize,
    max_client_conn: 100,
    ignore_startup_parameters: 'extra_float_digits',
    ...(knowsStatements && { max_prepared_statements: preparedStatements }),
    ...settings,
  };
  const text = [
    '[databases]',
    `* = host=${server.hostname} port=${server.port || 5432}`,
    '[pgbouncer]',
    ...Object.entries(config).map(([name, value]) => `${name} = ${value}`),
  ];
  await writeFile(join(directory, 'pgbouncer.ini'), `${text.join('\n')}\n`, { mode: 0o600 });
  const passwords = new Map([[user, password]]);
  const writeUsers = () =>
    writeFile(usersFile, [...passwords].map(([name, one]) => `"${name}" "${one}"\n`).join(''), { mode: 0o600 });
  await writeUsers();

  // It refuses to run as root, and then whoever it runs as must get at its files.
  const isRoot = process.getuid?.() === 0;
  const nobody = 65_534;
  if (isRoot) {
    await chmod(directory, 0o755);
    for (const name of ['pgbouncer.ini', 'users.txt']) await chown(join(directory, name), nobody, nobody);
  }
  const child = spawn(findProgram('pgbouncer') ?? 'pgbouncer', [join(directory, 'pgbouncer.ini')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(isRoot && { uid: nobody, gid: nobody }),
  });
  const end = endWithTest(child);
  let output = '';
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  let failure: NodeJS.ErrnoException | undefined;
  const ended = once(child, 'exit').catch((error: NodeJS.ErrnoException) => {
    failure = error;
  });
  t.teardown(async () => {
    end();
    await ended;
  });
  const deadline = Date.now() + startMilliseconds;
  while (!(await accepts(port))) {
    if (failure !== undefined || child.exitCode !== null || Date.now() > deadline)
      throw new Error(`pgbouncer did not start: ${failure?.message ?? output}`);
    await wait(10);
  }
  const url = new URL(serverUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    async reconnect() {
      const console = new URL(url);
      console.pathname = '/pgbouncer';
      const client = new Client({ connectionString: console.href });
      await client.connect();
      await client.query('reconnect');
      await client.end();
    },
    async setPassword(name, one) {
      passwords.set(name, one);
      await writeUsers();
      child.kill('SIGHUP');
    },
  };
};
