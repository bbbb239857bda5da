import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import { access, chmod, mkdir, readFile, realpath, stat } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { EmbeddedDatabaseError, explain } from './errors.ts';
import {
  type KeeperAddress,
  type KeeperArguments,
  type KeeperMessage,
  keeperFiles,
  onLine,
  parse,
  writeLine,
} from './protocol.ts';

const KEEPER_WITHIN = 60_000;
const WELCOME_WITHIN = 3_000;
const RELEASE_WITHIN = 20_000;

export interface EmbeddedDatabaseOptions {
  /** Where the data, the log and the password are kept, such as `.data` of the project. Made if it is missing. */
  directory: string;
  /** Made if it is missing. */
  database?: string;
  /** Told, in one sentence each, what the reader of the screen should know. */
  notice?: (line: string) => void;
  /** PostgreSQL's own settings. They apply if this call starts the server, not if it finds one running. */
  settings?: Record<string, string>;
}

export interface EmbeddedDatabase {
  /** A superuser's connection string. It stays valid until `release`, even if PostgreSQL must be restarted. */
  url: string;
  /** Gives the database back. Who is last to do so waits until PostgreSQL has stopped. */
  release(): Promise<void>;
}

/**
 * A real PostgreSQL for `directory`: the one that another process is using already, or a new one. It runs as long as
 * at least one process that asked for it lives and has not released it. Asking does not keep a process alive.
 *
 * @throws {EmbeddedDatabaseError} whose message tells the reader what to do.
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const { database = 'taskward', notice = () => {}, settings = {} } = options;
  try {
    const directory = await makeDirectory(options.directory);
    const deadline = Date.now() + KEEPER_WITHIN;
    let keeper: ChildProcess | undefined;
    while (Date.now() < deadline) {
      const held = await askKeeper(directory, database, notice);
      if (held) return held;
      if (keeper?.exitCode) throw await keeperFailure(directory);
      // None there, or one that is just closing down. A keeper we started that has ended found another one running.
      const isRunning = keeper && keeper.exitCode === null && keeper.signalCode === null;
      if (!isRunning) keeper = startKeeper({ directory, settings });
      await sleep(10);
    }
    throw await keeperFailure(directory);
  } catch (error) {
    throw explain(error, options.directory);
  }
}

/** Makes a directory and those above it. Node's own recursive mkdir never returns where one cannot be made, as in /proc. */
async function mkdirs(path: string): Promise<boolean> {
  const make = () =>
    mkdir(path).then(
      () => true,
      async (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST' && (await stat(path)).isDirectory()) return false;
        throw error;
      },
    );
  return make().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' || dirname(path) === path) throw error;
    await mkdirs(dirname(path));
    return make();
  });
}

/**
 * Makes the directory of an embedded database, unless it is there.
 * @returns its real path
 * @throws {EmbeddedDatabaseError} when it cannot be made, or not be written to
 */
export async function makeDirectory(given: string): Promise<string> {
  const path = resolve(given);
  try {
    return await makeWritable(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOTDIR')
      throw new EmbeddedDatabaseError(`${path} is not a directory, or is below a file: name another directory.`);
    if (code === 'ENOENT')
      throw new EmbeddedDatabaseError(`${path} cannot be made there (${message}): name another directory.`);
    throw explain(error, path);
  }
}

async function makeWritable(path: string): Promise<string> {
  const isNew = await mkdirs(path);
  await access(path, constants.W_OK | constants.X_OK);
  // Under root, PostgreSQL runs as another user, whom a strict umask would shut out.
  if (isNew && process.getuid?.() === 0) await chmod(path, 0o755);
  return realpath(path);
}

function startKeeper(args: KeeperArguments): ChildProcess {
  const log = openSync(keeperFiles(args.directory).log, 'a', 0o600);
  const script = fileURLToPath(new URL('./keeper.ts', import.meta.url));
  const { NODE_OPTIONS: _, NODE_V8_COVERAGE: __, ...env } = process.env;
  // In a session of its own, out of reach of the terminal's Ctrl-C: it must outlive those who still use the database.
  const keeper = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, JSON.stringify(args)], {
    detached: true,
    stdio: ['ignore', log, log],
    windowsHide: true,
    cwd: args.directory,
    env,
  });
  closeSync(log);
  keeper.on('error', () => {});
  keeper.unref();
  return keeper;
}

async function keeperFailure(directory: string): Promise<Error> {
  const { log } = keeperFiles(directory);
  const errors = (await readFile(log, 'utf8').catch(() => '')).match(/^.*Error: .*$/gm);
  return new Error(`its keeper process failed: ${errors?.at(-1) ?? 'it could not be reached'} — more in ${log}`);
}

/** Undefined when there is no keeper, or none for long: the caller then starts one. */
async function askKeeper(directory: string, database: string, notice: (line: string) => void) {
  const address = parse<KeeperAddress>(await readFile(keeperFiles(directory).address, 'utf8').catch(() => ''));
  if (!address) return undefined;
  const socket = connect(address.port, '127.0.0.1');
  const closed = once(socket, 'close').catch(() => undefined);
  socket.on('error', () => {});
  socket.write(writeLine({ token: address.token, database }));
  let isWelcome = false;
  let isHeld = false;

  const url = await new Promise<string | undefined>((resolve, reject) => {
    // The keeper that wrote the address may be dead, and its port another program's, which may never answer.
    const impatience = setTimeout(() => socket.destroy(), WELCOME_WITHIN);
    onLine(socket, (line) => {
      const message = parse<KeeperMessage>(line);
      isWelcome ||= message !== undefined && 'welcome' in message;
      if (!message || !isWelcome) return void socket.destroy();
      clearTimeout(impatience);
      if ('notice' in message) notice(message.notice);
      if ('url' in message) resolve(message.url);
      if ('error' in message) {
        reject(new EmbeddedDatabaseError(message.error));
        if (isHeld) notice(message.error);
      }
    });
    closed.then(() => {
      clearTimeout(impatience);
      resolve(undefined);
    });
  });
  if (url === undefined) return undefined;

  isHeld = true;
  closed.then(() => isHeld && notice('The embedded database is not looked after any more: start again.'));
  socket.unref();
  return {
    url,
    release: async () => {
      isHeld = false;
      await release(socket, closed);
    },
  };
}

async function release(socket: Socket, closed: Promise<unknown>) {
  if (socket.closed) return;
  socket.ref();
  socket.end();
  const waiting = new AbortController();
  await Promise.race([closed, sleep(RELEASE_WITHIN, undefined, { signal: waiting.signal }).catch(() => {})]);
  waiting.abort();
  socket.destroy();
}
