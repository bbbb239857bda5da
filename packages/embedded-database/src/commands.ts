import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { parse } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The operating-system user that runs PostgreSQL, if it is not the current one. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/**
 * Returns the spawn options of every PostgreSQL process. The environment is clean: the caller's locale, `PG*` and
 * `LD_LIBRARY_PATH` have no effect. The working directory is accessible to all users.
 */
export function spawnOptions(account: Account | undefined) {
  const { PATH, SystemRoot, TEMP } = process.env;
  const env = { PATH, SystemRoot, TEMP, LC_ALL: 'C', TZ: 'UTC' };
  return { cwd: parse(process.execPath).root, env, ...(account && { uid: account.uid, gid: account.gid }) };
}

/** Runs a command until it exits. Never throws: if it cannot be started, `ok` is false and `output` is the reason. */
export function run(command: string, args: string[], account?: Account): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    try {
      execFile(command, args, spawnOptions(account), (error, stdout, stderr) =>
        resolve({ ok: !error, output: (stdout + stderr || error?.message || '').trim() }),
      );
    } catch (error) {
      resolve({ ok: false, output: String(error) });
    }
  });
}

/** Returns the command line of a process; empty if it has exited or is a zombie. */
export async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
  }
  const query = `(Get-CimInstance Win32_Process -Filter ProcessId=${pid}).CommandLine`;
  const { ok, output } = await (process.platform === 'win32'
    ? run('powershell', ['-NoProfile', '-Command', query])
    : run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]));
  return ok ? output : '';
}

/** Stops a PostgreSQL server: fast shutdown (sessions are ended), then immediate shutdown, then SIGKILL. */
export async function stopPostgres(pid: number, pgCtl: string, isGone: () => boolean | Promise<boolean>) {
  for (const [signal, patience] of [
    ['INT', 10_000],
    ['QUIT', 5_000],
    ['KILL', 5_000],
  ] as const) {
    if (await isGone()) return;
    await signalPostgres(pid, pgCtl, signal);
    for (const deadline = Date.now() + patience; Date.now() < deadline; ) {
      if (await isGone()) return;
      await sleep(10);
    }
  }
}

/** Sends a signal to a PostgreSQL server, if it still runs. */
export async function signalPostgres(pid: number, pgCtl: string, signal: 'HUP' | 'INT' | 'QUIT' | 'KILL') {
  // Windows has no signals; pg_ctl sends them through a pipe.
  if (process.platform === 'win32') return void (await run(pgCtl, ['kill', signal, String(pid)]));
  try {
    process.kill(pid, `SIG${signal}`);
  } catch {
    // It has exited in the meantime.
  }
}
