import t, { type Test } from 'tap';
import { aThrowAwayCopy, type Verdict } from '../support/repository/throw-away-copy.ts';
import { readJson } from '../support/repository/workspace.ts';

// A rule that was never seen to fail is not known to work: each is broken here, once, before the tool that guards it.

const copy = aThrowAwayCopy(t);
const { scripts } = readJson<{ scripts: Record<string, string> }>('package.json');

const refused = (t: Test, verdict: Verdict, sentences: readonly string[], message: string, file?: string): void => {
  const unsaid = sentences.filter((sentence) => !verdict.says(sentence, file));
  t.ok(!verdict.ok && unsaid.length === 0, message, { ok: verdict.ok, unsaid, output: verdict.output });
};

const declaring = (name: string) => (text: string) => {
  const manifest = JSON.parse(text);
  manifest.dependencies = { ...manifest.dependencies, [name]: '0.1.0' };
  return `${JSON.stringify(manifest, null, 2)}\n`;
};

const plantedFile = (folder: string, index: number): string => `${folder}/src/planted-${index}.ts`;

/** All violations of one tool in a folder, each in a file of its own. */
const allOf = (folder: string, plants: readonly (readonly [code: string, ...unknown[]])[]): Record<string, string> =>
  Object.fromEntries(plants.map(([code], index) => [plantedFile(folder, index), `${code}\n`]));

t.test('`npm run check` runs the tools that are proved here', async (t) => {
  t.equal(scripts.check, 'npm run lint && npm run types && npm run boundaries');
  t.strictSame(scripts.types?.split(' && '), [
    'tsc -p packages/domain',
    'tsc -p packages/application',
    'tsc -p packages/client',
    'tsc -p packages/conformance',
    'tsc -p apps/web',
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
    'tsc -p packages/conformance',
    'tsc -p apps/web',
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
    ['packages/adapters-planning', '@taskward/adapters-http', '../../adapters-http/src/index.ts'],
    ['packages/adapters-postgres', '@taskward/adapters-http', '../../adapters-http/src/index.ts'],
    ['packages/adapters-postgres', '@taskward/api', '../../../apps/api/src/index.ts'],
    ['packages/adapters-postgres', '@taskward/cli', '../../../apps/cli/src/main.ts'],
    ['packages/adapters-webhooks', '@taskward/adapters-postgres', '../../adapters-postgres/src/index.ts'],
    ['packages/application', '@taskward/adapters-webhooks', '../../adapters-webhooks/src/index.ts'],
    ['packages/client', '@taskward/domain', '../../domain/src/index.ts'],
    ['packages/conformance', '@taskward/domain', '../../domain/src/index.ts'],
    ['packages/embedded-database', '@taskward/domain', '../../domain/src/index.ts'],
    ['packages/application', '@taskward/owner-transactions', '../../owner-transactions/src/index.ts'],
    ['packages/owner-transactions', '@taskward/domain', '../../domain/src/index.ts'],
  ];

  // All at once, each in a file of its own: one does not hide another.
  const planted: [file: string, code: string, said: string, message: string][] = outward.flatMap(
    ([folder, name, path]) => {
      const plain = `import '${name}';\n`;
      const forms = [plain, `import type {} from '${name}';\n`, `export const x = import('${name}');\n`];
      const undeclared = `cannot import package \`${name}\` because it is not a dependency`;
      const past = `import \`${path}\` leaves the package`;
      // Every form of import once; the tool treats all packages alike.
      return [
        ...(folder === 'packages/domain' ? forms : [plain]).map((form) => [
          form,
          undeclared,
          `${form.trim()}, undeclared`,
        ]),
        [`import '${path}';\n`, past, `past the entry point, ${path}`],
      ].map(([code = '', said = '', message = ''], index) => [
        `${folder}/src/planted-${name.split('/')[1]}-${index}.ts`,
        code,
        said,
        `${folder}: ${message}`,
      ]);
    },
  );
  const all = Object.fromEntries(planted.map(([file, code]) => [file, code]));
  const whole = await copy.having(all, () => copy.run('turbo boundaries'));
  for (const [file, , said, message] of planted) refused(t, whole, [said], message, file);
  t.match(whole.output, new RegExp(`, ${planted.length} issues found`), 'and nothing else');

  // One at a time: what one package may import, those that import it may not.
  for (const [folder, name] of outward) {
    const declared = {
      [`${folder}/src/planted.ts`]: `import '${name}';\n`,
      [`${folder}/package.json`]: declaring(name),
    };
    const verdict = await copy.having(declared, () => copy.run('turbo boundaries'));
    const own = `@taskward/${folder.split('/')[1]}`;
    const said = `Package \`${name}\` found without any tag listed in allowlist for \`${own}\``;
    refused(t, verdict, [said], `${folder}: ${name}, declared`);
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
  for (const folder of ['packages/domain', 'packages/application']) {
    const verdict = await copy.having(allOf(folder, plants), () => copy.run(`tsc -p ${folder}`));
    plants.forEach(([code, named], index) => {
      refused(t, verdict, [named], `${folder}: ${code}`, plantedFile(folder, index));
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
  const folder = 'packages/client';
  const verdict = await copy.having(allOf(folder, plants), () => copy.run(`tsc -p ${folder}`));
  plants.forEach(([code, named], index) => {
    refused(t, verdict, [named], code, plantedFile(folder, index));
  });
});

t.test('tsc refuses, in the conformance kit, what Node 20 does not have', async (t) => {
  const plants: [code: string, named: string][] = [
    ['export const x = Map.groupBy([1], (one) => one);', "Property 'groupBy' does not exist"],
    ['export const x = Promise.withResolvers();', "Property 'withResolvers' does not exist"],
  ];
  const folder = 'packages/conformance';
  const verdict = await copy.having(allOf(folder, plants), () => copy.run(`tsc -p ${folder}`));
  plants.forEach(([code, named], index) => {
    refused(t, verdict, [named], code, plantedFile(folder, index));
  });
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
    const command = `biome check --reporter=github --max-diagnostics=none ${folder}/src`;
    const verdict = await copy.having(allOf(folder, plants), () => copy.run(command));
    plants.forEach(([code, named], index) => {
      const said = ['lint/style/noRestrictedGlobals', `Do not use the global variable ${named}.`];
      refused(t, verdict, said, `${folder}: ${code}`, plantedFile(folder, index));
    });
  }
  const elsewhere = { 'apps/api/src/planted.ts': 'export const x = Date.now();\n' };
  const allowed = await copy.having(elsewhere, () => copy.run('biome check apps/api/src/planted.ts'));
  t.ok(allowed.ok, 'an app may read the clock', { output: allowed.output });
});

t.test('biome refuses import cycles, also of types alone', async (t) => {
  const cycles: [name: string, files: readonly string[]][] = [
    [
      'values',
      ["export { y as x } from './values-b.ts';", "import { x } from './values-a.ts';\nexport const y = () => x;"],
    ],
    [
      'types',
      [
        "import type { B } from './types-b.ts';\nexport type A = B[];",
        "import type { A } from './types-a.ts';\nexport type B = A | 1;",
      ],
    ],
    [
      'named-types',
      [
        "import { type B } from './named-types-b.ts';\nexport type A = B[];",
        "import type { A } from './named-types-a.ts';\nexport type B = A | 1;",
      ],
    ],
    ['dynamic', ["import './dynamic-b.ts';", "export const x = () => import('./dynamic-a.ts');"]],
    ['three', ["import './three-b.ts';", "import './three-c.ts';", "import './three-a.ts';"]],
  ];
  for (const folder of ['packages/domain/src', 'apps/api/src']) {
    const planted = cycles.flatMap(([name, files]) =>
      files.map((code, index) => [`${folder}/${name}-${'abc'[index]}.ts`, `${code}\n`] as const),
    );
    const command = `biome lint --reporter=github --max-diagnostics=none ${folder}`;
    const verdict = await copy.having(Object.fromEntries(planted), () => copy.run(command));
    for (const [file, code] of planted) {
      const said = ['lint/suspicious/noImportCycles', 'This import is part of a cycle.'];
      refused(t, verdict, said, `${file}: ${code}`, file);
    }
  }
});

t.test('a new error code compiles only when both driving adapters have decided what it means', async (t) => {
  const add = (text: string) =>
    text.replace(/(export type (?:Domain|Application)ErrorCode =)/, "$1\n  | 'planted/code'");
  for (const catalogue of ['packages/domain/src/errors.ts', 'packages/application/src/errors.ts']) {
    const { ok, output } = await copy.having({ [catalogue]: add }, () => copy.run('tsc -p .'));
    t.notOk(ok, catalogue);
    const missing = output.split('\n').filter((line) => /Property '"planted\/code"' is missing in type/.test(line));
    t.strictSame(
      missing.map((line) => line.split('(')[0]).sort(),
      ['apps/cli/src/exit-codes.ts', 'packages/adapters-http/src/errors/http-error.ts'],
      catalogue,
    );
  }

  const changes = { 'packages/domain/src/errors.ts': add };
  const exit = {
    ...changes,
    'apps/cli/src/exit-codes.ts': (text: string) => text.replace("'request/invalid':", "'planted/code': 1,\n$&"),
    'packages/adapters-http/src/errors/http-error.ts': (text: string) =>
      text.replace("'request/malformed':", "'planted/code': 500,\n$&"),
  };
  const both = await copy.having(exit, () => copy.run('tsc -p .'));
  t.ok(both.ok, 'it compiles once they have', { output: both.output });
});

t.test('the copy is as it was', async (t) => {
  const { ok, output } = await copy.run('turbo boundaries');
  t.ok(ok, 'so each violation was alone', { output });
});
