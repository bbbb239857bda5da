import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { toJson } from '../formats/json/json.ts';
import { io } from '../runtime/io.ts';

/** Ends the command with an exit code, after all output has been written. */
export class CommandExit extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`the command ended with exit code ${exitCode}`);
    this.name = 'CommandExit';
    this.exitCode = exitCode;
  }
}

const isClosedPipe = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EPIPE';

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
 * Writes to standard output, and waits for a slow reader.
 * @throws CommandExit if the reader closed the pipe, as `| head` does; or the error of a file that cannot be written
 */
export const write = async (text: string): Promise<void> => {
  const { stdout } = io();
  const failure = failureOf(stdout);
  try {
    if (failure.error !== undefined) throw failure.error;
    if (!stdout.write(text)) await once(stdout, 'drain');
  } catch (error) {
    throw isClosedPipe(error) ? new CommandExit(0) : error;
  }
};

/** Prints a message for people to standard error, apart from the output for programs. */
export const printNotice = (line: string): void => void io().stderr.write(`${line}\n`);

/** How results are printed: as text for people, as one JSON value, or as JSON Lines. */
export type OutputFormat = 'human' | 'json' | 'lines';

/** Returns JSON if `--json` is given, otherwise text at a terminal and JSON Lines in a pipe. */
export const outputFormatOf = ({ json }: { json?: boolean | undefined }): OutputFormat => {
  if (json) return 'json';
  return io().stdout.isTTY ? 'human' : 'lines';
};

/** Writes a single result: as text for people, or as one JSON value. @param text with its last line break */
export const writeResult = (options: { json?: boolean | undefined }, text: string, value: unknown): Promise<void> =>
  write(outputFormatOf(options) === 'human' ? text : `${toJson(value)}\n`);
