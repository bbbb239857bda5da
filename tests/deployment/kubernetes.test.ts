import { globSync } from 'node:fs';
import { relative } from 'node:path';
import t from 'tap';
import { parseAllDocuments } from 'yaml';
import { anApi } from '../support/http/api.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { readJson, readText, root } from '../support/repository/workspace.ts';
import { kubernetesFaults, type Manifest } from './kubernetes-rules.ts';
import { knownVariables, shutdownSeconds } from './settings.ts';

const folder = 'deploy/kubernetes';
const texts = Object.fromEntries(
  globSync(`${folder}/**/*.yaml`, { cwd: root }).map((file) => [relative(folder, file), readText(file)]),
);
const healthPaths = ['/health', '/health/ready'];
const surroundings = {
  knownVariables: knownVariables(),
  shutdownSeconds: shutdownSeconds(),
  version: readJson<{ version: string }>('package.json').version,
  healthPaths,
};
const faultsOf = (files: Readonly<Record<string, string>>) =>
  kubernetesFaults(
    Object.fromEntries(
      Object.entries(files).map(([file, text]) => [file, parseAllDocuments(text).map((one) => one.toJS() as Manifest)]),
    ),
    surroundings,
  );

t.test('the API serves what the probes ask for', async (t) => {
  const app = await anApi(t, makeMemoryStores());
  for (const path of healthPaths) t.equal((await app.inject(path)).statusCode, 200, path);
});

t.test('the manifests agree with the repository, and each fault in them is seen', async (t) => {
  t.strictSame(faultsOf(texts), []);
  const planted: [file: string, from: string | RegExp, to: string, ...faults: RegExp[]][] = [
    ['api/kustomization.yaml', '  - service.yaml\n', '', /^api\/kustomization\.yaml does not list service\.yaml$/],
    ['api/kustomization.yaml', '../settings', '../setting', /lists setting, which is not there$/],
    ['api/kustomization.yaml', 'newTag: 0.1.0', 'newTag: latest', /latest is not 0\.1\.0$/],
    ['migration/job.yaml', 'image: taskward', 'image: other', /other has no tag$/],
    ['migration/job.yaml', 'runAsNonRoot: true', 'runAsNonRoot: false', /^migration\/job\.yaml: runAsNonRoot/],
    ['api/deployment.yaml', 'runAsNonRoot: true', 'runAsNonRoot: false', /^api\/deployment\.yaml: runAsNonRoot/],
    ['api/deployment.yaml', 'type: RuntimeDefault', 'type: Unconfined', /seccompProfile/],
    ['api/deployment.yaml', 'readOnlyRootFilesystem: true', '', /readOnlyRootFilesystem/],
    ['api/deployment.yaml', 'allowPrivilegeEscalation: false', '', /allowPrivilegeEscalation/],
    ['api/deployment.yaml', 'drop: [ALL]', 'drop: [NET_RAW]', /capabilities/],
    ['api/deployment.yaml', 'Token: false', 'Token: true', /no token/],
    ['api/deployment.yaml', '/health/ready', '/ready', /^a probe asks for \/ready/],
    [
      'api/deployment.yaml',
      'path: /health\n              port: http\n            periodSeconds: 10',
      'path: /health/ready\n              port: http\n            periodSeconds: 10',
      /must not be killed/,
    ],
    ['api/deployment.yaml', 'containerPort: 8000', 'containerPort: 8001', /^PORT is not 8001$/, /network policy/],
    ['api/deployment.yaml', 'PeriodSeconds: 20', 'PeriodSeconds: 15', /^terminationGracePeriodSeconds is 15/],
    ['api/service.yaml', 'component: api\n  ports', 'component: web\n  ports', /^api\/service\.yaml selects other/],
    ['api/service.yaml', 'targetPort: http', 'targetPort: metrics', /metrics is not http/],
    ['api/pod-disruption-budget.yaml', 'component: api', 'component: web', /selects other pods/],
    ['api/horizontal-pod-autoscaler.yaml', 'name: taskward\n  min', 'name: other\n  min', /scales something else/],
    ['api/horizontal-pod-autoscaler.yaml', 'minReplicas: 2', 'minReplicas: 1', /one pod alone/],
    ['api/network-policy.yaml', 'port: 8000', 'port: 80', /network policy opens 80,9464/],
    ['settings/config-map.yaml', 'TRUSTED_PROXIES', 'TRUSTED_PROXY', /knows no TRUSTED_PROXY$/],
    ['settings/config-map.yaml', 'TRUSTED_PROXIES', 'DATABASE_URL', /DATABASE_URL belongs into the Secret$/],
    ['settings/secret.example.yaml', 'REDIS_URL', 'REDIS', /knows no REDIS$/],
  ];
  for (const [file, from, to, ...faults] of planted) {
    const changed = (texts[file] as string).replace(from, to);
    t.not(changed, texts[file], `${file}: ${from} is there`);
    const found = faultsOf({ ...texts, [file]: changed });
    t.match(found, faults, `${file}: ${from}`);
    t.equal(found.length, faults.length, 'and nothing else');
  }
});
