import { dirname, join } from 'node:path';
import t from 'tap';
import { testServerUrl } from '../support/postgres/database.ts';
import { runScript } from '../support/processes/clean-process.ts';
import { makeReport } from './report.ts';

const root = dirname(dirname(import.meta.dirname));
const fixture = (name: string) => `tests/runner/fixtures/${name}.ts`;

const running = async (args: readonly string[], env: Record<string, string> = {}) => {
  const { PATH, HOME, TMPDIR } = process.env;
  const settings = { PATH, HOME, TMPDIR, TASKWARD_TEST_SERVER_URL: await testServerUrl(t), ...env };
  const { code, out, err } = await runScript([join(root, 'tests/run.ts'), ...args], { cwd: root, env: settings });
  return { code, err, out, lines: out.trimEnd().split('\n') };
};

t.test('what passes is a line, and nothing else', async (t) => {
  const { code, out, err } = await running([fixture('good')]);
  t.strictSame({ code, out, err }, { code: 0, out: '\n100 passed, 0 failed\n', err: '' });
});

t.test('what fails is told in full, at once and in the end, and what is skipped in a line', async (t) => {
  const { code, lines, out } = await running(['mixed', 'broken', 'good'].map(fixture));
  t.equal(code, 1);
  t.equal(lines.at(-1), '103 passed, 2 failed, 2 skipped');
  const list = `✗ ${fixture('mixed')} > arithmetic > of lists > the same list`;
  const end = `✗ ${fixture('broken')} > the file ended before its tests did`;
  for (const title of [list, end]) t.equal(out.split(title).length - 1, 2, title);
  t.ok(out.indexOf(list) < out.indexOf('What failed:') && out.indexOf('What failed:') < out.lastIndexOf(list));
  t.match(out, /- {2}3,\n +\+ {2}2,/, 'with the difference');
  t.match(out, /tests\/runner\/fixtures\/mixed\.ts:6/, 'with the line');
  t.match(out, `${fixture('broken')} wrote to standard error:`);
  t.match(out, '    broken on purpose');
  t.notMatch(out, 'not worth a word');
  t.strictSame(
    lines.filter((line) => line.startsWith('skipped: ')),
    [
      `skipped: ${fixture('mixed')} > elsewhere: needs frobnicate: apt-get install frobnicate, or brew install frobnicate`,
      `skipped: ${fixture('mixed')} > another user: for root`,
    ],
  );
});

t.test('in CI a skipped test is a failed one, unless no machine could run it', async (t) => {
  const { code, lines } = await running([fixture('mixed')], { CI: 'true' });
  t.equal(code, 1);
  t.equal(lines.at(-1), '2 passed, 2 failed, 1 skipped');
});

t.test('everything can be had as TAP', async (t) => {
  const { code, out } = await running(['--reporter=tap', fixture('mixed')]);
  t.equal(code, 1);
  t.match(out, /^TAP version 14\n# Subtest: tests\/runner\/fixtures\/mixed\.ts\n/);
  t.match(out, /\n {8}# Subtest: of lists\n {12}not ok 1 - the same list\n/);
  t.match(out, /\nnot ok 1 - tests\/runner\/fixtures\/mixed\.ts # time=\d+ms\n\n1\.\.1\n/);
});

t.test('a file that is not there is said', async (t) => {
  t.match(await running(['tests/nonsense']), { code: 1, out: '', err: 'There is no file or folder tests/nonsense.\n' });
});

t.test('progress is one line that is written anew at a terminal, and a line now and then elsewhere', async (t) => {
  const shown = (isTTY: boolean) => {
    let [time, text] = [0, ''];
    const screen = { isTTY, columns: 50, write: (more: string) => (text += more) };
    const report = makeReport(screen, { files: 3, clocked: { now: () => time } });
    for (let n = 0; n < 40; n += 1) {
      time += 1_000;
      report.passed();
    }
    report.end();
    return text;
  };
  t.strictSame(shown(false).trimEnd().split('\n'), [
    '0/3 files, 15 passed, 0 failed, 0:15',
    '0/3 files, 30 passed, 0 failed, 0:30',
    '',
    '40 passed, 0 failed',
  ]);
  const lines = shown(true).split('\r\u001b[K');
  t.equal(lines.length, 42, 'every second, and once to clear it');
  t.equal(lines[40], '0/3 files, 40 passed, 0 failed, 0:40');
  t.equal(lines[41], '\n40 passed, 0 failed\n');
});
