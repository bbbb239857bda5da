import { posix } from 'node:path';
import t from 'tap';
import { importsOf, packageOf, planted, type Source, sourcesOf, stemOf } from '../support/repository/workspace.ts';
import { compatibilityRules } from './compatibility-rules.ts';
import { undocumented } from './doc-comments.ts';
import type { Check, SourceRule } from './source-rule.ts';

// A tool's configuration has the name and the default export that the tool asks for.
const isConfiguration = ({ path }: Source): boolean => path === 'apps/web/vite.config.ts';

const packages = sourcesOf('packages');
const apps = sourcesOf('apps').filter((source) => !isConfiguration(source));
const inner = [...sourcesOf('packages/domain/src'), ...sourcesOf('packages/application/src')];
const everything = [
  ...packages,
  ...apps,
  ...['scripts', 'bench', 'examples', 'tests'].flatMap((folder) => sourcesOf(folder)),
];

/** A check that looks at the lines of each source for what must not be there. */
const noLine =
  (pattern: RegExp, fault: string): Check =>
  (sources) =>
    sources.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${fault}`] : [])),
    );

const engineTestsMayImport = [
  '@taskward/embedded-database',
  '@taskward/owner-transactions',
  '../support/mutation.ts',
  '../support/postgres/postgres-proxy.ts',
];

const maximumLines = 300;
const generatedFile = 'packages/client/src/schema.ts';

const containerFile = 'apps/api/src/container/container.ts';

const suiteOf = (path: string): string | undefined => /^tests\/([^/]+)\//.exec(path)?.[1];

const rules: Readonly<Record<string, SourceRule>> = {
  ...compatibilityRules,

  'only the container imports awilix': {
    sources: everything.filter(({ path }) => !path.startsWith('tests/architecture/')),
    check: (sources) =>
      sources
        .filter((source) => source.path !== containerFile && importsOf(source).map(packageOf).includes('awilix'))
        .map(({ path }) => `${path} imports awilix`),
    broken: [
      ['apps/api/src/x.ts', "import { asValue } from 'awilix';", 'apps/api/src/x.ts imports awilix'],
      ['apps/cli/src/x.ts', "const x = import('awilix/lib/x.js');", 'apps/cli/src/x.ts imports awilix'],
    ],
    kept: [[containerFile, "import { asValue } from 'awilix';"]],
  },

  'owner-transactions is tested without Taskward': {
    sources: sourcesOf('tests/owner-transactions'),
    check: (sources) =>
      sources.flatMap((source) =>
        importsOf(source)
          .filter((name) => /^(@taskward|\.\.)\//.test(name) && !engineTestsMayImport.includes(name))
          .map((name) => `${source.path} imports ${name}`),
      ),
    broken: [
      ['x.ts', "import type { UserId } from '@taskward/domain';", 'x.ts imports @taskward/domain'],
      [
        'x.ts',
        "import { open } from '../support/postgres/database.ts';",
        'x.ts imports ../support/postgres/database.ts',
      ],
    ],
    kept: [['x.ts', "import { query } from '@taskward/owner-transactions';\nimport { open } from './support.ts';"]],
  },

  'suites of tests share code through tests/support only': {
    sources: sourcesOf('tests').filter(({ path }) => suiteOf(path) !== undefined && suiteOf(path) !== 'architecture'),
    check: (sources) =>
      sources.flatMap((source) =>
        importsOf(source)
          .filter((name) => name.startsWith('.'))
          .map((name) => posix.join(posix.dirname(source.path), name))
          .filter((path) => ![undefined, suiteOf(source.path), 'support'].includes(suiteOf(path)))
          .map((path) => `${source.path} imports ${path}`),
      ),
    broken: [
      ['tests/x/x.ts', "import { y } from '../y/y.ts';", 'tests/x/x.ts imports tests/y/y.ts'],
      ['tests/x/deep/x.ts', "import type { Y } from '../../y/y.ts';", 'tests/x/deep/x.ts imports tests/y/y.ts'],
      ['tests/support/x.ts', "import { y } from '../y/y.ts';", 'tests/support/x.ts imports tests/y/y.ts'],
    ],
    kept: [
      ['tests/x/x.ts', "import { y } from './y.ts';\nimport { z } from '../support/http/z.ts';"],
      ['tests/x/x.ts', "import { y } from '../../examples/y/y.ts';\nimport { z } from '@taskward/domain';"],
    ],
  },

  'names are plain: no I… and no …Impl': {
    sources: everything.filter(({ path }) => !path.startsWith('tests/architecture/')),
    check: noLine(
      /\b(?:interface|class|type)\s+I[A-Z]|\b(?:interface|class|type|const|let|function)\s+\w+Impl\b/,
      'has an I… or …Impl name',
    ),
    broken: [
      ['x.ts', 'export interface ITaskRepository {', 'x.ts:1 has an I… or …Impl name'],
      ['x.ts', '\nclass TaskRepositoryImpl {', 'x.ts:2 has an I… or …Impl name'],
      ['x.ts', 'export const taskRepositoryImpl = {', 'x.ts:1 has an I… or …Impl name'],
      ['x.ts', 'type IClock = {', 'x.ts:1 has an I… or …Impl name'],
    ],
    kept: [['x.ts', 'export interface Instant {}\nexport type Implied = 1;']],
  },

  'files are named in kebab-case': {
    sources: everything,
    check: (sources) =>
      sources
        .filter((source) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stemOf(source)))
        .map(({ path }) => `${path} is not in kebab-case`),
    broken: ['TaskRow', 'taskRow', 'task_row', 'task.row', 'Task-row', 'task--row'].map(
      (name) => [`packages/x/src/${name}.ts`, '', `packages/x/src/${name}.ts is not in kebab-case`] as const,
    ),
    kept: [
      ['packages/x/src/task-row.ts', ''],
      ['packages/x/migrations/20261121-create-tasks.ts', ''],
      ['tests/x/task-row.test.ts', ''],
      ['scripts/start.mjs', ''],
    ],
  },

  'no file has more than 300 lines': {
    sources: everything.filter(({ path }) => path !== generatedFile),
    check: (sources) =>
      sources
        .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
        .filter(({ lines }) => lines > maximumLines)
        .map(({ path, lines }) => `${path} has ${lines} lines`),
    broken: [
      ['packages/x/src/x.ts', `${'\n'.repeat(300)}x();\n`, 'packages/x/src/x.ts has 301 lines'],
      ['tests/x/x.test.ts', `${'\n'.repeat(400)}x();`, 'tests/x/x.test.ts has 401 lines'],
    ],
    kept: [['tests/x/x.test.ts', `${'\n'.repeat(299)}x();\n`]],
  },

  'exports are named': {
    sources: [...packages, ...apps],
    check: noLine(/^\s*export\s+default\b|\bas\s+default\b|^\s*(module\.)?exports\b/, 'has a default export'),
    broken: [
      ['x.ts', 'export default class Task {}', 'x.ts:1 has a default export'],
      ['x.ts', 'const x = 1;\nexport { x as default };', 'x.ts:2 has a default export'],
      ['x.ts', 'module.exports = {};', 'x.ts:1 has a default export'],
    ],
    kept: [['x.ts', "export const fallback = { default: 1 };\nimport pg from 'pg';"]],
  },

  'each package has one index.ts, and apps at most one': {
    sources: [...packages, ...apps],
    check: (sources) =>
      sources
        .filter((source) => stemOf(source) === 'index' && !/^(packages|apps)\/[^/]+\/src\/index\.ts$/.test(source.path))
        .map(({ path }) => `${path} is a second index`),
    broken: [
      ['packages/domain/src/task/index.ts', '', 'packages/domain/src/task/index.ts is a second index'],
      ['packages/domain/src/index.js', '', 'packages/domain/src/index.js is a second index'],
    ],
    kept: [['packages/domain/src/index.ts', '']],
  },

  'no comment switches a guard off': {
    sources: [...packages, ...apps],
    check: noLine(
      /@ts-(ignore|nocheck)|@boundaries-ignore|^\s*\/\/\/\s*<reference/,
      'switches off a tool that guards a rule',
    ),
    broken: [
      // With this one line all of Node's names compile in the inner packages.
      ['x.ts', '/// <reference types="node" />', 'x.ts:1 switches off a tool that guards a rule'],
      ['x.ts', '// @boundaries-ignore for now', 'x.ts:1 switches off a tool that guards a rule'],
      ['x.ts', '  // @ts-ignore', 'x.ts:1 switches off a tool that guards a rule'],
      ['x.ts', '// @ts-nocheck', 'x.ts:1 switches off a tool that guards a rule'],
    ],
    kept: [['x.ts', '/** @throws DomainError */']],
  },

  'nothing in domain and application is excused from a rule': {
    sources: inner,
    check: noLine(/biome-ignore|@ts-/, 'is excused from a rule'),
    broken: [
      ['x.ts', '// biome-ignore lint/style/noRestrictedGlobals: just once', 'x.ts:1 is excused from a rule'],
      ['x.ts', '// @ts-expect-error', 'x.ts:1 is excused from a rule'],
    ],
    kept: [['x.ts', '// ignore what biome says']],
  },

  'there are no base classes but Error': {
    sources: inner,
    check: noLine(/\babstract\b|\bclass\s+\w+\s+extends\s+(?!Error\b)/, 'has a base class'),
    broken: [
      ['x.ts', 'export class CompleteTask extends UseCase {', 'x.ts:1 has a base class'],
      ['x.ts', 'export abstract class UseCase {', 'x.ts:1 has a base class'],
    ],
    kept: [['x.ts', 'export class DomainError extends Error {']],
  },

  'a use-case reads as a story: at most 25 lines from its export on': {
    sources: sourcesOf('packages/application/src').filter(({ path }) => /-tasks?\.ts$/.test(path)),
    check: (sources) =>
      sources.flatMap(({ path, text }) => {
        const lines = text.slice(text.indexOf('export const make')).trimEnd().split('\n').length;
        return text.includes('export const make') && lines <= 25 ? [] : [`${path} is no short story: ${lines} lines`];
      }),
    broken: [
      ['x.ts', `export const makeX = () => {\n${'  tell();\n'.repeat(30)}};`, 'x.ts is no short story: 32 lines'],
      ['x.ts', 'export class X {}', 'x.ts is no short story: 1 lines'],
    ],
    kept: [['x.ts', `import 'y';\n${'\n'.repeat(40)}export const makeX = () => {};\n`]],
  },

  'everything that domain and application export carries a doc-comment': {
    sources: inner,
    check: (sources) => sources.flatMap(undocumented),
    broken: [
      ['x.ts', 'export const toX = () => 1;', 'x.ts:1 toX has no doc-comment'],
      ['x.ts', 'export async function toX() {}', 'x.ts:1 toX has no doc-comment'],
      ['x.ts', '// No.\nexport class X {}', 'x.ts:2 X has no doc-comment'],
      ['x.ts', '/* No. */\nexport type X = 1;', 'x.ts:2 X has no doc-comment'],
      ['x.ts', '/** Of another. */\nconst y = 1;\nexport const x = 1;', 'x.ts:3 x has no doc-comment'],
      ['x.ts', '/** Yes. */\nexport interface X {\n  get(id: number): Y;\n}', 'x.ts:3 X.get has no doc-comment'],
      ['x.ts', '/** Yes. */\nexport interface X {\n  get: (id: number) => Y;\n}', 'x.ts:3 X.get has no doc-comment'],
      ['x.ts', '/** Yes. */\nexport class X {\n  static of(): X {\n  }\n}', 'x.ts:3 X.of has no doc-comment'],
      ['x.ts', '/** Yes. */\nexport class X {\n  async of(\n    a: X): X {\n  }\n}', 'x.ts:3 X.of has no doc-comment'],
    ],
    kept: [
      ['x.ts', '/** Yes. */\nexport const toX = () => 1;\nconst y = 1;\n\nexport * from "./y.ts";'],
      [
        'x.ts',
        '/**\n * Yes.\n */\nexport class X {\n  readonly a: 1;\n\n  private constructor(a: X) {\n    if (a) b();\n  }\n}',
      ],
      ['x.ts', '/** Yes. */\nexport interface X {\n  readonly id: number;\n  /** Yes. */\n  get(): X;\n}'],
    ],
  },
};

for (const [name, { sources, check, broken, kept }] of Object.entries(rules)) {
  t.test(name, async (t) => {
    t.not(sources.length, 0, 'there are sources to guard');
    t.strictSame(check(sources), [], 'and all of them keep the rule');
    for (const [path, text, fault] of broken) {
      t.strictSame(check([planted(path, text)]), [fault], `refuses ${text.trim() || path}`);
    }
    for (const [path, text] of kept) t.strictSame(check([planted(path, text)]), [], `accepts ${text.trim() || path}`);
  });
}

t.test('the container does import awilix: the exception is needed', async (t) => {
  const container = apps.find(({ path }) => path === containerFile);
  t.ok(container && importsOf(container).includes('awilix'));
});
