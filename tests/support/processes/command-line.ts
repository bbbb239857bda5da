import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { runCommand } from '@taskward/cli';
import type { Test } from 'tap';
import { sharedDatabase, sharedDatabaseUrl } from '../postgres/database.ts';
import { type Ending, runScript } from './clean-process.ts';

const ownRoot = resolve(import.meta.dirname, '../../..');

interface Scope {
  teardown(close: () => unknown): void;
}

/** Runs a command of the command line to its end. */
export type Taskward = (args: readonly string[], env?: Readonly<Record<string, string | undefined>>) => Promise<Ending>;

/** What a process needs to run at all: whatever else is set where the tests run is not Taskward's to see. */
const bare = {
  ...Object.fromEntries(
    ['PATH', 'HOME', 'SYSTEMROOT', 'TEMP', 'TMPDIR'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  ),
  // Set to nothing counts as not set, and keeps a developer's `.env` file out of it.
  ...Object.fromEntries(
    [
      'ENVIRONMENT',
      'TASKWARD_USER',
      'JWT_JWKS_URL',
      'REDIS_URL',
      'DATABASE_URL',
      'MIGRATION_DATABASE_URL',
      'BETTER_AUTH_SECRET',
      'JWT_ALGORITHM',
      'JWT_ISSUER',
      'JWT_AUDIENCE',
      'CORS_ALLOWED_ORIGINS',
      'PORT',
    ].map((name) => [name, '']),
  ),
  // As `npm run taskward` has it.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(ownRoot, 'node_modules/.cache/compile'),
};

interface Place {
  readonly main: string;
  readonly cwd: string;
  readonly settings: Readonly<Record<string, string | undefined>>;
}

const placeFor = (scope: Scope, databaseUrl: string, root: string): Place => {
  const cwd = mkdtempSync(join(tmpdir(), 'taskward-cli-'));
  scope.teardown(() => rmSync(cwd, { recursive: true, force: true }));
  const settings = { ...bare, DATABASE_URL: databaseUrl, TASKWARD_DATA_DIR: join(cwd, 'data') };
  return { main: join(root, 'apps/cli/src/main.ts'), cwd, settings };
};

/**
 * The command line over a database, run as a process of its own, in a folder and with a data directory of the test's own.
 * @param root where the repository is, if it is not this one
 */
export const aCommandProcess = (scope: Scope, databaseUrl: string, root = ownRoot): Taskward => {
  const { main, cwd, settings } = placeFor(scope, databaseUrl, root);
  return (args, env = {}) => runScript([main, ...args], { cwd, env: { ...settings, ...env } });
};

const aCollector = () => {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  return { stream, text: () => text };
};

// What commands read of the process itself is no developer's: their user and their colours.
const dataFolder = mkdtempSync(join(tmpdir(), 'taskward-cli-'));
process.once('exit', () => rmSync(dataFolder, { recursive: true, force: true }));
for (const name of ['TASKWARD_USER', 'FORCE_COLOR']) delete process.env[name];
// Every command listens for signals.
process.setMaxListeners(0);

/**
 * The command line over a database, run within this process: a tenth of what a process of its own costs.
 * What only a process shows is tested with `aCommandProcess` and `aStarter`.
 */
export const aCommandLine =
  (_scope: Scope, databaseUrl: string): Taskward =>
  async (args, env = {}) => {
    const [stdout, stderr] = [aCollector(), aCollector()];
    const code = await runCommand(args, {
      stdin: Readable.from([]),
      stdout: stdout.stream,
      stderr: stderr.stream,
      env: { ...bare, DATABASE_URL: databaseUrl, TASKWARD_DATA_DIR: dataFolder, ...env },
    });
    return { code, out: stdout.text(), err: stderr.text() };
  };

/** A process whose input can be written, whose output can be left unread, and which can be sent signals. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  /** When it has ended. */
  readonly ending: Promise<Ending>;
}

/** How to start a process. */
interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/** Starts processes. */
export interface Starter {
  (args: readonly string[], env?: Readonly<Record<string, string>>): Running;
  /** Only says how, for whoever starts it. */
  command(args: readonly string[], env?: Readonly<Record<string, string>>): Command;
}

/**
 * Starts the command line without waiting for its end.
 * @param wrapped makes another command of it, such as one that gives it a terminal
 */
export const aStarter = (
  scope: Scope,
  databaseUrl: string,
  wrapped: (command: readonly string[]) => readonly string[] = (command) => command,
): Starter => {
  const command = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Command => {
    const { main, cwd, settings } = placeFor(scope, databaseUrl, ownRoot);
    const set = Object.entries({ ...settings, ...env }).map(([name, value]) => `${name}=${value}`);
    // As `runScript` does: tap's own loader is kept out of it.
    return { command: '/usr/bin/env', args: ['-i', ...set, ...wrapped([process.execPath, main, ...args])], cwd };
  };
  const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Running => {
    const { command: file, args: all, cwd } = command(args, env);
    const child = spawn(file, all, { cwd, stdio: 'pipe' });
    scope.teardown(() => child.kill('SIGKILL'));
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      err += text;
    });
    child.stdin.on('error', () => {});
    const ending = new Promise<Ending>((resolve) =>
      child.on('close', (code) => resolve({ code: code ?? -1, out, err })),
    );
    return { child, ending };
  };
  return Object.assign(start, { command });
};

/** The database that all tests share, open, and its URL. */
export const aSharedDatabase = async (scope: { teardown(close: () => Promise<void>): void }) => {
  const database = await sharedDatabase(scope);
  return { database, url: await sharedDatabaseUrl(scope) };
};

/** The URL of a database that nobody serves. */
export const nowhere = 'postgresql://taskward:hunter2@127.0.0.1:1/taskward';

/** What production needs besides a database. */
export const production = {
  ENVIRONMENT: 'production',
  BETTER_AUTH_SECRET: 'a secret of production, of 40 bytes or so',
  CORS_ALLOWED_ORIGINS: 'https://app.example',
};

/** An ending in which all went well and this was printed. */
export const printed = (...lines: readonly string[]): Ending => ({
  code: 0,
  out: lines.map((line) => `${line}\n`).join(''),
  err: '',
});

/** A successful ending whose output is JSON lines that contain at least these values. */
export const responded = (t: Test, { code, out, err }: Ending, values: readonly object[], name = '') => {
  t.strictSame({ code, err }, { code: 0, err: '' }, `${name}: it went well`);
  t.match(jsonLines(out), values, `${name}: what was printed`);
  t.equal(jsonLines(out).length, values.length, `${name}: and no more`);
};

/** The values of JSON lines. */
export const jsonLines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** An ending in which nothing was done and this was said. */
export const refused = (code: number, ...lines: readonly string[]): Ending => ({
  code,
  out: '',
  err: lines.map((line) => `${line}\n`).join(''),
});
