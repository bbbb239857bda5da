import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { aCaller } from '../support/http/api.ts';
import { aListeningApi } from '../support/http/typed-client.ts';
import { aProjectWith, type Project } from '../support/repository/packed.ts';
import { root } from '../support/repository/workspace.ts';

const maxBytes = 24_000;
const compilers = { 'TypeScript 7': 'node_modules', 'TypeScript 5.9': 'tests/node_modules' };

let project: Project;
t.before(async () => {
  project = await aProjectWith(t, 'packages/client');
  await copyFile(join(import.meta.dirname, 'consumer.ts'), join(project.folder, 'consumer.ts'));
});

t.test('it brings what it needs, and nothing else', async (t) => {
  t.strictSame(await project.installed(), ['@taskward'], 'no other package');
  const files = await project.files();
  for (const file of ['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts', 'src/index.ts']) {
    t.ok(files.includes(file), file);
  }
  const others = files.filter(
    (file) => !/^(LICENSE|README\.md|package\.json|(dist|src)(\/[\w-]+)*(\/[\w-]+\.[\w.]+)?)$/.test(file),
  );
  t.strictSame(others, []);
  const manifest = JSON.parse(
    await readFile(join(project.folder, 'node_modules/@taskward/client/package.json'), 'utf8'),
  );
  t.match(manifest, { name: '@taskward/client', type: 'module', sideEffects: false, license: 'MIT' });
  t.notOk('private' in manifest || 'dependencies' in manifest);
});

t.test('it is small', async (t) => {
  const files = (await project.files()).filter((file) => file.startsWith('dist/') && file.endsWith('.js'));
  const folder = join(project.folder, 'node_modules/@taskward/client');
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file))));
  const bytes = gzipSync(Buffer.concat(texts)).length;
  t.comment(`${bytes} bytes`);
  t.ok(bytes < maxBytes, `${bytes} bytes of JavaScript, compressed and not minified: the README says less than 24 KB`);
});

for (const [compiler, modules] of Object.entries(compilers)) {
  for (const moduleResolution of ['bundler', 'nodenext']) {
    t.test(`it type-checks with ${compiler}, ${moduleResolution}`, async (t) => {
      const config = join(project.folder, `tsconfig.${compiler.slice(-1)}.${moduleResolution}.json`);
      const module = moduleResolution === 'bundler' ? 'esnext' : 'nodenext';
      const compilerOptions = {
        ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: false, types: [] },
        ...{ target: 'es2022', lib: ['es2022', 'dom'], module, moduleResolution },
      };
      await writeFile(config, JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
      const { code, out, err } = await project.run([join(root, modules, 'typescript/bin/tsc'), '-p', config]);
      t.equal(code, 0, `${out}${err}`);
    });
  }
}

t.test('it runs against a live API', async (t) => {
  const { app, baseUrl } = await aListeningApi(t);
  const { token } = aCaller(app);
  const { code, out, err } = await project.run(['consumer.ts'], { BASE_URL: baseUrl, TOKEN: token });
  t.equal(code, 0, err);
  t.strictSame(JSON.parse(out), {
    total: 1,
    isSent: true,
    titles: ['Buy oat milk'],
    gone: 'task/not-found',
    invalid: 'title',
    unsaid: 'TypeError',
    unsorted: 'sort',
  });
});
