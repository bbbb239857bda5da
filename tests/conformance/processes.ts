import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import type { Test } from 'tap';
import { ownDatabase } from '../support/postgres/database.ts';
import { type ApiProcess, anApiProcess } from '../support/processes/processes.ts';

const root = dirname(dirname(import.meta.dirname));
const runMilliseconds = 240_000;

const plain = { PATH: process.env.PATH };

/** Starts the API in development, with everything as it is by default, over a database of its own. It ends with the test. */
export const aServer = async (t: Test, env: NodeJS.ProcessEnv = {}): Promise<ApiProcess> =>
  anApiProcess(t, await ownDatabase(t), { LOG_LEVEL: 'ERROR', BETTER_AUTH_SECRET: undefined, ...env });

// As package.json has it.
const conformance = ['scripts/run.mjs', '--conditions=@taskward/source', 'tests/conformance/run.ts'];

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
    execFile(process.execPath, [...conformance, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    );
  });
