import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { sharedDatabaseUrl } from '../support/postgres/database.ts';

const flags = ['--expose-gc', '--initial-old-space-size=400', '--max-semi-space-size=16', '--min-semi-space-size=16'];
// They leave 25 to 35, and 100 to 150 where they come into and go from one Map.
const mostBytes = 60;

t.test('requests leave next to nothing in the old part of the heap, and users next to nothing at all', async (t) => {
  await sharedDatabaseUrl(t);
  const script = join(import.meta.dirname, 'old-garbage.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, script, String(mostBytes)], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const bytes = JSON.parse(stdout) as Record<string, number>;
  t.comment(JSON.stringify(bytes));
  t.strictSame(Object.keys(bytes), ['list', 'get', 'toggle', 'create', 'writer']);
  for (const [work, left] of Object.entries(bytes)) t.ok(left < mostBytes, `${work}: ${left.toFixed(0)} bytes`);
});
