import { DomainError } from '@taskward/domain';
import { exitCodes, failureExitCode } from './exit-codes.ts';
import { makeProgram } from './program.ts';

try {
  await makeProgram().parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof DomainError ? exitCodes[error.code] : failureExitCode;
}
