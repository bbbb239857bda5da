import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program to run, with an environment of its own: nothing of this process's leaks into it but where programs are. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Something is not as the benchmark needs it. The message says what. */
export class BenchError extends Error {}

const keptOutput = 4_000;
const running = new Set<ChildProcess>();
const inherited = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'LANG'];

const environment = (own: Program['env']): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
  ...own,
});

/** A running program. */
export interface Running {
  readonly child: ChildProcess;
  /** What it printed last, both streams, for error messages. */
  output(): string;
  /** Resolves to its exit code, or to `undefined` after a signal or if it could not be started. */
  readonly ended: Promise<number | undefined>;
  /** Ends it, by force where two seconds of asking do not help. */
  stop(): Promise<void>;
}

/** Starts a program. It ends with this process at the latest: see `stopAll`. */
export const start = ({ file, args, env, cwd }: Program): Running => {
  const child = spawn(file, args, { env: environment(env), cwd, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = `${output}${chunk}`.slice(-keptOutput);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
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
 * Runs a program to its end.
 * @returns what it printed
 * @throws BenchError with what it printed last, when it fails
 */
export const run = async (program: Program): Promise<string> => {
  const { ended, output } = start(program);
  const code = await ended;
  if (code !== 0) throw new BenchError(`${program.file} ${program.args.join(' ')} failed:\n${output()}`);
  return output();
};

/** Ends every program that is still running, at once. */
export const stopAll = (): void => {
  for (const child of running) child.kill('SIGKILL');
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .on('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A free port below those that systems take for outgoing connections, which a load makes by the hundred. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(18_000, 32_768);
    if (await isFree(port)) return port;
  }
};

/** The memory that a process holds now (RSS), in bytes. */
export const memoryOf = async (pid: number): Promise<number> => {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return Number(await run({ file: 'ps', args: ['-o', 'rss=', '-p', String(pid)] })) * 1024;
  }
};

/**
 * Waits until a URL is answered with 200.
 * @throws BenchError when the process ends first, or after a minute
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
