import { cpSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { runScript } from '../support/processes/clean-process.ts';
import { aDirectory } from '../support/processes/processes.ts';

const root = dirname(dirname(import.meta.dirname));

t.test('without a network, the first start says so in a sentence', async (t) => {
  const directory = await aDirectory(t, 'install');
  for (const name of ['package.json', 'package-lock.json', '.npmrc', 'scripts', 'apps/api/node-flags.json'])
    cpSync(join(root, name), join(directory, name), { recursive: true });
  writeFileSync(join(directory, '.npmrc'), 'registry=http://127.0.0.1:1/\nfetch-retries=0\n');
  const { PATH } = process.env;
  const env = { PATH, HOME: directory, npm_config_cache: join(directory, 'cache') };
  for (const script of ['start', 'test']) {
    const { code, out, err } = await runScript([join(directory, `scripts/${script}.mjs`)], { cwd: directory, env });
    t.not(code, 0);
    t.equal(out, '', 'standard output is for results');
    t.equal(
      err,
      'Installing what Taskward needs (once, about a minute) …\nThe libraries could not be fetched: 127.0.0.1:1 does not answer (ECONNREFUSED). Check the network and its proxy, then run the same command again.\n',
    );
  }
});
