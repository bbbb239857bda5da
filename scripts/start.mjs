import { ensureInstalled, runNode } from './bootstrap.mjs';

ensureInstalled();
const watch = process.argv.includes('--watch') ? ['--watch', '--watch-preserve-output'] : [];
runNode([...watch, 'apps/api/src/main.ts']);
