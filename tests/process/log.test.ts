import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import t from 'tap';
import { missingProgram } from '../support/processes/programs.ts';

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

t.test('of an error only known properties are logged: others may have a row', (t) => {
  const script = `import { makeLog } from './apps/api/src/container/log.ts';
    const log = makeLog({ config: { environment: 'production', logLevel: 'info' } });
    const properties = { code: '23514', detail: 'Failing row contains (Buy milk)', where: 'Buy milk', parameters: ['Buy milk'] };
    log.error({ err: Object.assign(new Error('refused', { cause: new TypeError('the reason') }), properties) });`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
  const { err } = JSON.parse(output);
  t.match(err, { type: 'Error', message: 'refused: the reason', code: '23514', stack: /log\.test|eval/ });
  t.notMatch(output, 'Buy milk');
  t.end();
});

const terminal = { skip: missingProgram('script') ?? false };

t.test('at a terminal the log is readable, the listening line included', terminal, async (t) => {
  const script = `import { makeLog } from './apps/api/src/container/log.ts';
    const [environment] = process.argv.slice(1);
    makeLog({ config: { environment, logLevel: 'info' } }).info({ audit: 'user-erased' }, 'Server listening at http://127.0.0.1:8000');`;
  const shown = (environment: string) => {
    const command = [
      process.execPath,
      '--input-type=module',
      '-e',
      `'${script.replaceAll("'", `'\\''`)}'`,
      environment,
    ];
    const args = ['--quiet', '--return', '--command', command.join(' '), '/dev/null'];
    return execFileSync('script', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  };
  t.match(
    stripVTControlCharacters(shown('development')),
    /^\[\d\d:\d\d:\d\d\] INFO: Server listening at http:\S+ \{"audit":"user-erased"\}/,
  );
  t.match(JSON.parse(shown('production')), { msg: /^Server listening/ }, 'in production it is JSON there, too');
});
