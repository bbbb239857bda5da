import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { io } from './io.ts';

/** The command is over, and everything has been said: the process ends with this exit code. */
export class CommandExit extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`the command ended with exit code ${exitCode}`);
    this.name = 'Ended';
    this.exitCode = exitCode;
  }
}

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EPIPE';

const failures = new WeakMap<Writable, { error?: unknown }>();

// Without a listener an error of the stream would end the process with a stack trace.
const failureOf = (stream: Writable): { error?: unknown } => {
  const known = failures.get(stream);
  if (known !== undefined) return known;
  const failure: { error?: unknown } = {};
  failures.set(stream, failure);
  stream.on('error', (error) => {
    failure.error ??= error;
  });
  return failure;
};

/**
 * Writes to standard output, and waits while its reader is slower.
 * @throws Ended when nobody reads any more, as after `| head`; or the error of a file that cannot be written
 */
export const write = async (text: string): Promise<void> => {
  const { stdout } = io();
  const failure = failureOf(stdout);
  try {
    if (failure.error !== undefined) throw failure.error;
    if (!stdout.write(text)) await once(stdout, 'drain');
  } catch (error) {
    throw isGone(error) ? new CommandExit(0) : error;
  }
};

/** Says something to the person at the terminal, on standard error, where it is in no program's way. */
export const printNotice = (line: string): void => void io().stderr.write(`${line}\n`);

/** How results are written: for a person, as one JSON value, or as JSON lines. */
export type OutputFormat = 'human' | 'json' | 'lines';

/** JSON where it is asked for, else what is of use to who reads: a person at a terminal, or a program behind a pipe. */
export const outputFormatOf = ({ json }: { json?: boolean | undefined }): OutputFormat => {
  if (json) return 'json';
  return io().stdout.isTTY ? 'human' : 'lines';
};
