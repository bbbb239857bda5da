import { ensureInstalled, runNode } from './bootstrap.mjs';

ensureInstalled();
runNode(['tests/client/generate.ts']);
