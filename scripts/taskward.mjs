import { ensureInstalled, runNode } from './bootstrap.mjs';

ensureInstalled();
runNode(['apps/cli/src/main.ts', ...process.argv.slice(2)]);
