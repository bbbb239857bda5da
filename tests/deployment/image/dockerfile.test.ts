import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readJson, readText, root } from '../../support/repository/workspace.ts';
import { execForm, readDockerfile, readDockerignore } from './dockerfile.ts';
import { dockerfileFaults } from './dockerfile-rules.ts';

const repository = {
  nodeVersion: readJson<{ devDependencies: { node: string } }>('package.json').devDependencies.node,
  nodeFlags: readJson<string[]>('apps/api/node-flags.json'),
  healthPaths: ['/health'],
};
const dockerfile = readText('Dockerfile');
const faultsOf = (text: string) => dockerfileFaults(text, repository);

t.test('the Dockerfile agrees with the repository, and each fault in it is seen', async (t) => {
  t.strictSame(faultsOf(dockerfile), []);
  const planted: [from: string | RegExp, to: string, fault: RegExp][] = [
    [/node:[\d.]+-/, 'node:20.0.0-', /^node:20\.0\.0-trixie-slim is not node:/],
    [/node:\S+/, 'node', /^node is not node:/],
    [/^USER .*$/m, '', /^USER must be the number .* not 0$/],
    [/^USER .*$/m, 'USER node', /^USER must be the number .* not node$/],
    ['--max-semi-space-size=16', '--max-semi-space-size=1', /^CMD must be /],
    [/^CMD \[.*$/m, 'CMD npm start', /^CMD must be /],
    ['"node", "-e"', '"curl", "-f"', /^HEALTHCHECK must run node/],
    ['/health`', '/healthz`', /^HEALTHCHECK asks for `\/healthz`/],
    ['ENVIRONMENT=production', '', /^ENV must set/],
    ['ENV NODE_ENV', 'ENV BETTER_AUTH_SECRET=x NODE_ENV', /^secrets must not/],
    [' --omit=dev', '', /--omit=dev$/],
    [' --omit=optional', '', /--omit=optional$/],
    ['USER 1000', 'RUN npm install\nUSER 1000', /^the last stage must only copy$/],
  ];
  for (const [from, to, fault] of planted) {
    const text = dockerfile.replace(from, to);
    t.not(text, dockerfile, `${from} is there`);
    t.match(faultsOf(text), [fault], String(fault));
  }
});

t.test('only what the image is made from reaches the build', async (t) => {
  const isLetIn = readDockerignore(readFileSync(join(root, '.dockerignore'), 'utf8'));
  for (const path of ['package-lock.json', '.npmrc', 'apps/api/src/main.ts', 'packages/domain/package.json'])
    t.ok(isLetIn(path), path);
  for (const path of ['.env', 'apps/api/.env', 'apps/api/.env.local', '.data/secret', '.git/config', 'tests/run.ts'])
    t.notOk(isLetIn(path), path);
  for (const path of ['node_modules/a', 'apps/cli/node_modules/a', 'apps/web/dist/index.html', 'bench/a', 'docs/a.md'])
    t.notOk(isLetIn(path), path);
  t.ok(readDockerignore('apps')('.env'), 'without the first line, everything would be let in');
});

t.test('a Dockerfile is read as Docker reads it', async (t) => {
  const text = '# a\nFROM a:1 AS b\nRUN x \\\n  && y\nFROM b\nCOPY --from=b --chown=1 /p q\nCMD ["n", "-e", "1"]\n';
  t.strictSame(readDockerfile(text), [
    { name: 'b', from: 'a:1', instructions: [{ name: 'RUN', flags: {}, rest: 'x && y' }] },
    {
      name: '1',
      from: 'b',
      instructions: [
        { name: 'COPY', flags: { from: 'b', chown: '1' }, rest: '/p q' },
        { name: 'CMD', flags: {}, rest: '["n", "-e", "1"]' },
      ],
    },
  ]);
  t.strictSame(execForm('CMD ["n", "-e"]'), ['n', '-e']);
  t.equal(execForm('npm start'), undefined);
});
