import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { runScript } from '../support/processes/clean-process.ts';
import { aDirectory } from '../support/processes/processes.ts';
import { readJson, readText, root } from '../support/repository/workspace.ts';
import { licenceFaults, licenceTable } from './licences.ts';
import { allLibraries, type Lock, productionLibraries, productionWorkspaces } from './lock.ts';
import { floorFaults, floors } from './version-floors.ts';

const lock = readJson<{ packages: Lock }>('package-lock.json').packages;
const workspaces = productionWorkspaces;
const libraries = productionLibraries(lock, workspaces);

t.test('production has the libraries that the packages need, and not those of development', async (t) => {
  const names = new Set(libraries.map(({ name }) => name));
  for (const name of ['fastify', 'pg', 'preact', '@mikro-orm/core', 'string-width']) t.ok(names.has(name), name);
  for (const name of ['tap', 'typescript', 'vite', 'better-auth', 'playwright-core']) t.notOk(names.has(name), name);
});

t.test('each is under a licence that is allowed, and listed', async (t) => {
  t.strictSame(licenceFaults(libraries), []);
  const planted = { ...lock, 'node_modules/fastify': { ...lock['node_modules/fastify'], license: 'AGPL-3.0-only' } };
  t.match(licenceFaults(productionLibraries(planted, workspaces)), [/^fastify \S+ is under AGPL-3\.0-only, which/]);
  const { license: _, ...unlicensed } = lock['node_modules/pg'] ?? {};
  t.match(licenceFaults(productionLibraries({ ...lock, 'node_modules/pg': unlicensed }, workspaces)), [
    /^pg \S+ is under none/,
  ]);

  const text = readText('docs/licences.md');
  const [, listed] = /\n(\| library [\s\S]*\|)\n/.exec(text) ?? [];
  if (process.env.TASKWARD_RENEW_SNAPSHOTS === 'true')
    writeFileSync(
      join(root, 'docs/licences.md'),
      text.replace(listed as string, () => licenceTable(libraries)),
    );
  else
    t.equal(
      listed,
      licenceTable(libraries),
      'after a change: TASKWARD_RENEW_SNAPSHOTS=true npm test -- tests/supply-chain',
    );
});

t.test('none is below the version that fixes a known advisory', async (t) => {
  const all = allLibraries(lock);
  t.strictSame(floorFaults(all), []);
  for (const { library, version, advisory } of floors) {
    t.match(advisory, /^GHSA(-[23456789cfghjmpqrvwx]{4}){3}$/);
    const [major, minor = 0, patch = 0] = version.split('.').map(Number);
    const before = patch > 0 ? `${major}.${minor}.${patch - 1}` : `${major}.${minor - 1}.99`;
    const planted = [...all, { name: library, version: before, license: 'MIT' }];
    t.ok(
      floorFaults(planted).some((fault) => fault.startsWith(`${library} ${before} is below ${version}: ${advisory}`)),
    );
    const exact = [...all, { name: library, version, license: 'MIT' }];
    t.notOk(
      floorFaults(exact).some((fault) => fault.includes(`${version} is below ${version}`)),
      'the floor itself is well',
    );
    const early = [...all, { name: library, version: `${version}-rc.1`, license: 'MIT' }];
    t.ok(
      floorFaults(early).some((fault) => fault.includes(`${version}-rc.1 is below`)),
      'and what came before it is not',
    );
  }
  t.match(floorFaults(all.filter(({ name }) => name !== 'preact')), ['preact is no longer used: remove its floor']);
});

t.test('npm run sbom writes what production is made of, as CycloneDX', async (t) => {
  const file = join(await aDirectory(t, 'sbom'), 'sbom.json');
  const { PATH, HOME, npm_execpath } = process.env;
  const { code, err } = await runScript(['tests/supply-chain/sbom.ts', file], {
    cwd: root,
    env: { PATH, HOME, npm_execpath },
  });
  t.equal(code, 0, err);
  const { default: bom } = (await import(file, { with: { type: 'json' } })) as {
    default: { bomFormat: string; components: { purl: string; licenses?: unknown[] }[] };
  };
  t.equal(bom.bomFormat, 'CycloneDX');
  const purls = bom.components.map(({ purl }) => decodeURIComponent(purl));
  const missing = libraries.filter(({ name, version }) => !purls.includes(`pkg:npm/${name}@${version}`));
  t.strictSame(missing, []);
  t.notOk(purls.some((purl) => /^pkg:npm\/(tap|vite|typescript|better-auth)@/.test(purl)));
});
