import { ensureInstalled, runNode } from './bootstrap.mjs';

ensureInstalled();
runNode(['tests/run.ts', ...process.argv.slice(2)]);
