import t, { type Test } from 'tap';
import { aThrowAwayCopy, type Verdict } from './throw-away-copy.ts';
import { readJson } from './workspace.ts';

// A rule that was never seen to fail is not known to work: each is broken here, once, before the tool that guards it.

const copy = aThrowAwayCopy(t);
const { scripts } = readJson<{ scripts: Record<string, string> }>('package.json');

const refused = (t: Test, verdict: Verdict, sentences: readonly string[], message: string): void => {
  const unsaid = sentences.filter((sentence) => !verdict.says(sentence));
  t.ok(!verdict.ok && unsaid.length === 0, message, { ok: verdict.ok, unsaid, output: verdict.output });
};

const declaring = (name: string) => (text: string) => {
  const manifest = JSON.parse(text);
  manifest.dependencies = { ...manifest.dependencies, [name]: '0.1.0' };
  return `${JSON.stringify(manifest, null, 2)}\n`;
};

t.test('`npm run check` runs the tools that are proved here', async (t) => {
  t.equal(scripts.check, 'npm run lint && npm run types && npm run boundaries');
  t.strictSame(scripts.types?.split(' && '), [
    'tsc -p packages/domain',
    'tsc -p packages/application',
    'tsc -p packages/client',
    'tsc -p .',
  ]);
  t.equal(scripts.boundaries, 'turbo boundaries');
  t.equal(scripts.lint, 'biome check --error-on-warnings .');
});

t.test('the untouched repository passes', async (t) => {
  const commands = [
    'turbo boundaries',
    'tsc -p packages/domain',
    'tsc -p packages/application',
    'tsc -p packages/client',
    'tsc -p .',
    'biome lint --error-on-warnings packages apps',
  ];
  const verdicts = await Promise.all(commands.map((command) => copy.run(command)));
  commands.forEach((command, index) => {
    t.ok(verdicts[index]?.ok, command, { output: verdicts[index]?.output });
  });
  const { output } = verdicts[0] as { output: string };
  t.match(output, /Checked [1-9]\d+ files in [1-9]\d* packages, no issues found/, 'there was something to check');
});

t.test('turbo boundaries refuses', async (t) => {
  const outward: [folder: string, name: string, path: string][] = [
    ['packages/domain', '@taskward/application', '../../application/src/index.ts'],
    ['packages/domain', '@taskward/embedded-database', '../../embedded-database/src/index.ts'],
    ['packages/application', '@taskward/adapters-postgres', '../../adapters-postgres/src/index.ts'],
    ['packages/application', '@taskward/adapters-http', '../../adapters-http/src/index.ts'],
    ['packages/adapters-http', '@taskward/adapters-postgres', '../../adapters-postgres/src/index.ts'],
    ['packages/adapters-http', '@taskward/api', '../../../apps/api/src/index.ts'],
    ['packages/adapters-postgres', '@taskward/adapters-http', '../../adapters-http/src/index.ts'],
    ['packages/adapters-postgres', '@taskward/api', '../../../apps/api/src/index.ts'],
    ['packages/adapters-postgres', '@taskward/cli', '../../../apps/cli/src/main.ts'],
    ['packages/client', '@taskward/domain', '../../domain/src/index.ts'],
    ['packages/embedded-database', '@taskward/domain', '../../domain/src/index.ts'],
  ];

  for (const [folder, name, path] of outward) {
    const file = `${folder}/src/planted.ts`;
    const plain = `import '${name}';\n`;
    const forms = [plain, `import type {} from '${name}';\n`, `export const x = import('${name}');\n`];

    // Every form of import once; the tool treats all packages alike.
    for (const form of folder === 'packages/domain' ? forms : [plain]) {
      const verdict = await copy.having({ [file]: form }, () => copy.run('turbo boundaries'));
      const said = `cannot import package \`${name}\` because it is not a dependency`;
      refused(t, verdict, [said, file], `${folder}: ${form.trim()}, undeclared`);
    }

    const declared = { [file]: plain, [`${folder}/package.json`]: declaring(name) };
    const verdict = await copy.having(declared, () => copy.run('turbo boundaries'));
    const own = `@taskward/${folder.split('/')[1]}`;
    const said = `Package \`${name}\` found without any tag listed in allowlist for \`${own}\``;
    refused(t, verdict, [said], `${folder}: ${name}, declared`);

    const past = await copy.having({ [file]: `import '${path}';\n` }, () => copy.run('turbo boundaries'));
    refused(t, past, [`import \`${path}\` leaves the package`, file], `${folder}: past the front door, ${path}`);
  }
});

t.test('a package without a tag may not be imported', async (t) => {
  const changes = { 'packages/domain/turbo.json': '{ "extends": ["//"] }\n' };
  const verdict = await copy.having(changes, () => copy.run('turbo boundaries'));
  const said = 'Package `@taskward/domain` found without any tag listed in allowlist for `@taskward/application`';
  refused(t, verdict, [said], 'domain, untagged');
});

t.test('tsc refuses, in domain and application', async (t) => {
  const plants: [code: string, named: string][] = [
    ['export const x = process.env.HOME;', "Cannot find name 'process'"],
    ["export const x = fetch('https://app.example');", "Cannot find name 'fetch'"],
    ["import { readFileSync } from 'node:fs';\nexport const x = readFileSync;", "Cannot find name 'node:fs'"],
    ["import 'node:fs';", "side-effect import of 'node:fs'"],
    ["export const x = import('node:fs');", "Cannot find name 'node:fs'"],
    ['setTimeout(() => {}, 1);', "Cannot find name 'setTimeout'"],
    ['console.log(1);', "Cannot find name 'console'"],
    ['export const x = crypto.randomUUID();', "Cannot find name 'crypto'"],
    ['export const x = performance.now();', "Cannot find name 'performance'"],
    ["export const x = Buffer.from('x');", "Cannot find name 'Buffer'"],
    ["export const x = new URL('https://app.example');", "Cannot find name 'URL'"],
    ["export const x = require('node:fs');", "Cannot find name 'require'"],
  ];
  const folders = ['packages/domain', 'packages/application'];
  for (const [code, named] of plants) {
    const changes = Object.fromEntries(folders.map((folder) => [`${folder}/src/planted.ts`, `${code}\n`]));
    const verdicts = await copy.having(changes, () =>
      Promise.all(folders.map((folder) => copy.run(`tsc -p ${folder}`))),
    );
    folders.forEach((folder, index) => {
      refused(t, verdicts[index] as Verdict, [named, `${folder}/src/planted.ts`], `${folder}: ${code}`);
    });
  }
});

t.test('tsc refuses, in the client, what browsers or Node 18 do not have', async (t) => {
  const plants: [code: string, named: string][] = [
    ["export const x = Buffer.from('x');", "Cannot find name 'Buffer'"],
    ['export const x = process.env.HOME;', "Cannot find name 'process'"],
    ["import 'node:fs';", "side-effect import of 'node:fs'"],
    ['export const x = [2, 1].toSorted();', "Property 'toSorted' does not exist"],
  ];
  for (const [code, named] of plants) {
    const file = 'packages/client/src/planted.ts';
    const verdict = await copy.having({ [file]: `${code}\n` }, () => copy.run('tsc -p packages/client'));
    refused(t, verdict, [named, file], code);
  }
});

t.test('biome refuses, in domain and application', async (t) => {
  const plants: [code: string, named: string][] = [
    ['export const x = Date.now();', 'Date'],
    ['export const x = new Date();', 'Date'],
    ['export const x = Date();', 'Date'],
    ['const Clock = Date;\nexport const x = Clock.now();', 'Date'],
    ['export const x = globalThis.Date.now();', 'globalThis'],
    ['export const x = Math.random();', 'Math'],
    ['const { random } = Math;\nexport const x = random();', 'Math'],
    ['export const x = Temporal.Now.instant();', 'Temporal'],
    ['export const x = new Intl.DateTimeFormat().format();', 'Intl'],
  ];
  for (const folder of ['packages/domain', 'packages/application']) {
    for (const [code, named] of plants) {
      const file = `${folder}/src/planted.ts`;
      const verdict = await copy.having({ [file]: `${code}\n` }, () => copy.run(`biome check ${file}`));
      const said = ['lint/style/noRestrictedGlobals', file, `Do not use the global variable ${named}.`];
      refused(t, verdict, said, `${folder}: ${code}`);
    }
  }
  const elsewhere = { 'apps/api/src/planted.ts': 'export const x = Date.now();\n' };
  const allowed = await copy.having(elsewhere, () => copy.run('biome check apps/api/src/planted.ts'));
  t.ok(allowed.ok, 'an app may read the clock', { output: allowed.output });
});

t.test('a new error code compiles only when both driving adapters have decided what it means', async (t) => {
  const add = (text: string) => text.replace(/(export type ErrorCode =)/, "$1\n  | 'planted/code'");
  const changes = { 'packages/domain/src/errors.ts': add };
  const { ok, output } = await copy.having(changes, () => copy.run('tsc -p .'));
  t.notOk(ok);
  const missing = output.split('\n').filter((line) => /Property '"planted\/code"' is missing in type/.test(line));
  t.strictSame(missing.map((line) => line.split('(')[0]).sort(), [
    'apps/cli/src/exit-codes.ts',
    'packages/adapters-http/src/errors.ts',
  ]);

  const decided = {
    ...changes,
    'apps/cli/src/exit-codes.ts': (text: string) => text.replace("'request/invalid':", "'planted/code': 1,\n$&"),
    'packages/adapters-http/src/errors.ts': (text: string) =>
      text.replace("'request/malformed':", "'planted/code': 500,\n$&"),
  };
  const both = await copy.having(decided, () => copy.run('tsc -p .'));
  t.ok(both.ok, 'it compiles once they have', { output: both.output });
});

t.test('the copy is as it was', async (t) => {
  const { ok, output } = await copy.run('turbo boundaries');
  t.ok(ok, 'so each violation was alone', { output });
});
