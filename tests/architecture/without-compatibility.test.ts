import { rmSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { testServerUrl } from '../support/postgres/database.ts';
import { runScript } from '../support/processes/clean-process.ts';
import { aThrowAwayCopy } from '../support/repository/throw-away-copy.ts';

// Nothing but these lines knows of the folder: without it and them, the contract is what it was.
const removed: Readonly<Record<string, readonly (readonly [line: RegExp, instead: string])[]>> = {
  'app.ts': [
    [/^import .* from '\.\/compatibility\/.*';\n/m, ''],
    [/, contractUrl\)/, ', (_request, url) => url)'],
    [/^ *app\.register\(compatibility, .*\);\n/m, ''],
  ],
  'options.ts': [
    [/^import .* from '\.\/compatibility\/.*';\n/m, ''],
    [/^ *\/\*\* .* \*\/\n *readonly compatibility\?: .*;\n/m, ''],
  ],
  'index.ts': [[/^export .* from '\.\/compatibility\/.*';\n/m, '']],
};

const source = 'packages/adapters-http/src';

// The contract's suite, without what waits for slow clients or sends thousands of random requests.
const suite = [
  ...['list', 'batch', 'body-errors', 'changes', 'field-errors', 'idempotency', 'paging', 'path-errors'],
  ...['query-errors', 'sent-back', 'trash', 'updates'],
].map((name) => `tests/http/${name}.test.ts`);

t.test('without its folder and the lines that register it, the contract’s suite is green', async (t) => {
  const copy = aThrowAwayCopy(t, ['tests']);
  const { PATH, HOME, TMPDIR, TASKWARD_TEST_DATABASE_URL: given } = process.env;
  const env = { PATH, HOME, TMPDIR, DATABASE_URL: given, TASKWARD_TEST_SERVER_URL: await testServerUrl(t) };
  const run = async (files: readonly string[]) => {
    const args = ['--conditions=@taskward/source', 'tests/run.ts', ...files];
    const { code, out, err } = await runScript(args, { cwd: copy.folder, env });
    return { code, summary: out.trimEnd().split('\n').at(-1), output: `${out}\n${err}`.slice(-4_000) };
  };
  const [aPart = ''] = suite;

  rmSync(join(copy.folder, source, 'compatibility'), { recursive: true });
  const whole = await run([aPart]);
  t.not(whole.code, 0, 'without the folder alone nothing works: it is this copy that is tested');

  const changes = Object.entries(removed).map(([file, lines]) => {
    const change = (text: string) =>
      lines.reduce((before, [line, instead]) => {
        const after = before.replace(line, instead);
        t.not(after, before, `${file} has ${line}`);
        return after;
      }, text);
    return [`${source}/${file}`, change] as const;
  });
  await copy.having(Object.fromEntries(changes), async () => {
    const { code, summary, output } = await run([...suite, 'tests/conformance/unharmed-server.test.ts']);
    t.equal(code, 0, 'all tests pass', { output });
    t.match(summary, /^[1-9]\d{3,} passed, 0 failed$/);
  });
});
