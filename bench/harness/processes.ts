import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program to run. It inherits only a few variables of this process's environment, such as `PATH`. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** The benchmark cannot run or continue. The message says why. */
export class BenchError extends Error {}

const maxOutputLength = 4_000;
const running = new Set<ChildProcess>();
const inherited = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'LANG'];

const environment = (own: Program['env']): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
  ...own,
});

/** A running program. */
export interface Running {
  readonly child: ChildProcess;
  /** Returns the end of its output, of both streams, for error messages. */
  output(): string;
  /** Resolves to its exit code, or to `undefined` after a signal or if it could not be started. */
  readonly ended: Promise<number | undefined>;
  /** Stops it with SIGTERM, and after two seconds with SIGKILL. */
  stop(): Promise<void>;
}

/** Starts a program. `stopAll` stops it at the latest. */
export const start = ({ file, args, env, cwd }: Program): Running => {
  const child = spawn(file, args, { env: environment(env), cwd, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  let output = '';
  const append = (chunk: Buffer) => {
    output = `${output}${chunk}`.slice(-maxOutputLength);
  };
  child.stdout.on('data', append);
  child.stderr.on('data', append);
  running.add(child);
  const ended = new Promise<number | undefined>((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      resolve(undefined);
    });
    child.on('close', (code) => resolve(code ?? undefined));
  }).finally(() => running.delete(child));
  const stop = async () => {
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 2_000);
    await ended;
    clearTimeout(force);
  };
  return { child, output: () => output.trim(), ended, stop };
};

/**
 * Runs a program until it exits.
 * @returns its output
 * @throws BenchError with the end of its output, if it fails
 */
export const run = async (program: Program): Promise<string> => {
  const { ended, output } = start(program);
  const code = await ended;
  if (code !== 0) throw new BenchError(`${program.file} ${program.args.join(' ')} failed:\n${output()}`);
  return output();
};

/** Kills every program that is still running. */
export const stopAll = (): void => {
  for (const child of running) child.kill('SIGKILL');
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .on('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** Finds a free port below the ephemeral ports, which a load uses by the hundred. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(18_000, 32_768);
    if (await isFree(port)) return port;
  }
};

/** Returns the resident memory (RSS) of a process, in bytes. */
export const memoryOf = async (pid: number): Promise<number> => {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return Number(await run({ file: 'ps', args: ['-o', 'rss=', '-p', String(pid)] })) * 1024;
  }
};

/**
 * Waits until a URL responds with 200.
 * @throws BenchError if the process exits first, or after a minute
 */
export const waitFor200 = async (url: string, headers: Record<string, string>, server: Running): Promise<void> => {
  let hasEnded = false;
  server.ended.then(() => {
    hasEnded = true;
  });
  const deadline = Date.now() + 60_000;
  let last = 'no answer';
  while (!hasEnded && Date.now() < deadline) {
    const response = await fetch(url, { headers }).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.status === 200) return;
    if (response) last = `status ${response.status}`;
    await sleep(2);
  }
  throw new BenchError(`${url} did not come to answer (${last}):\n${server.output()}`);
};
