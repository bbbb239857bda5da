import { isPinned } from './settings.ts';

type Labels = Readonly<Record<string, string>>;

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Container {
  readonly image: string;
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly securityContext?: {
    readonly allowPrivilegeEscalation?: boolean;
    readonly readOnlyRootFilesystem?: boolean;
    readonly capabilities?: { readonly drop?: readonly string[] };
  };
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly lifecycle?: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
}

interface PodSpec {
  readonly automountServiceAccountToken?: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext?: { readonly runAsNonRoot?: boolean; readonly seccompProfile?: { readonly type: string } };
  readonly containers: readonly Container[];
}

interface Rule {
  readonly ports: readonly { readonly port: number }[];
}

/** One document of a manifest, as far as the rules look at it. */
export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Labels;
  readonly stringData?: Labels;
  readonly resources?: readonly string[];
  readonly images?: readonly { readonly name: string; readonly newName: string; readonly newTag: string }[];
  readonly spec?: {
    readonly selector?: Labels & { readonly matchLabels?: Labels };
    readonly template?: { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpec };
    readonly ports?: readonly { readonly targetPort: string }[];
    readonly scaleTargetRef?: { readonly kind: string; readonly name: string };
    readonly ingress?: readonly Rule[];
    readonly minReplicas?: number;
  };
}

/** The manifests by their files, from deploy/kubernetes: `api/service.yaml`. */
export type Manifests = Readonly<Record<string, readonly Manifest[]>>;

/** What the manifests have to agree with. */
export interface Surroundings {
  readonly knownVariables: ReadonlySet<string>;
  readonly shutdownSeconds: number;
  readonly version: string;
  /** The paths of health that the API serves. */
  readonly healthPaths: readonly string[];
}

const podFaults = (file: string, { containers, ...pod }: PodSpec): string[] => {
  const faults: string[] = [];
  const demand = (isSo: boolean, sentence: string) => {
    if (!isSo) faults.push(`${file}: ${sentence}`);
  };
  demand(pod.automountServiceAccountToken === false, 'no token may be mounted');
  demand(pod.securityContext?.runAsNonRoot === true, 'runAsNonRoot must be true');
  demand(pod.securityContext?.seccompProfile?.type === 'RuntimeDefault', 'seccompProfile must be RuntimeDefault');
  for (const { securityContext } of containers) {
    demand(securityContext?.allowPrivilegeEscalation === false, 'allowPrivilegeEscalation must be false');
    demand(securityContext?.readOnlyRootFilesystem === true, 'readOnlyRootFilesystem must be true');
    demand(`${securityContext?.capabilities?.drop}` === 'ALL', 'capabilities must drop ALL');
  }
  return faults;
};

const kustomizationFaults = (manifests: Manifests): string[] =>
  Object.entries(manifests)
    .filter(([file]) => file.endsWith('/kustomization.yaml'))
    .flatMap(([file, [kustomization]]) => {
      const folder = file.split('/')[0] as string;
      const listed = (kustomization?.resources ?? []).map((one) => one.replace(/^\.\.\//, ''));
      const isThere = (one: string) => manifests[`${folder}/${one}`] ?? manifests[`${one}/kustomization.yaml`];
      const own = Object.keys(manifests)
        .filter((one) => one.startsWith(`${folder}/`) && !/kustomization\.yaml$|\.example\.yaml$/.test(one))
        .map((one) => one.slice(folder.length + 1));
      return [
        ...own.filter((one) => !listed.includes(one)).map((one) => `${file} does not list ${one}`),
        ...listed.filter((one) => !isThere(one)).map((one) => `${file} lists ${one}, which is not there`),
      ];
    });

/** What is wrong with the manifests: a sentence for each fault. */
export const kubernetesFaults = (manifests: Manifests, around: Surroundings): string[] => {
  const all = Object.entries(manifests).flatMap(([file, documents]) => documents.map((one) => ({ file, ...one })));
  const of = (kind: string) => all.filter((one) => one.kind === kind);
  const faults = kustomizationFaults(manifests);
  const demand = (isSo: boolean, sentence: string) => {
    if (!isSo) faults.push(sentence);
  };

  for (const { file, spec } of [...of('Deployment'), ...of('Job')])
    faults.push(...podFaults(file, spec?.template?.spec ?? { containers: [] }));
  for (const { file, data, stringData } of [...of('ConfigMap'), ...of('Secret')])
    for (const name of Object.keys({ ...data, ...stringData }))
      demand(around.knownVariables.has(name), `${file}: the API knows no ${name}`);
  for (const { file, data } of of('ConfigMap'))
    for (const name of Object.keys(data ?? {}))
      demand(!/PASSWORD|SECRET|DATABASE_URL/.test(name), `${file}: ${name} belongs into the Secret`);
  for (const { file, images = [], spec } of all) {
    for (const { newName, newTag } of images)
      demand(
        isPinned(`${newName}:${newTag}`) && newTag === around.version,
        `${file}: ${newTag} is not ${around.version}`,
      );
    for (const { image } of spec?.template?.spec.containers ?? [])
      demand(
        of('Kustomization').some((one) => one.images?.some(({ name }) => name === image)),
        `${file}: ${image} has no tag`,
      );
  }

  const [deployment] = of('Deployment');
  const pod = deployment?.spec?.template;
  const [container] = pod?.spec.containers ?? [];
  const labels = Object.entries(pod?.metadata.labels ?? {}).sort();
  const matches = (selector: Labels = {}) => `${Object.entries(selector).sort()}` === `${labels}`;
  const portNamed = (name: string) => container?.ports?.find((one) => one.name === name)?.containerPort;
  for (const probe of [container?.startupProbe, container?.livenessProbe, container?.readinessProbe]) {
    const { path, port } = probe?.httpGet ?? { path: 'nothing', port: '' };
    demand(
      around.healthPaths.includes(path),
      `a probe asks for ${path}, which is not ${around.healthPaths.join(' or ')}`,
    );
    demand(portNamed(port) !== undefined, `a probe asks port ${port}, which is not there`);
  }
  demand(
    container?.livenessProbe?.httpGet.path !== '/health/ready',
    'a pod must not be killed while the database is away',
  );
  const settings = Object.assign({}, ...of('ConfigMap').map(({ data }) => data)) as Labels;
  demand(settings.PORT === `${portNamed('http')}`, `PORT is not ${portNamed('http')}`);
  demand(settings.METRICS_PORT === `${portNamed('metrics')}`, `METRICS_PORT is not ${portNamed('metrics')}`);
  for (const { file, spec } of of('Service')) {
    demand(matches(spec?.selector), `${file} selects other pods`);
    for (const { targetPort } of spec?.ports ?? []) demand(targetPort === 'http', `${file}: ${targetPort} is not http`);
  }
  for (const { file, spec } of of('PodDisruptionBudget'))
    demand(matches(spec?.selector?.matchLabels), `${file} selects other pods`);
  for (const { file, spec } of of('HorizontalPodAutoscaler')) {
    demand(spec?.scaleTargetRef?.name === deployment?.metadata.name, `${file} scales something else`);
    demand((spec?.minReplicas ?? 1) > 1, `${file}: one pod alone cannot be replaced without a gap`);
  }
  const open = of('NetworkPolicy')
    .flatMap(({ spec }) => spec?.ingress ?? [])
    .flatMap(({ ports }) => ports.map(({ port }) => port));
  const wanted = container?.ports?.map(({ containerPort }) => containerPort) ?? [];
  demand(`${open.sort()}` === `${wanted.toSorted()}`, `the network policy opens ${open}, the pods listen on ${wanted}`);
  const needed = (container?.lifecycle?.preStop.sleep.seconds ?? 0) + around.shutdownSeconds;
  const given = pod?.spec.terminationGracePeriodSeconds ?? 30;
  demand(given > needed, `terminationGracePeriodSeconds is ${given}, and stopping takes up to ${needed}`);
  return faults;
};
