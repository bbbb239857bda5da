import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable, Writable } from 'node:stream';

/** The streams and the environment of a command. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** Replaces the process's environment and the `.env` file. */
  readonly env?: NodeJS.ProcessEnv;
}

// Getters, because merely opening standard input can keep a process from ending.
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

/** Returns the streams and environment of the running command: the process's, unless others were given. */
export const io = (): Io => current.getStore() ?? processIo;

/** Runs a command with the given streams and environment. */
export const withIo = <T>(given: Io, work: () => T): T => current.run(given, work);
