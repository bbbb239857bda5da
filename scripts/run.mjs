import { runNode } from './bootstrap.mjs';

runNode(process.argv.slice(2));
