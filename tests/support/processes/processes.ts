import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { secret } from '../http/tokens.ts';

/** Whatever ends what was started for it: a test, or a run of a scenario. */
export interface Scope {
  teardown(close: () => void | Promise<void>): void;
}

const root = dirname(dirname(dirname(import.meta.dirname)));
const startMilliseconds = 120_000;

// Also should this process end before its tests do, as it does when they take too long.
const leftToDo = new Set<() => void>();
process.once('exit', () => {
  for (const work of leftToDo) work();
});

const onceAtLast = (work: () => void): (() => void) => {
  const once = () => {
    if (leftToDo.delete(once)) work();
  };
  leftToDo.add(once);
  return once;
};

/** Whether something becomes so before long; a machine that does other things besides may take a while. */
export const eventually = async (isSo: () => boolean | Promise<boolean>, milliseconds = 60_000): Promise<boolean> => {
  for (const deadline = Date.now() + milliseconds; Date.now() < deadline; await wait(10)) if (await isSo()) return true;
  return false;
};

/**
 * Waits until something is there.
 * @param what it is, for the error
 * @throws Error if it is not there in time
 */
export const untilFound = async <T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  milliseconds = 60_000,
): Promise<T> => {
  for (const deadline = Date.now() + milliseconds; ; await wait(20)) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
  }
};

/** Ends a process by its id, at the latest when this one ends. */
export const endWithTest = (child: ChildProcess): (() => void) => {
  const end = onceAtLast(() => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(child.pid, 'SIGKILL');
  });
  child.once('exit', end);
  return end;
};

/** A directory of the test's own, which a database server's own user may enter too. It is gone when the test ends. */
export const aDirectory = async (scope: Scope, name: string): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), `taskward-${name}-`));
  await chmod(directory, 0o755);
  scope.teardown(onceAtLast(() => rmSync(directory, { recursive: true, force: true })));
  return directory;
};

/**
 * A port of this machine on which nobody listens; below those that connections are given, or one of them could have
 * taken it by the time that a server comes back to it.
 */
export const aFreePort = async (): Promise<number> => {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
};

/** The lines of a process's output that are JSON objects: those of its log. */
export const jsonLinesOf = (output: string): Readonly<Record<string, unknown>>[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

/** An API as it is run, in a process of its own. */
export interface ApiProcess {
  /** Where it listens: `http://127.0.0.1:8000`. */
  readonly url: string;
  readonly pid: number;
  /** Made for it alone. */
  readonly directory: string;
  /** Everything that it wrote. */
  output(): string;
  isRunning(): boolean;
  /** Sends it a signal and waits for its end. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: string | null }>;
}

// In production nothing is printed for people.
const isUp = (output: string, { ENVIRONMENT, WEB_CONCURRENCY = '1' }: NodeJS.ProcessEnv): boolean =>
  ENVIRONMENT === 'production'
    ? output.split('Server listening at').length > Number(WEB_CONCURRENCY)
    : output.includes('Ctrl-C stops it');

/** Starts the API on a database, in development, with nothing in its environment but what is given. It ends with the test. */
export const anApiProcess = async (scope: Scope, databaseUrl: string, env: NodeJS.ProcessEnv): Promise<ApiProcess> => {
  const directory = await aDirectory(scope, 'api');
  const child = spawn(process.execPath, ['apps/api/src/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      TASKWARD_DATA_DIR: directory,
      DATABASE_URL: databaseUrl,
      BETTER_AUTH_SECRET: secret,
      HOST: '127.0.0.1',
      PORT: '0',
      // Should this process be killed outright, it ends by itself.
      TASKWARD_SUPERVISED: '1',
      ...env,
    },
  });
  // Its output is read to the end.
  const exited = once(child, 'close') as Promise<[number | null, string | null]>;
  const kill = endWithTest(child);
  scope.teardown(async () => {
    kill();
    await exited;
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
  }
  const deadline = Date.now() + startMilliseconds;
  while (!isUp(output, env)) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the API did not start: ${output}`);
    await wait(20);
  }
  const [, port] = /http:\/\/(?:localhost|127\.0\.0\.1):(\d+)/.exec(output) ?? [];
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid as number,
    directory,
    output: () => output,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    async end(signal) {
      child.kill(signal);
      const [code, ended] = await exited;
      return { code, signal: ended };
    },
  };
};
