// `npm run sbom`: writes what production is made of, as CycloneDX, to sbom.cdx.json or the file that is given.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { readJson, root } from '../support/repository/workspace.ts';
import { type Lock, productionLibraries, productionPackages, productionWorkspaces } from './lock.ts';

interface Bom {
  components: { 'bom-ref': string; purl: string }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

// A library may be ahead of what another one has been tried with; that is no reason to list nothing.
const readBom = (): Bom => {
  const npm = process.env.npm_execpath;
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--legacy-peer-deps'];
  const [program, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 } as const;
  const { status, stdout, stderr, error } = spawnSync(program, [...first, ...args], options);
  if (status !== 0) throw new Error(`npm could not list the components:\n${stderr || error?.message}`);
  return JSON.parse(stdout) as Bom;
};

const [file = 'sbom.cdx.json'] = process.argv.slice(2);
const lock = readJson<{ packages: Lock }>('package-lock.json').packages;
const wanted = new Set([
  ...productionLibraries(lock, productionWorkspaces).map(({ name, version }) => `pkg:npm/${name}@${version}`),
  ...productionPackages(lock, productionWorkspaces).map((name) => `pkg:npm/${name}@${lock['']?.version}`),
]);
// npm's `--omit=dev` would leave out what development needs as well: pg-types, which @types/pg depends on.
const bom = readBom();
bom.components = bom.components.filter(({ purl }) => wanted.has(decodeURIComponent(purl)));
const kept = new Set(bom.components.map((component) => component['bom-ref']));
bom.dependencies = bom.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => kept.has(one)) }));
writeFileSync(file, `${JSON.stringify(bom, null, 2)}\n`);
console.log(`${file} lists ${bom.components.length} components.`);
