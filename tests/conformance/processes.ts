import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Test } from 'tap';
import { ownDatabase } from '../support/database.ts';

const root = dirname(dirname(import.meta.dirname));
const startMilliseconds = 30_000;
const runMilliseconds = 60_000;

/** A server as `npm start` runs it, in development and with everything as it is by default. */
export interface Served {
  readonly url: string;
  /** Where its development secret is. */
  readonly directory: string;
}

const plain = { PATH: process.env.PATH };

/** A directory that is gone when the test ends. */
export const aDirectory = async (t: Test): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'taskward-conformance-'));
  t.teardown(() => rm(directory, { recursive: true, force: true }));
  return directory;
};

/** Starts the API over PostgreSQL. It is stopped when the test ends. */
export const aServer = async (t: Test, env: NodeJS.ProcessEnv = {}): Promise<Served> => {
  const directory = await aDirectory(t);
  const child = spawn(process.execPath, ['apps/api/src/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...plain,
      TASKWARD_DATA_DIR: directory,
      DATABASE_URL: await ownDatabase(t),
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'ERROR',
      ...env,
    },
  });
  t.teardown(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
  }
  const deadline = Date.now() + startMilliseconds;
  while (!output.includes('Ctrl-C stops it')) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the API did not start: ${output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const [, port] = /http:\/\/localhost:(\d+)/.exec(output) ?? [];
  return { url: `http://127.0.0.1:${port}`, directory };
};

/** What a run said, and how it ended. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `npm run conformance` with nothing in the environment but what is given. */
export const run = (args: readonly string[], env: NodeJS.ProcessEnv): Promise<Run> =>
  new Promise((resolve) => {
    const options = { cwd: root, env: { ...plain, ...env }, timeout: runMilliseconds, maxBuffer: 16 * 1024 * 1024 };
    execFile(process.execPath, ['scripts/conformance.mjs', ...args], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    );
  });
