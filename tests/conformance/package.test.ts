import { join } from 'node:path';
import { everyClause } from '@taskward/conformance';
import t from 'tap';
import { anApi, anyClaims, stores } from '../support/http/api.ts';
import { secret } from '../support/http/tokens.ts';
import { aProjectWith } from '../support/repository/packed.ts';

t.test('the packed kit · another project runs it against a server, and it brings no other package', async (t) => {
  const project = await aProjectWith(t, 'packages/conformance');
  t.strictSame(await project.installed(), ['@taskward']);
  const files = await project.files();
  for (const file of ['LICENSE', 'README.md', 'dist/main.js', 'dist/index.d.ts']) t.ok(files.includes(file), file);

  const app = await anApi(t, await stores.memory(t), {
    auth: { secret: { value: secret, algorithms: ['HS256'] }, policy: anyClaims },
  });
  const BASE_URL = await app.listen({ host: '127.0.0.1', port: 0 });
  const bin = join(project.folder, 'node_modules/.bin/taskward-conformance');
  const { code, out, err } = await project.run([bin, '--json', '--only', 'tasks'], { BASE_URL, TOKEN_SECRET: secret });
  t.equal(err, '');
  t.equal(code, 0);
  const { summary, clauses } = JSON.parse(out);
  t.match(summary, { failed: 0, unchecked: 0 });
  t.equal(clauses.length, everyClause.filter(({ id }) => id.startsWith('tasks')).length);

  const help = await project.run([bin, '--help']);
  t.match(help, { code: 0, out: /npx taskward-conformance \[--style/ });
});
