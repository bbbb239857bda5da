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
  /** Directory of the data, the log and the password, such as `.data` in the project. Created if it is missing. */
  directory: string;
  /** Name of the database: `taskward` by default. Created if it is missing. */
  database?: string;
  /** Called with sentences to show to the user. */
  notice?: (line: string) => void;
  /** Settings of PostgreSQL. They apply only if this call starts the server. */
  settings?: Record<string, string>;
}

export interface EmbeddedDatabase {
  /** Connection string of a superuser. Valid until `release`, even if PostgreSQL is restarted. */
  url: string;
  /** Releases the database. The last process to do so waits until PostgreSQL has stopped. */
  release(): Promise<void>;
}

/**
 * Starts PostgreSQL for `directory`, or connects to the server that another process has started. The server runs until
 * every process that uses it has released it or exited. Using it does not keep a process alive.
 *
 * @throws {EmbeddedDatabaseError} with a message that says what to do
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
      // There is no keeper, or it is shutting down. If the one started here has exited, it found another one running.
      const isRunning = keeper && keeper.exitCode === null && keeper.signalCode === null;
      if (!isRunning) keeper = startKeeper({ directory, settings });
      await sleep(10);
    }
    throw await keeperFailure(directory);
  } catch (error) {
    throw explain(error, options.directory);
  }
}

/** Creates a directory and its parents. Node's recursive mkdir never returns if one cannot be created, as in /proc. */
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
 * Creates the directory of an embedded database, if it is missing.
 * @returns its real path
 * @throws {EmbeddedDatabaseError} if it cannot be created or is not writable
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
  // As root, PostgreSQL runs as another user, who needs access whatever the umask.
  if (isNew && process.getuid?.() === 0) await chmod(path, 0o755);
  return realpath(path);
}

function startKeeper(args: KeeperArguments): ChildProcess {
  const log = openSync(keeperFiles(args.directory).log, 'a', 0o600);
  const script = fileURLToPath(new URL('./keeper.ts', import.meta.url));
  const { NODE_OPTIONS: _, NODE_V8_COVERAGE: __, ...env } = process.env;
  // Detached from the terminal's Ctrl-C: it must outlive every process that uses the database.
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

/** Returns undefined if there is no keeper, or it is shutting down: the caller then starts one. */
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
    // If the keeper has died, its port may belong to another program, which may never reply.
    const timer = setTimeout(() => socket.destroy(), WELCOME_WITHIN);
    onLine(socket, (line) => {
      const message = parse<KeeperMessage>(line);
      isWelcome ||= message !== undefined && 'welcome' in message;
      if (!message || !isWelcome) return void socket.destroy();
      clearTimeout(timer);
      if ('notice' in message) notice(message.notice);
      if ('url' in message) resolve(message.url);
      if ('error' in message) {
        reject(new EmbeddedDatabaseError(message.error));
        if (isHeld) notice(message.error);
      }
    });
    closed.then(() => {
      clearTimeout(timer);
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
