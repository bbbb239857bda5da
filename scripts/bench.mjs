import { ensureInstalled, runNode } from './bootstrap.mjs';

ensureInstalled();
runNode([`bench/${process.argv[2]}.ts`, ...process.argv.slice(3)]);
