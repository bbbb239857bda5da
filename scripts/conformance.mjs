import { ensureInstalled, runNode } from './bootstrap.mjs';

ensureInstalled();
runNode(['--conditions=@taskward/source', 'tests/conformance/run.ts', ...process.argv.slice(2)]);
