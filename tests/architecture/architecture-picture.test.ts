import { join } from 'node:path';
import t from 'tap';
import { runScript } from '../support/processes/clean-process.ts';
import { aThrowAwayCopy } from '../support/repository/throw-away-copy.ts';
import { readText, root } from '../support/repository/workspace.ts';

const picture = readText('docs/architecture.svg');

const drawn = async (cwd: string) =>
  runScript([join(root, 'scripts/draw-architecture.mjs'), '--print'], { cwd, env: { PATH: process.env.PATH } });

t.test('the picture of the architecture shows the packages as they are', async (t) => {
  const { code, out, err } = await drawn(root);
  t.equal(code, 0, err);
  t.equal(out, picture, 'run `npm run draw:architecture` and commit docs/architecture.svg');
});

t.test('a dependency, a package and a tag that the picture does not show are noticed', async (t) => {
  const copy = aThrowAwayCopy(t);
  t.equal((await drawn(copy.folder)).out, picture, 'the copy by itself is drawn alike');

  const depend = (text: string) =>
    text.replace('"@taskward/domain"', '"@taskward/client": "0.1.0", "@taskward/domain"');
  await copy.having({ 'packages/application/package.json': depend }, async () => {
    const { out } = await drawn(copy.folder);
    t.not(out, picture);
    t.match(out, 'application depends on client, domain');
  });

  const planted = {
    'packages/planted/package.json': '{ "name": "@taskward/planted" }',
    'packages/planted/turbo.json': '{ "tags": ["tool"] }',
  };
  await copy.having(planted, async () => {
    const { out } = await drawn(copy.folder);
    t.not(out, picture);
    t.match(out, 'planted depends on no other package');
  });

  await copy.having({ 'packages/domain/turbo.json': '{ "tags": ["core"] }' }, async () => {
    const { code, err } = await drawn(copy.folder);
    t.not(code, 0);
    t.match(err, 'The tag `core` of domain has no place in the picture.');
  });
});
