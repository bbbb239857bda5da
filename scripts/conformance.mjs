import { ensureInstalled, runNode } from './bootstrap.mjs';

ensureInstalled();
runNode(['tests/conformance/run.ts', ...process.argv.slice(2)]);
