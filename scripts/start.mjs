import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode } from './bootstrap.mjs';
import { buildWeb, isWebWanted } from './build-web.mjs';

const watch = process.argv.includes('--watch') ? ['--watch', '--watch-preserve-output'] : [];
// A young generation of fixed size: left to itself it grows under load, to a third more memory and no more speed.
const flags = JSON.parse(readFileSync(join(root, 'apps/api/node-flags.json'), 'utf8'));
runNode([...flags, ...watch, 'apps/api/src/main.ts'], {}, (node) => {
  if (isWebWanted()) buildWeb({ node });
});
