import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { endWithTest } from './processes.ts';

interface Scope {
  teardown(close: () => void | Promise<void>): void;
}

const root = dirname(dirname(dirname(import.meta.dirname)));
const startMilliseconds = 120_000;

/** The example `full-stack`, as `npm run example` runs it. */
export interface ExampleProcess {
  /** Where the app is: `http://localhost:3000`. */
  readonly url: string;
  /** Where Taskward is. */
  readonly apiUrl: string;
  /** Everything that it wrote. */
  output(): string;
  /** Sends it a signal and waits for its end. @returns its exit code */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts the example. It ends with the test.
 * @param directory where its database is
 * @param args such as `--cookie`
 * @param env ports that the system does not choose
 */
export const anExampleProcess = async (
  scope: Scope,
  directory: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<ExampleProcess> => {
  const child = spawn(process.execPath, ['scripts/example.mjs', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, TASKWARD_DATA_DIR: directory, PORT: '0', AUTH_PORT: '0', LOG_LEVEL: 'warn', ...env },
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  endWithTest(child);
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return (await exited)[0];
  };
  // It passes the signal on; killed outright, it would leave the servers behind.
  scope.teardown(async () => void (await end('SIGTERM')));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
  }
  const deadline = Date.now() + startMilliseconds;
  while (!output.includes('Ctrl-C stops both')) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the example did not start: ${output}`);
    await wait(20);
  }
  const [url = '', apiUrl = ''] = output.match(/http:\/\/localhost:\d+/g) ?? [];
  return { url, apiUrl, output: () => output, end };
};
