import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import autocannon, { type Request } from 'autocannon';
import type { Load, LoadGenerator, Sample } from './load-generator.ts';
import { isMix, mixes, pickKind } from './mixes.ts';
import { makeRandom } from './random.ts';

// The same load as load.lua, for machines without wrk.

const body = JSON.stringify({
  title: 'Buy milk and bread, then call home',
  description: 'A description of ordinary length for a task, about eighty characters long.',
});

const makeRequests = ({ work, file, ids, users, tasks, seed }: Load) => {
  const random = makeRandom(seed);
  const entries = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [first = '', token = '', last = '-'] = line.split(' ');
      const headers: Record<string, string> = { authorization: `Bearer ${token}` };
      if (work !== 'fixed') return { path: `/api/${first}/tasks`, headers, ...(last !== '-' && { cursor: last }) };
      return { path: first, headers: { ...headers, ...(last !== '-' && { 'if-none-match': last }) } };
    });
  return (): Request => {
    const index = Math.floor(random() * entries.length);
    const { path, headers, cursor } = entries[index] as (typeof entries)[number] & { cursor?: string };
    const kind = isMix(work) ? pickKind(mixes[work], random()) : work;
    const n = Math.floor(random() * tasks) + 1;
    const id = ids === 'own' ? n : (n - 1) * users + index + 1;
    if (kind === 'get') return { method: 'GET', path: `${path}/${id}`, headers };
    if (kind === 'toggle') return { method: 'PATCH', path: `${path}/${id}/complete`, headers };
    if (kind === 'pending') return { method: 'GET', path: `${path}?limit=20&status=pending&sort=due_date`, headers };
    // A front end reads the list again where there is no feed of changes.
    if (kind === 'changes' && cursor !== undefined) {
      return { method: 'GET', path: `${path}/changes?limit=20&since=${cursor}`, headers };
    }
    if (kind === 'list' || kind === 'changes') return { method: 'GET', path: `${path}?limit=20`, headers };
    if (kind === 'fixed') return { method: 'GET', path, headers };
    return { method: 'POST', path, headers: { ...headers, 'content-type': 'application/json' }, body };
  };
};

const drive = async (load: Load): Promise<Sample> => {
  const next = makeRequests(load);
  const result = await autocannon({
    url: load.url,
    connections: load.connections,
    duration: load.seconds,
    timeout: 5,
    requests: [{ method: 'GET', path: '/', setupRequest: (request) => ({ ...request, ...next() }) }],
  });
  const requests = result['2xx'] + result['3xx'] + result['4xx'] + result['5xx'];
  return {
    requestsPerSecond: requests / result.duration,
    requests,
    bytesPerResponse: requests === 0 ? 0 : result.throughput.total / requests,
    p50: result.latency.p50,
    p99: result.latency.p99,
    max: result.latency.max,
    badResponses: result['4xx'] + result['5xx'],
    socketErrors: result.errors,
  };
};

/** Makes the load generator that npm installs. It runs in this process and uses more CPU than wrk. */
export const makeAutocannon = (): LoadGenerator => {
  const { version } = createRequire(import.meta.url)('autocannon/package.json') as { version: string };
  return { title: `autocannon ${version}`, drive };
};
