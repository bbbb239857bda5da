// The SDK is loaded for the first agent: it would make every start slower.
import { join } from 'node:path';
import t from 'tap';
import { runScript } from '../support/processes/clean-process.ts';

const root = join(import.meta.dirname, '../..');

const loadsSdk = async (module: string): Promise<boolean> => {
  const script = `import { registerHooks } from 'node:module';
    let isLoaded = false;
    registerHooks({ load: (url, context, next) => { isLoaded ||= url.includes('/@modelcontextprotocol/'); return next(url, context); } });
    await import('${module}');
    console.log(isLoaded);`;
  const env = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compile') };
  const { out, err } = await runScript(['--input-type=module', '-e', script], { cwd: join(root, 'tests'), env });
  if (!/^(true|false)\n$/.test(out)) throw new Error(`${module} was not loaded: ${err}`);
  return out === 'true\n';
};

t.test('neither the API nor the command line loads it at the start', async (t) => {
  t.equal(await loadsSdk('@taskward/api'), false);
  t.equal(await loadsSdk('@taskward/cli'), false);
  t.equal(await loadsSdk('@taskward/adapters-mcp'), true, 'this test can fail');
});
