import { isUseCaseError } from '@taskward/application';
import { CommanderError } from 'commander';
import { exitCodes, failureExitCode } from './exit-codes.ts';
import { CommandExit, printNotice } from './output/output.ts';
import { shownLines } from './output/terminal.ts';
import { makeProgram } from './program.ts';
import { type Io, io, withIo } from './runtime/io.ts';

export type { Io } from './runtime/io.ts';

/**
 * Runs one command.
 * @param args the arguments after `taskward`
 * @param given streams and environment to use instead of the process's
 * @returns the exit code, after all output has been written
 */
export const runCommand = async (args: readonly string[], given: Io = io()): Promise<number> =>
  withIo(given, async () => {
    try {
      await makeProgram().parseAsync(args, { from: 'user' });
      return 0;
    } catch (error) {
      if (error instanceof CommandExit || error instanceof CommanderError) return error.exitCode;
      printNotice(shownLines(error instanceof Error ? error.message : String(error)));
      return isUseCaseError(error) ? exitCodes[error.code] : failureExitCode;
    }
  });
