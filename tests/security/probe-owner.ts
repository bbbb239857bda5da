import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { defaultLimits, makeJobs, makeUseCases } from '@taskward/application';
import { absentPorts } from '../support/absent-ports.ts';
import { aSteadyClock } from '../support/builders.ts';
import { anApi } from '../support/http/api.ts';
import { importMutated, type Mutation } from '../support/mutation.ts';
import { calendar, keys } from '../support/planning.ts';
import { poolSettings, sqlOn } from '../support/postgres/database.ts';
import { makeScope } from '../support/processes/worker.ts';
import { probeJobs } from './probe-jobs.ts';
import { probePlanning } from './probe-planning.ts';
import { type Probed, probeRequests } from './probe-requests.ts';
import { differenceOf } from './transcript.ts';

/** What this worker is asked to do. */
export interface Task {
  readonly databaseUrl: string;
  /** Takes row security away, of requests and of jobs. */
  readonly withoutRowSecurity: readonly Mutation[];
  /** Whether the statements on tasks are asked about, or all others. */
  readonly ofTasks: boolean;
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
  // Where one part of a statement passes the owner on to another.
  [/\w+\.user_id = named\.user_id/g, 'named.user_id is not null'],
  [/other\.user_id = c\.user_id/g, 'c.user_id is not null'],
  [/\w+\.user_id = since\.user_id/g, 'since.user_id is not null'],
  [/\w+\.user_id = latest\.user_id/g, 'latest.user_id is not null'],
  [/\(t\.user_id, t\.id\) in \(select user_id, /g, 't.id in (select '],
  [/\(user_id, revision\) in \(select user_id, /g, 'revision in (select '],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder, of the source that is mutated.
  [/user_id = \$\{place\(owner\)\}/g, '${place(owner)}::text is not null'],
];

// These reach tables of no user: the endpoints, the events for them and their deliveries are the operator's, and a statement
// that names one of them by its `id` names no owner. The feed tells everybody's changes, and the queue whose reminders are due.
const filesOfAll = [
  'change-feed.ts',
  'reminder-queue.ts',
  'webhook-endpoints.ts',
  'webhook-queue.ts',
  'webhook-store.ts',
];

const mutationsOf = (file: string): { filter: string; mutation: Mutation }[] => {
  if (filesOfAll.includes(basename(file))) return [];
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
  if (found.length === 0 && /(from|update) taskward\./.test(source)) throw new Error(`no filter is found in ${file}`);
  return found;
};

const { databaseUrl, withoutRowSecurity, ofTasks } = workerData as Task;

const probed = async (mutations: readonly Mutation[]): Promise<Probed> => {
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
  const jobs = makeJobs({ ...stores, calendar, clock, limits: { ...limits, tasksPerUser: 12 } });
  const useCases = makeUseCases({ ...stores, feed: absentPorts.feed, calendar, keys, clock, limits });
  const ofRequests = await probeRequests(app);
  const failed = (error: unknown): Probed => ({ faults: [String(error)], lines: [] });
  const ofJobs = await probeJobs(app, jobs, useCases, sqlOn(database)).catch(failed);
  const ofPlanning = await probePlanning(useCases).catch(failed);
  await scope.close();
  const all = [ofRequests, ofJobs, ofPlanning];
  return { faults: all.flatMap(({ faults }) => faults), lines: all.flatMap(({ lines }) => lines) };
};

const expected = await probed([]);
/** Returns what is wrong, and what is not as it is without a mutation. */
const wrongWith = async (mutations: readonly Mutation[]): Promise<string[]> => {
  const { faults, lines } = await probed(mutations);
  return [...faults, ...differenceOf(lines, expected.lines)];
};

const outcomes: Outcome[] = [
  { filter: 'none', open: await wrongWith(withoutRowSecurity), guarded: await wrongWith([]) },
];
const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
for (const file of files.filter((name) => (dirname(name) === 'tasks') === ofTasks)) {
  for (const { filter, mutation } of mutationsOf(file)) {
    outcomes.push({
      filter,
      open: await wrongWith([mutation, ...withoutRowSecurity]),
      guarded: await wrongWith([mutation]),
    });
  }
}
parentPort?.postMessage(outcomes);
