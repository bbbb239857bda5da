#!/usr/bin/env node
import { DomainError } from '@taskward/domain';
import { exitCodes, failureExitCode } from './exit-codes.ts';
import { Ended } from './output.ts';
import { makeProgram } from './program.ts';
import { shownLines } from './terminal.ts';

// What cannot be said to standard error cannot be said at all.
process.stderr.on('error', () => {});

// Set to nothing counts as not set, as with every other variable.
if (process.env.TASKWARD_USER?.trim() === '') delete process.env.TASKWARD_USER;

try {
  await makeProgram().parseAsync();
} catch (error) {
  if (error instanceof Ended) {
    process.exitCode = error.exitCode;
  } else {
    console.error(shownLines(error instanceof Error ? error.message : String(error)));
    process.exitCode = error instanceof DomainError ? exitCodes[error.code] : failureExitCode;
  }
}
