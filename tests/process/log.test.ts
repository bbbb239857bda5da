import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import t from 'tap';

const root = dirname(dirname(import.meta.dirname));

t.test('no token is logged, also not in an error’s message', (t) => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';
  const script = `import { makeLog } from './apps/api/src/container/log.ts';
    const log = makeLog({ config: { environment: 'production', logLevel: 'info' } });
    log.error({ err: new Error('it was ${token}') }, 'with ${token}');`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
  t.match(output, 'it was [token]');
  t.notMatch(output, 'eyJ');
  t.end();
});
