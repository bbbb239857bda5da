import type { Library } from './lock.ts';

/** Below which version a library must not be. */
export interface Floor {
  readonly library: string;
  readonly version: string;
  /** The advisory that this version fixes. */
  readonly advisory: string;
  readonly reason: string;
}

/** The floors of libraries that Taskward has, for the gravest advisory of each whose fix is certain. */
export const floors: readonly Floor[] = [
  {
    library: 'fast-jwt',
    version: '6.3.0',
    advisory: 'GHSA-5hjw-83fp-phq9',
    reason: 'a signed array passed without a look at its claims',
  },
  {
    library: 'fast-jwt',
    version: '6.2.1',
    advisory: 'GHSA-cjw9-ghj4-fwxf',
    reason: 'an expected claim given as a pattern could take the CPU',
  },
  {
    library: 'fastify',
    version: '5.8.5',
    advisory: 'GHSA-247c-9743-5963',
    reason: 'a space before Content-Type skipped the check of a body',
  },
  {
    library: 'fastify',
    version: '5.8.3',
    advisory: 'GHSA-444r-cwp2-x5xf',
    reason: 'forwarded host and protocol were believed from anybody',
  },
  {
    library: '@fastify/static',
    version: '10.1.4',
    advisory: 'GHSA-r799-r9gc-m956',
    reason: 'guards of paths were passed by another case',
  },
  {
    library: '@mikro-orm/core',
    version: '7.1.7',
    advisory: 'GHSA-7j79-7q93-6v69',
    reason: 'a direction to sort in could be SQL',
  },
  { library: '@mikro-orm/core', version: '7.0.6', advisory: 'GHSA-gwhv-j974-6fxm', reason: 'an object could be SQL' },
  {
    library: '@modelcontextprotocol/sdk',
    version: '1.26.0',
    advisory: 'GHSA-345p-7cg4-v4c7',
    reason: 'responses could reach another client',
  },
  {
    library: 'kysely',
    version: '0.28.14',
    advisory: 'GHSA-fr9j-6mvq-frcv',
    reason: 'a path into JSON could be SQL, on MySQL',
  },
  {
    library: 'fast-uri',
    version: '3.1.2',
    advisory: 'GHSA-v39h-62p7-jpjc',
    reason: 'an encoded delimiter changed the host',
  },
  {
    library: 'preact',
    version: '10.28.2',
    advisory: 'GHSA-36hm-qxxp-pg3m',
    reason: 'JSON could become elements of a page',
  },
  {
    library: 'undici',
    version: '6.27.0',
    advisory: 'GHSA-vxpw-j846-p89q',
    reason: 'fragments of a WebSocket could take the memory; in tests only',
  },
];

const isBelow = (version: string, floor: string): boolean => {
  // A version before a release, such as 5.0.0-rc.1, counts as before it.
  const [release = '', before] = version.split('-');
  const [parts, bounds] = [release, floor].map((text) => text.split('.').map(Number)) as [number[], number[]];
  const at = bounds.findIndex((bound, index) => parts[index] !== bound);
  return at === -1 ? before !== undefined : (parts[at] as number) < (bounds[at] as number);
};

/** A sentence for each library that is below a floor, and for each floor of a library that is not there. */
export const floorFaults = (libraries: readonly Library[]): string[] =>
  floors.flatMap(({ library, version, advisory, reason }) => {
    const found = libraries.filter(({ name }) => name === library);
    if (found.length === 0) return [`${library} is no longer used: remove its floor`];
    return found
      .filter((one) => isBelow(one.version, version))
      .map((one) => `${library} ${one.version} is below ${version}: ${advisory}, ${reason}. Update it.`);
  });
