import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable, Writable } from 'node:stream';

/** What a command reads and writes, and the environment that it sees. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** Replaces the process's environment and the `.env` file. */
  readonly env?: NodeJS.ProcessEnv;
}

// Read when they are asked for: opening standard input alone can keep a process from ending.
const processIo: Io = {
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    return process.stdout;
  },
  get stderr() {
    return process.stderr;
  },
};

const current = new AsyncLocalStorage<Io>();

/** The streams and environment of the command that is running: the process's, unless it was given others. */
export const io = (): Io => current.getStore() ?? processIo;

/** Runs a command on given streams. */
export const withIo = <T>(given: Io, work: () => T): T => current.run(given, work);
