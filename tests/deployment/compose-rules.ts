import { isPinned } from './settings.ts';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly secrets?: readonly string[];
  readonly healthcheck?: unknown;
  readonly stop_grace_period?: string;
}

/** compose.yaml, as far as the rules look at it. */
export interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<
    Record<string, { readonly ipam?: { readonly config: { readonly subnet: string }[] } } | null>
  >;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

/** What compose.yaml has to agree with. */
export interface Surroundings {
  readonly knownVariables: ReadonlySet<string>;
  readonly shutdownSeconds: number;
  /** The image's version, and the port of its health check. */
  readonly version: string;
  readonly exists: (path: string) => boolean;
  readonly isIgnoredByGit: (path: string) => boolean;
  /** The files that configure nginx and Prometheus. */
  readonly nginx: string;
  readonly prometheus: string;
}

const isOurs = ({ build }: Service) => build !== undefined;

const hardeningFaults = (name: string, service: Service): string[] => [
  ...(service.read_only === true ? [] : [`${name} needs read_only: true`]),
  ...(service.cap_drop?.includes('ALL') ? [] : [`${name} needs cap_drop: [ALL]`]),
  ...(service.security_opt?.includes('no-new-privileges:true') ? [] : [`${name} needs no-new-privileges:true`]),
];

const environmentFaults = (name: string, service: Service, known: ReadonlySet<string>): string[] =>
  Object.entries(service.environment ?? {}).flatMap(([variable, value]) => [
    ...(isOurs(service) && !known.has(variable) ? [`${name}: the API knows no ${variable}`] : []),
    ...(/PASSWORD|SECRET|TOKEN/.test(variable) && !/^(\/run\/secrets\/|\$\{\w+:\?)/.test(value)
      ? [`${name}: ${variable} must be a file of secrets, or be asked for`]
      : []),
    ...(/:\/\/[^/@\s]*:[^/@\s]*@/.test(value) ? [`${name}: ${variable} has a password in it`] : []),
  ]);

const portFaults = (name: string, { ports = [] }: Service): string[] =>
  ports.filter((port) => !port.startsWith('127.0.0.1:')).map((port) => `${name}: ${port} is open to the network`);

const fileFaults = (name: string, { volumes = [] }: Service, exists: Surroundings['exists']): string[] =>
  volumes
    .map((volume) => volume.split(':')[0] as string)
    .filter((path) => path.startsWith('./') && !exists(path))
    .map((path) => `${name}: there is no ${path}`);

/** What is wrong with compose.yaml: a sentence for each fault. */
export const composeFaults = ({ services, networks, secrets }: Compose, around: Surroundings): string[] => {
  const { api, migrate, postgres } = services;
  const faults = Object.entries(services).flatMap(([name, service]) => [
    ...hardeningFaults(name, service),
    ...environmentFaults(name, service, around.knownVariables),
    ...portFaults(name, service),
    ...fileFaults(name, service, around.exists),
    ...(isPinned(service.image ?? '') ? [] : [`${name}: ${service.image} must be named by a version`]),
    ...(isOurs(service) || service.healthcheck !== undefined ? [] : [`${name} needs a healthcheck`]),
    ...(service.secrets ?? []).filter((one) => secrets[one] === undefined).map((one) => `${name}: there is no ${one}`),
  ]);
  const demand = (isSo: boolean, sentence: string) => {
    if (!isSo) faults.push(sentence);
  };
  for (const { file } of Object.values(secrets)) demand(around.isIgnoredByGit(file), `git would take ${file}`);
  for (const service of [api, migrate])
    demand(service?.image === `taskward:${around.version}`, `${service?.image} is not taskward:${around.version}`);
  demand(parseInt(api?.stop_grace_period ?? '0', 10) > around.shutdownSeconds, 'api is killed before it has shut down');
  const subnets = networks.front?.ipam?.config.map(({ subnet }) => subnet);
  demand(`${subnets}` === api?.environment?.TRUSTED_PROXIES, 'TRUSTED_PROXIES is not the network of nginx');
  demand(`${postgres?.networks}` === 'data', 'PostgreSQL must be in the network of data alone');
  const metrics = api?.environment?.METRICS_PORT;
  demand(around.prometheus.includes(`port: ${metrics}`), `Prometheus does not ask port ${metrics}`);
  demand(!around.nginx.includes(`${metrics}`), 'metrics must not be public');
  demand(/server api:8000;/.test(around.nginx), 'nginx does not ask port 8000 of api');
  return faults;
};
