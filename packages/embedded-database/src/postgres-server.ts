import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile, rename, stat } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, lastLines } from './cluster.ts';
import { signalPostgres, spawnOptions, stopPostgres } from './commands.ts';
import { EmbeddedDatabaseError } from './errors.ts';

const READY_WITHIN = 120_000;
const YIELD_WITHIN = 10_000;
const LOG_LIMIT = 16 * 1024 * 1024;

/**
 * Below the ephemeral ports of all systems: otherwise an outgoing connection could take the port while the database
 * restarts.
 */
const PORTS = [20_000, 32_768] as const;

export interface PostgresServer {
  port: number;
  pid: number | undefined;
  exited: Promise<unknown>;
  /** Has it read its configuration again. */
  reload(): void;
  stop(): Promise<void>;
  /** Ends it at once, without a trace: it removes no file. */
  kill(): void;
}

/** Starts PostgreSQL and waits until it accepts connections, on `givenPort` or on a free port. */
export async function startPostgres(
  cluster: Cluster,
  settings: Record<string, string>,
  log: string,
  givenPort?: number,
): Promise<PostgresServer> {
  const started = Date.now();
  if (((await stat(log).catch(() => undefined))?.size ?? 0) > LOG_LIMIT) await rename(log, `${log}.old`);
  for (;;) {
    const port = givenPort ?? randomInt(...PORTS);
    const logStart = (await stat(log).catch(() => undefined))?.size ?? 0;
    const server = launch(cluster, settings, log, port);
    let hasExited = false;
    server.exited.then(() => (hasExited = true));
    while (!hasExited && !(await isReady(cluster, server.pid))) {
      if (Date.now() - started > READY_WITHIN) {
        await server.stop();
        throw new EmbeddedDatabaseError(
          `PostgreSQL was not ready after two minutes: see ${log} for what it was doing.`,
        );
      }
      await sleep(10);
    }
    if (!hasExited) return { port, ...server };

    const output = (await readFile(log)).subarray(logStart).toString();
    // Sessions of a killed server need a moment to exit, and another program may have taken the port.
    const mayPass = /could not (bind|create any TCP)|pre-existing shared memory block|lock file .* already exists/;
    if (mayPass.test(output) && Date.now() - started < YIELD_WITHIN) await sleep(20);
    else throw new Error(`PostgreSQL: ${lastLines(output) || 'it ended without a word'} — all of it is in ${log}`);
  }
}

// PostgreSQL's default of 128 MB is too small for a database of some hundred megabytes. Memory is used only as data
// fills it.
const sharedBuffers = (): string => {
  const megabytes = Math.floor(totalmem() / 8 / 2 ** 20);
  return `${Math.min(1024, Math.max(128, megabytes))}MB`;
};

function launch({ binaries, data, account }: Cluster, settings: Record<string, string>, log: string, port: number) {
  const fixed = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', log_timezone: 'UTC' };
  const flags = Object.entries({ shared_buffers: sharedBuffers(), ...settings, ...fixed }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const output = openSync(log, 'a', 0o600);
  const child = spawn(binaries.postgres, ['-D', data, '-p', String(port), ...flags], {
    ...spawnOptions(account),
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const exited = once(child, 'exit').catch(() => undefined);
  const isGone = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  return {
    pid: child.pid,
    exited,
    reload: () => void signalPostgres(child.pid ?? 0, binaries.pgCtl, 'HUP'),
    stop: () => stopPostgres(child.pid ?? 0, binaries.pgCtl, isGone),
    kill: () => void child.kill('SIGKILL'),
  };
}

/** Whether PostgreSQL accepts connections, by the status that pg_ctl waits for, too; a standby serves reads. */
async function isReady({ data }: Cluster, pid: number | undefined): Promise<boolean> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return lines[0] === String(pid) && /^(ready|standby)$/.test(lines[7]?.trim() ?? '');
}
