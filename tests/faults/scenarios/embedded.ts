import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { aUser } from '../../support/builders.ts';
import { aToken } from '../../support/http/tokens.ts';
import { asRoot, missingRoot } from '../../support/processes/as-root.ts';
import {
  type ApiProcess,
  aDirectory,
  anApiProcess,
  eventually,
  type Scope,
} from '../../support/processes/processes.ts';
import { judge, type Report, type Run, type Scenario, unmet } from './scenario.ts';
import { unhandledIn } from './target.ts';
import { writeLoad } from './write-load.ts';

const run = promisify(execFile);
const users = 8;
const patience = 60_000;
const mebibyte = 1024 * 1024;
const diskBytes = 320 * mebibyte;
const preload = `--import=${new URL('report-unhandled.ts', import.meta.url).href}`;

/** A small disk of its own. It is gone when the scope ends. */
const aSmallDisk = async (scope: Scope): Promise<string> => {
  const directory = await aDirectory(scope, 'disk');
  const [mount = 'mount', ...mountArguments] = [...asRoot, 'mount'];
  const owner = `uid=${process.getuid?.()},gid=${process.getgid?.()}`;
  await run(mount, [...mountArguments, '-t', 'tmpfs', '-o', `size=${diskBytes},mode=755,${owner}`, 'tmpfs', directory]);
  scope.teardown(async () => {
    const [umount = 'umount', ...umountArguments] = [...asRoot, 'umount'];
    await run(umount, [...umountArguments, '--lazy', directory]);
  });
  return directory;
};

/** The API on an embedded database, as `npm start` runs it. */
const anApiWithItsDatabase = (scope: Scope, directory: string): Promise<ApiProcess> =>
  anApiProcess(scope, '', {
    DATABASE_URL: undefined,
    TASKWARD_DATA_DIR: directory,
    RATE_LIMIT_MAX: '1000000',
    LOG_LEVEL: 'CRITICAL',
    NODE_OPTIONS: preload,
  });

const fill = async (directory: string, file: string): Promise<void> => {
  const { bavail, bsize } = await statfs(directory);
  // Others write meanwhile: the last bytes may be gone already.
  await writeFile(file, Buffer.alloc(bavail * bsize, 'x')).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOSPC') throw error;
  });
};

/** How often PostgreSQL has crashed or started, by its log. */
const startsOf = async (directory: string): Promise<number> =>
  (await readFile(join(directory, 'postgres.log'), 'utf8')).split('database system is ready to accept connections')
    .length - 1;

const statusOf = async (url: string, init: RequestInit = {}): Promise<number> =>
  fetch(url, { ...init, headers: { authorization: `Bearer ${aToken({ sub: aUser() })}`, ...init.headers } }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    () => 0,
  );
const read = (api: ApiProcess) => statusOf(`${api.url}/api/tasks`);
const write = (api: ApiProcess) =>
  statusOf(`${api.url}/api/tasks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"title":"x"}',
  });

const fillDisk = async (scope: Scope, { times }: Run): Promise<Report> => {
  const disk = await aSmallDisk(scope);
  const directory = join(disk, 'data');
  await mkdir(directory);
  await chmod(directory, 0o755);
  const api = await anApiWithItsDatabase(scope, directory);
  const filler = join(disk, 'filler');
  const load = writeLoad(() => api.url, { users });
  scope.teardown(() => load.stop().catch(() => {}));
  const reads = new Set<number>();
  const starts = await startsOf(directory);
  let [recovery, told] = [0, 0];
  for (let n = 0; n < times; n += 1) {
    await load.goesOn(50);
    await fill(disk, filler);
    await load.meets('503');
    if (await eventually(() => api.output().split('changes are refused').length > n + 1, patience)) told += 1;
    // Long enough for a server that crashes again and again to be seen.
    for (let look = 0; look < 15; look += 1) {
      reads.add(await read(api));
      await wait(100);
    }
    await rm(filler);
    recovery = Math.max(recovery, await load.goesOn(2 * users));
  }
  const unhandled = unhandledIn(api.output()) + (api.isRunning() ? 0 : 1);
  const restarts = (await startsOf(directory)) - starts;
  const { report, notes } = await judge(load, /^(200|201|409|503)$/, unhandled);
  const others = [...reads].filter((status) => status !== 200 && status !== 503);
  return {
    ...report,
    times,
    recovery,
    notes: [...notes, `reads meanwhile: ${[...reads].join(', ')}`, `PostgreSQL crashed ${restarts} times`],
    broken: [
      ...report.broken,
      ...unmet({
        [`the operator was told ${told} times`]: told === times,
        [`reads were ${others.join(', ')}`]: others.length === 0,
        [`PostgreSQL crashed ${restarts} times`]: restarts <= times,
      }),
    ],
    late: unmet({ 'it took more than 10 s to accept writes again': recovery < 10_000 }),
  };
};

const removeData = async (scope: Scope, { times }: Run): Promise<Report> => {
  const statuses: Record<number, number> = {};
  let [unhandled, told, restarts, again, badly] = [0, 0, 0, 0, 0];
  let slowest = 0;
  for (let n = 0; n < times; n += 1) {
    const directory = join(await aDirectory(scope, 'removed'), 'data');
    const api = await anApiWithItsDatabase(scope, directory);
    if ((await write(api)) !== 201) throw new Error('a write failed before anything was done to the data');
    const began = performance.now();
    await rm(directory, { recursive: true, force: true, maxRetries: 10 });
    const isTold = await eventually(async () => {
      for (const status of [await read(api), await write(api)]) statuses[status] = (statuses[status] ?? 0) + 1;
      return api.output().includes('were removed');
    }, patience);
    if (isTold) told += 1;
    slowest = Math.max(slowest, performance.now() - began);
    // From then on nobody is told that something was stored.
    if ((await write(api)) !== 503 || (await statusOf(`${api.url}/health/ready`)) !== 503) badly += 1;
    if ((await statusOf(`${api.url}/health`)) !== 200) badly += 1;
    restarts += await startsOf(directory).catch(() => 0);
    unhandled += unhandledIn(api.output()) + (api.isRunning() ? 0 : 1);
    const { code } = await api.end('SIGTERM');
    if (code !== 0) badly += 1;
    const next = await anApiWithItsDatabase(scope, directory);
    if ((await write(next)) === 201) again += 1;
    await next.end('SIGTERM');
  }
  const others = Object.keys(statuses).filter((status) => !['200', '201', '503'].includes(status));
  return {
    times,
    errors: others
      .filter((status) => Number(status) >= 500)
      .reduce((sum, one) => sum + (statuses[Number(one)] ?? 0), 0),
    unhandled,
    notes: [
      `responses until it was noticed: ${JSON.stringify(statuses)}`,
      `the operator was told after ${Math.round(slowest)} ms at most`,
      `${again} of ${times} next starts began with an empty database`,
    ],
    broken: unmet({
      [`clients met ${others.join(', ')}`]: others.length === 0,
      [`the operator was told ${told} times`]: told === times,
      [`PostgreSQL was started again ${restarts} times`]: restarts === 0,
      [`${badly} responses afterwards, or ends, were not what they have to be`]: badly === 0,
      [`${again} next starts worked`]: again === times,
      'the process ended, or did not handle an error': unhandled === 0,
    }),
    late: [],
  };
};

/** The disk of the embedded database is full. */
export const fullDisk: Scenario = {
  name: 'full-disk',
  title: 'the disk of the embedded database is filled, and freed again',
  ways: ['direct'],
  times: 5,
  skip: missingRoot('mount', 'umount'),
  run: fillDisk,
};

/** The files of the embedded database are removed while it runs. */
export const removedData: Scenario = {
  name: 'removed-data',
  title: 'the files of the embedded database are removed while it runs',
  ways: ['direct'],
  times: 5,
  run: removeData,
};
