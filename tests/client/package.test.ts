import { existsSync, realpathSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import t from 'tap';
import { type Ending, runScript } from '../architecture/clean-process.ts';
import { root } from '../architecture/workspace.ts';
import { aCaller } from '../support/api.ts';
import { aListeningApi } from './support.ts';

const { PATH = '', HOME, npm_execpath } = process.env;

// Where `npm test` started this, it says which npm that was.
const npmScript = (): string => {
  if (npm_execpath?.endsWith('.js')) return npm_execpath;
  const found = PATH.split(delimiter)
    .map((folder) => join(folder, 'npm'))
    .find(existsSync);
  if (found === undefined) throw new Error('There is no npm on the PATH.');
  return realpathSync(found);
};

const folder = await mkdtemp(join(tmpdir(), 'taskward-package-'));
t.teardown(() => rm(folder, { recursive: true, force: true }));
const project = join(folder, 'project');

const run = async (cwd: string, args: string[], env: Record<string, string> = {}): Promise<Ending> => {
  const path = [dirname(process.execPath), PATH].join(delimiter);
  return runScript(args, { cwd, env: { PATH: path, HOME, ...env } });
};
const npm = (cwd: string, ...args: string[]) =>
  run(cwd, [npmScript(), ...args, '--offline', '--no-audit', '--no-fund']);

const compilers = { 'TypeScript 7': 'node_modules', 'TypeScript 5.9': 'tests/node_modules' };

t.before(async () => {
  const packed = await npm(root, 'pack', '--workspace', 'packages/client', '--pack-destination', folder);
  const [tarball] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`nothing was packed: ${packed.out}${packed.err}`);
  await mkdir(project);
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'elsewhere', private: true, type: 'module' }));
  const installed = await npm(project, 'install', join(folder, tarball));
  if (installed.code !== 0) throw new Error(`it could not be installed: ${installed.out}${installed.err}`);
  await copyFile(join(import.meta.dirname, 'consumer.ts'), join(project, 'consumer.ts'));
});

t.test('it brings what it needs, and nothing else', async (t) => {
  const modules = join(project, 'node_modules');
  t.strictSame(
    (await readdir(modules)).filter((name) => !name.startsWith('.')),
    ['@taskward'],
    'no other package',
  );
  const own = join(modules, '@taskward/client');
  const files = (await readdir(own, { recursive: true })).map((file) => file.replaceAll('\\', '/'));
  for (const file of ['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts', 'src/index.ts']) {
    t.ok(files.includes(file), file);
  }
  const others = files.filter(
    (file) => !/^(LICENSE|README\.md|package\.json|(dist|src)(\/[\w-]+(\.[\w.]+)?)?)$/.test(file),
  );
  t.strictSame(others, []);
  const manifest = JSON.parse(await readFile(join(own, 'package.json'), 'utf8'));
  t.match(manifest, { name: '@taskward/client', type: 'module', sideEffects: false, license: 'MIT' });
  t.notOk('private' in manifest || 'dependencies' in manifest);
});

for (const [compiler, modules] of Object.entries(compilers)) {
  for (const moduleResolution of ['bundler', 'nodenext']) {
    t.test(`it type-checks with ${compiler}, ${moduleResolution}`, async (t) => {
      const config = join(project, `tsconfig.${compiler.slice(-1)}.${moduleResolution}.json`);
      const module = moduleResolution === 'bundler' ? 'esnext' : 'nodenext';
      const compilerOptions = {
        ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: false, types: [] },
        ...{ target: 'es2022', lib: ['es2022', 'dom'], module, moduleResolution },
      };
      await writeFile(config, JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
      const { code, out, err } = await run(project, [join(root, modules, 'typescript/bin/tsc'), '-p', config]);
      t.equal(code, 0, `${out}${err}`);
    });
  }
}

t.test('it runs against a live API', async (t) => {
  const { app, baseUrl } = await aListeningApi(t);
  const { token } = aCaller(app);
  const { code, out, err } = await run(project, ['consumer.ts'], { BASE_URL: baseUrl, TOKEN: token });
  t.equal(code, 0, err);
  t.strictSame(JSON.parse(out), {
    total: 1,
    titles: ['Buy oat milk'],
    gone: 'task/not-found',
    invalid: 'title',
    unsaid: 'TypeError',
    unsorted: 'sort',
  });
});
