import { runNode } from './bootstrap.mjs';
import { buildWeb } from './build-web.mjs';

runNode(['examples/full-stack/main.ts', ...process.argv.slice(2)], {}, (node) => buildWeb({ node }));
