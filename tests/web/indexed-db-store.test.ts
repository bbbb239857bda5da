import { join } from 'node:path';
import t from 'tap';
import { missingProgram } from '../support/processes/programs.ts';
import { aPage, aServer, build } from './pages.ts';

const store = join(import.meta.dirname, '../../apps/web/src/browser/indexed-db-store.ts');

t.test('a store in the browser', { skip: missingProgram('chromium') ?? false }, async (t) => {
  const source = t.testdir({
    'index.html': '<!doctype html><script type="module" src="./use.ts"></script>',
    'use.ts': `import { openIndexedDbStore } from ${JSON.stringify(store)};
      Object.assign(globalThis, { openIndexedDbStore });`,
    'vite.config.mjs': `export default { root: ${JSON.stringify(t.testdirName)}, base: './' };`,
  });
  const folder = join(source, 'dist');
  t.equal(build(folder, '--config', join(source, 'vite.config.mjs')), '');
  const server = await aServer(t, folder, '/');
  const { page, errors } = await aPage(t);
  await page.goto(server.url);
  const run = (code: string) =>
    page.evaluate(`(async () => { const store = await openIndexedDbStore('a'); ${code} })()`);

  t.strictSame(
    await run(`
      await store.write({ 'task/1': { title: 'a' }, 'task/2': 2, 'taskx': 3, 'edit/1': null });
      await store.write({ 'task/2': undefined, 'task/3': [3] });
      const [gone, kept] = [await store.get('task/2'), await store.get('edit/1')];
      return [await store.get('task/1'), gone ?? 'none', await store.all('task/'), kept];
    `),
    [{ title: 'a' }, 'none', [{ title: 'a' }, [3]], null],
  );
  t.strictSame(await run("return store.get('task/3')"), [3], 'it is there for the next one');
  const stale = await run(`
    const other = await openIndexedDbStore('a');
    let stale = 0;
    for (let count = 1; count <= 200; count += 1) {
      // Reads go on while others write, and see what is written once it is.
      const reads = [store.get('task/1'), store.get('task/3')];
      await (count % 2 ? store : other).write({ count });
      if ((await store.get('count')) !== count || (await other.get('count')) !== count) stale += 1;
      await Promise.all(reads);
    }
    return stale;
  `);
  t.equal(stale, 0);
  const failed = await run(`
    const write = store.write({ 'task/4': 4, 'task/5': () => {} });
    const wrong = await write.then(() => 'stored', (error) => error.name);
    return [wrong, (await store.get('task/4')) ?? 'none'];
  `);
  t.strictSame(failed, ['DataCloneError', 'none'], 'all or nothing');
  t.strictSame(errors, []);
});
