import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Test } from 'tap';
import { aDirectory, aFreePort, endWithTest } from '../support/processes.ts';
import { findProgram, missingProgram } from '../support/programs.ts';

const startMilliseconds = 30_000;

/** For tests that need a real PgBouncer: skips them where there is none. */
export const withPgbouncer = { skip: missingProgram('pgbouncer') ?? false };

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/**
 * Starts a real PgBouncer in front of the PostgreSQL server of a URL, in transaction mode: each transaction of a client
 * may come to another one of its connections. It ends with the test.
 * @param poolSize how many connections to the server it has
 * @returns the same URL by way of it
 */
export const aPgbouncer = async (t: Test, serverUrl: string, poolSize: number): Promise<string> => {
  const server = new URL(serverUrl);
  const directory = await aDirectory(t, 'pgbouncer');
  const port = await aFreePort();
  const [user, password] = [server.username, server.password].map(decodeURIComponent);
  const config = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'trust',
    auth_file: join(directory, 'users.txt'),
    pool_mode: 'transaction',
    default_pool_size: poolSize,
    max_client_conn: 100,
    ignore_startup_parameters: 'extra_float_digits',
  };
  const text = [
    '[databases]',
    `* = host=${server.hostname} port=${server.port || 5432}`,
    '[pgbouncer]',
    ...Object.entries(config).map(([name, value]) => `${name} = ${value}`),
  ];
  await writeFile(join(directory, 'pgbouncer.ini'), `${text.join('\n')}\n`, { mode: 0o600 });
  await writeFile(config.auth_file, `"${user}" "${password}"\n`, { mode: 0o600 });

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
  return url.href;
};
