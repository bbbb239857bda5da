// Preloaded into an API that a scenario does harm to. The API ends when nobody handles an error: this says why it did.
import { writeSync } from 'node:fs';

const stderr = 2;
const report = (error: unknown) => {
  writeSync(stderr, `UNHANDLED ${error instanceof Error ? error.stack : String(error)}\n`);
};
process.on('unhandledRejection', report).on('uncaughtExceptionMonitor', report);
