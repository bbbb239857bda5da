import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { defaultLimits, type Jobs, makeJobs, makeUseCases, type UseCases } from '@taskward/application';
import { operator, type UserId } from '@taskward/domain';
import type { FastifyInstance } from 'fastify';
import { aSteadyClock } from '../support/builders.ts';
import { absentPorts, aCaller, anApi, type Caller } from '../support/http/api.ts';
import { importMutated, type Mutation } from '../support/mutation.ts';
import { poolSettings, sqlOn } from '../support/postgres/database.ts';
import { makeScope } from '../support/processes/worker.ts';

/** What this worker is asked to do. */
export interface Task {
  readonly databaseUrl: string;
  /** Takes row security away, of requests and of jobs. */
  readonly withoutRowSecurity: readonly Mutation[];
}

/** The result with one filter on the owner removed. */
export interface Outcome {
  /** Where the filter was. */
  readonly filter: string;
  /** What was wrong with the responses without row security, and with it. */
  readonly open: readonly string[];
  readonly guarded: readonly string[];
}

const sources = join(import.meta.dirname, '../../packages/adapters-postgres/src/stores');

// What names the owner in a statement, and what is there instead when it no longer does. New statements are found too.
const filters: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/(?<=where |on |`)(\w+\.)?(user_)?id = \$1/g, '$1::text is not null'],
  [/(?<=where )(user_)?id = \?/g, '?::text is not null'],
  [/[tc]\.user_id = owner\.id/g, 'owner.id is not null'],
  [/(?<=where )u\.id = gone\.user_id/g, 'gone.user_id is not null'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder, of the source that is mutated.
  [/user_id = \$\{place\(owner\)\}/g, '${place(owner)}::text is not null'],
];

const mutationsOf = (file: string): { filter: string; mutation: Mutation }[] => {
  const source = readFileSync(join(sources, file), 'utf8');
  const found = filters.flatMap(([pattern, instead]) =>
    [...source.matchAll(pattern)].map(({ 0: text, index }) => {
      // As much of what is before it as makes it the only one.
      const before = source.slice(Math.max(0, index - 160), index);
      const to = (before + instead).replaceAll('$', '$$$$');
      const line = source.slice(0, index).split('\n').length;
      return { filter: `${file}:${line} ${text}`, mutation: { file, from: before + text, to } };
    }),
  );
  // A file that reaches a table, and of which nothing is found, names its owner in a way that is not known here.
  const isOfAll = file === 'change-feed.ts';
  if (found.length === 0 && !isOfAll && /(from|update) taskward\./.test(source))
    throw new Error(`no filter is found in ${file}`);
  return found;
};

const stateOf = async ({ call }: Caller) => {
  const { statusCode, headers, body } = await call('GET', '/api/tasks?limit=500&sort=title&count=true');
  return `${statusCode} ${String(headers.etag).split('-')[0]} ${body}`;
};

/** Does one of everything as one user, and says what of it reached another or came from them. */
const probe = async (app: FastifyInstance): Promise<string[]> => {
  const other = aCaller(app);
  const me = aCaller(app);
  const faults: string[] = [];
  for (let n = 0; n < 10; n += 1) {
    await other.call('POST', '/api/tasks', { title: 'of the other' });
    if (n < 8) await me.call('POST', '/api/tasks', { title: 'mine' });
  }
  // The other one uses as many keys as one user may.
  await other.call('PATCH', '/api/tasks/1/complete', undefined, { 'idempotency-key': 'of both' });
  await other.call('PATCH', '/api/tasks/999/complete', undefined, { 'idempotency-key': 'the last' });
  for (const completed of [true, false, true]) await me.call('PATCH', '/api/tasks/8/complete', { completed });
  let revision = 11;
  let theirs = await stateOf(other);
  // Every request, with the status that it must have, and the changes that it makes to my own tasks.
  const requests: [status: number, changes: number, ...asked: Parameters<Caller['call']>][] = [
    [200, 0, 'GET', '/api/tasks/1'],
    [404, 0, 'GET', '/api/tasks/9'],
    [200, 1, 'PUT', '/api/tasks/6', { title: 'mine 6' }],
    [404, 0, 'PUT', '/api/tasks/9', { title: 'mine 9' }],
    [200, 1, 'PATCH', '/api/tasks/1/complete', undefined, { 'idempotency-key': 'of both' }],
    [200, 1, 'PATCH', '/api/tasks/7/complete'],
    [404, 0, 'PATCH', '/api/tasks/9/complete'],
    [204, 1, 'DELETE', `${me.bare}/2`],
    [404, 0, 'DELETE', '/api/tasks/9'],
    [204, 1, 'DELETE', `${me.bare}/3`, undefined, { 'if-match': '*' }],
    [404, 0, 'DELETE', '/api/tasks/10', undefined, { 'if-match': '*' }],
    [
      200,
      3,
      'POST',
      '/api/tasks/batch',
      {
        operations: [
          { op: 'update', id: 4, title: 'mine 4' },
          { op: 'delete', id: 5 },
          { op: 'create', title: 'mine 9' },
        ],
      },
    ],
    [422, 0, 'POST', '/api/tasks/batch', { operations: [{ op: 'delete', id: 10 }] }],
    [200, 0, 'GET', '/api/tasks?status=pending&search=mine'],
    [200, 0, 'GET', '/api/tasks/changes?limit=500'],
    [200, 0, 'GET', '/api/tasks/trash'],
    [200, 0, 'GET', '/api/tasks/6/history'],
    [404, 0, 'GET', '/api/tasks/10/history'],
    [200, 1, 'POST', '/api/tasks/2/restore'],
    [404, 0, 'POST', '/api/tasks/10/restore'],
    [200, 1, 'POST', '/api/tasks/changes/12/undo'],
    [409, 0, 'POST', '/api/tasks/changes/12/undo'],
    [404, 0, 'POST', '/api/tasks/changes/999/undo'],
    [200, 1, 'DELETE', '/api/tasks/trash/3'],
    [404, 0, 'DELETE', '/api/tasks/trash/10'],
    [200, 1, 'DELETE', '/api/tasks/trash'],
  ];
  for (const [status, changes, ...asked] of requests) {
    const about = asked.slice(0, 2).join(' ').replace(me.bare, '/api/…/tasks');
    const response = await me.call(...asked);
    if (response.statusCode !== status) faults.push(`${about}: ${response.statusCode}`);
    if (response.body.includes(other.userId) || response.body.includes('of the other')) faults.push(`${about}: shows`);
    if ((await stateOf(other)) !== theirs) faults.push(`${about}: reaches`);
    revision += changes;
    const list = await me.call('GET', '/api/tasks');
    if (!String(list.headers.etag).startsWith(`W/"${revision}-`)) faults.push(`${about}: counts`);
    const known = await me.call('GET', '/api/tasks', undefined, { 'if-none-match': `W/"0-", ${list.headers.etag}` });
    if (known.statusCode !== 304) faults.push(`${about}: is not known`);
    if (faults.length > 0) return faults;
    // Both stay at the same revision, so that a write which looks for it could take the one for the other.
    for (let n = 0; n < changes; n += 1) await other.call('POST', '/api/tasks', { title: 'of the other' });
    if (changes > 0) theirs = await stateOf(other);
  }
  const tag = String((await me.call('GET', '/api/tasks?limit=2')).headers.etag);
  await me.call('POST', '/api/tasks', { title: 'mine' });
  const changed = await me.call('GET', '/api/tasks?limit=2', undefined, { 'if-none-match': tag });
  if (changed.statusCode !== 200 || changed.json().data.length !== 2) faults.push('a known list: is not read again');
  return faults;
};

const keyed = ({ call }: Caller, key: string) =>
  call('POST', '/api/tasks', { title: 'under a key' }, { 'idempotency-key': key });

/**
 * Does every job for one user, and says what of it reached another or came from them.
 * @param forgetCount makes it unknown how many of a user's tasks were removed, as before anybody counted
 */
const probeJobs = async (
  app: FastifyInstance,
  jobs: Jobs,
  useCases: UseCases,
  forgetCount: (owner: UserId) => Promise<unknown>,
): Promise<string[]> => {
  const other = aCaller(app);
  const me = aCaller(app);
  const faults: string[] = [];
  const importing = async ({ userId: owner }: Caller, names: string[]) => {
    const rows = names.map((externalId) => ({ title: externalId, externalId }));
    return (await jobs.importTasks(operator, { owner, rows, dryRun: false })).map(({ kind }) => kind).join();
  };
  await importing(other, ['of both', 'of the other', 'too']);
  // As many keys as one user may use.
  for (const key of ['first', 'second']) await keyed(other, key);
  for (let n = 0; n < 9; n += 1) await me.call('POST', '/api/tasks', { title: 'mine' });
  await me.call('DELETE', `${me.bare}/9`);
  const theirs = await stateOf(other);
  const expect = async (what: string, is: unknown, isRight: unknown) => {
    if (JSON.stringify(is) !== JSON.stringify(isRight)) faults.push(`${what}: ${JSON.stringify(is)}`);
    if ((await stateOf(other)) !== theirs) faults.push(`${what}: reaches`);
  };
  const owner = me.userId;
  await forgetCount(owner);
  await expect('an import', await importing(me, ['of both', 'mine']), 'created,created');
  await expect('another import', await importing(me, ['mine', 'mine too']), 'known,created');
  await forgetCount(owner);
  await expect('a third import', await importing(me, ['the last']), 'created');
  const names = await jobs.listImports(operator, { owner, limit: 100 });
  const known = names.map(({ externalId, taskId }) => `${externalId} ${taskId}`).sort();
  await expect('what was imported', known, ['mine 11', 'mine too 12', 'of both 10', 'the last 13']);
  const list = (await me.call('GET', '/api/tasks?count=true')).json();
  await expect('my tasks', list.data.length, 12);
  const log = await useCases.listLog(operator, { owner, limit: 500 });
  await expect(
    'my changes',
    [log.entries.length, log.entries.at(-1)?.title, log.entries[0]?.title],
    [14, 'mine', 'the last'],
  );
  const since = { epoch: 0, revision: 0 };
  for (const input of [{}, { since }]) {
    const { changes, revision } = await useCases.listChanges(operator, { owner, ...input, limit: 500 });
    const kinds = changes.map((one) => (one.kind === 'put' ? one.task.title : 'gone')).sort();
    await expect(
      'what changed',
      [revision, kinds.length, kinds.includes('of the other')],
      [14, input.since ? 13 : 12, false],
    );
  }
  const othersLog = async () => JSON.stringify(await useCases.listLog(operator, { owner: other.userId, limit: 500 }));
  const theirLog = await othersLog();
  const old = { owner, days: -1 };
  await expect('my old changes', await useCases.countOldChanges(operator, old), 14);
  const bounds = () => useCases.endOfChanges(operator, { owner: other.userId });
  const end = JSON.stringify(await bounds());
  await expect('a removal of old changes', await useCases.purgeChanges(operator, { ...old, limit: 500 }), 14);
  await expect('another epoch', await jobs.renewEpoch(operator, { owner }), true);
  await expect('the end of another log', JSON.stringify(await bounds()), end);
  await keyed(me, 'first');
  await expect('an erasure', await jobs.eraseUser(operator, { owner }), true);
  await expect('the log of another', await othersLog(), theirLog);
  await expect('what is left of me', (await me.call('GET', '/api/tasks')).json().data, []);
  const replayed = (await keyed(other, 'first')).headers['idempotency-replayed'];
  await expect('a response that is stored', replayed, 'true');
  await expect('how many are stored', (await keyed(other, 'third')).statusCode, 429);
  return faults;
};

const { databaseUrl, withoutRowSecurity } = workerData as Task;

const probed = async (mutations: readonly Mutation[]): Promise<string[]> => {
  const scope = makeScope();
  const adapter = await importMutated<typeof import('@taskward/adapters-postgres')>(
    '@taskward/adapters-postgres',
    mutations,
  );
  const database = adapter.openDatabase(databaseUrl, { ...poolSettings, size: 1, maxOverflow: 1 });
  scope.teardown(() => adapter.closeDatabase(database));
  const stores = {
    ...adapter.makeOwnerPorts({ database }),
    idempotency: adapter.makeIdempotencyStore({ database }),
    imports: adapter.makeImportStore({ database }),
    users: adapter.makeUserDirectory({ database }),
    changeRetention: adapter.makeChangeRetention({ database }),
  };
  const clock = aSteadyClock();
  const limits = { ...defaultLimits, idempotencyKeysPerUser: 2 };
  const app = await anApi(scope, stores, { clock, limits });
  // So few that the tasks of several users together are too many.
  const jobs = makeJobs({ ...stores, clock, limits: { ...limits, tasksPerUser: 12 } });
  const sql = sqlOn(database);
  const forgetCount = (owner: UserId) => sql(`update taskward.users set removed_count = null where id = '${owner}'`);
  const faults = [
    ...(await probe(app)),
    ...(await probeJobs(
      app,
      jobs,
      makeUseCases({ ...stores, feed: absentPorts.feed, clock, limits }),
      forgetCount,
    ).catch((error) => [String(error)])),
  ];
  await scope.close();
  return faults;
};

const outcomes: Outcome[] = [{ filter: 'none', open: await probed(withoutRowSecurity), guarded: await probed([]) }];
for (const file of readdirSync(sources)) {
  for (const { filter, mutation } of mutationsOf(file)) {
    outcomes.push({
      filter,
      open: await probed([mutation, ...withoutRowSecurity]),
      guarded: await probed([mutation]),
    });
  }
}
parentPort?.postMessage(outcomes);
