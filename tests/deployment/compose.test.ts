import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { readJson, readText, root } from '../support/repository/workspace.ts';
import { type Compose, composeFaults } from './compose-rules.ts';
import { knownVariables, shutdownSeconds } from './settings.ts';

const surroundings = {
  knownVariables: knownVariables(),
  shutdownSeconds: shutdownSeconds(),
  version: readJson<{ version: string }>('package.json').version,
  exists: (path: string) => existsSync(join(root, path)),
  isIgnoredByGit: (path: string) => spawnSync('git', ['check-ignore', '-q', path], { cwd: root }).status === 0,
  nginx: readText('deploy/compose/nginx.conf'),
  prometheus: readText('deploy/compose/prometheus.yml'),
};
const text = readText('compose.yaml');
const faultsOf = (compose: string) => composeFaults(parse(compose, { merge: true }) as Compose, surroundings);

t.test('compose.yaml agrees with the repository, and each fault in it is seen', async (t) => {
  t.equal(surroundings.shutdownSeconds, 10);
  t.strictSame(faultsOf(text), []);
  const planted: [from: string | RegExp, to: string, faults: (string | RegExp)[]][] = [
    ['redis:8.2-alpine', 'redis:latest', ['redis: redis:latest must be named by a version']],
    ['prom/prometheus:v3.5.0', 'prom/prometheus', [/^prometheus: prom\/prometheus must be named/]],
    [/taskward:0\.1\.0/, 'taskward:0.0.9', [/^taskward:0\.0\.9 is not/, /^taskward:0\.0\.9 is not/]],
    ['REDIS_URL:', 'REDIS_ADDRESS:', ['api: the API knows no REDIS_ADDRESS']],
    ["METRICS_PORT: '9464'", "METRICS_PORT: '9465'", ['Prometheus does not ask port 9465']],
    [
      /DATABASE_PASSWORD_FILE: .*/,
      'BETTER_AUTH_SECRET: changeme',
      [/BETTER_AUTH_SECRET must/, /BETTER_AUTH_SECRET must/],
    ],
    ['//taskward@pgbouncer', '//taskward:taskward@pgbouncer', ['api: DATABASE_URL has a password in it']],
    [/POSTGRES_PASSWORD_FILE: .*/, 'POSTGRES_PASSWORD: postgres', [/^postgres: POSTGRES_PASSWORD must/]],
    ["['127.0.0.1:8080:8080']", "['8080:8080']", ['nginx: 8080:8080 is open to the network']],
    ['deploy/compose/nginx.conf', 'deploy/nginx.conf', ['nginx: there is no ./deploy/nginx.conf']],
    ['secrets/owner-password }', '../owner-password }', [/^git would take/]],
    ['stop_grace_period: 15s', 'stop_grace_period: 10s', ['api is killed before it has shut down']],
    ['TRUSTED_PROXIES: 172.30.99.0/24', 'TRUSTED_PROXIES: 10.0.0.0/8', [/^TRUSTED_PROXIES is not/]],
    ['- postgres:/var', '- ./postgres:/var', ['postgres: there is no ./postgres']],
  ];
  for (const [from, to, faults] of planted) {
    const changed = text.replace(from, to);
    t.not(changed, text, `${from} is there`);
    t.match(faultsOf(changed), faults, String(from));
    t.equal(faultsOf(changed).length, faults.length, `${from}: nothing else`);
  }
  const hardened = (key: RegExp) => faultsOf(text.replace(key, '')).length;
  const services = Object.keys((parse(text, { merge: true }) as Compose).services).length;
  for (const key of [/^ {2}read_only: true$/m, /^ {2}cap_drop: .*$/m, /^ {2}security_opt: .*$/m])
    t.equal(hardened(key), services, `${key}`);
});
