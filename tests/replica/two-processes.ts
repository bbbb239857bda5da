import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { aCaller, anApi, type Caller } from '../support/http/api.ts';
import { seeded } from '../support/http/random-calls.ts';
import { importMutated, type Mutation } from '../support/mutation.ts';
import { poolSettings } from '../support/postgres/database.ts';
import { makeScope } from '../support/processes/worker.ts';

/** What this worker is asked to do. */
export interface Task {
  readonly primaryUrl: string;
  readonly replicaUrl: string;
  readonly mutations: readonly Mutation[];
  /** Reads that are looked at. */
  readonly reads: number;
}

/** What came of writing through one process and reading through another. */
export interface Outcome {
  readonly reads: number;
  /** Reads that missed a write of the same user that had been answered before. */
  readonly stale: number;
  /** Responses that were neither a write's nor a list. */
  readonly failed: number;
  /** Reads that a replica answered, was behind for, and failed. */
  readonly usage: { answered: number; behind: number; failed: number };
}

/** A user, as a client of both processes, and the tasks that there must be. */
interface User {
  readonly at: readonly [Caller, Caller];
  readonly titles: Map<number, string>;
}

const { primaryUrl, replicaUrl, mutations, reads: wanted } = workerData as Task;
const clients = 8;
// So many that most of them have not been found behind lately: then the replica is asked.
const usersPerClient = 40;

const scope = makeScope();
const adapter = await importMutated<typeof import('@taskward/adapters-postgres')>(
  '@taskward/adapters-postgres',
  mutations,
);

const aProcess = async () => {
  const database = adapter.openDatabase(primaryUrl, poolSettings);
  const replica = adapter.openReplica(database, replicaUrl, poolSettings);
  scope.teardown(() => adapter.closeDatabase(database));
  scope.teardown(() => replica.close());
  const app = await anApi(scope, adapter.makeOwnerPorts({ database, replica }));
  await replica.check();
  return { app, replica };
};
const processes = [await aProcess(), await aProcess()] as const;
const [first, second] = processes;

const aUserOfBoth = (): User => {
  const here = aCaller(first.app);
  return { at: [here, aCaller(second.app, here.userId)], titles: new Map() };
};
const random = seeded(1);
const any = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;

const counts = { reads: 0, stale: 0, failed: 0 };
let titles = 0;

const write = async ({ at, titles: known }: User) => {
  titles += 1;
  const title = `title ${titles}`;
  const id = any([...known.keys()]);
  const kind = known.size < 3 ? 'create' : any(['create', 'update', 'update', 'delete']);
  const { call } = any(at);
  const response =
    kind === 'create'
      ? await call('POST', '/api/tasks', { title })
      : kind === 'update'
        ? await call('PUT', `/api/tasks/${id}`, { title })
        : await call('DELETE', `/api/tasks/${id}`);
  if (response.statusCode >= 300) counts.failed += 1;
  else if (kind === 'delete') known.delete(id);
  else known.set(response.json().data.id, title);
};

const lists = [
  '/api/tasks?limit=500',
  '/api/tasks?limit=500&sort=title',
  '/api/tasks?limit=500&search=title&count=true',
  '/api/tasks?limit=500&status=pending',
];

const read = async ({ at, titles: known }: User) => {
  counts.reads += 1;
  const response = await any(at).call('GET', any(lists));
  if (response.statusCode !== 200) {
    counts.failed += 1;
    return;
  }
  const found = response.json().data as { id: number; title: string }[];
  if (found.length !== known.size || found.some(({ id, title }) => known.get(id) !== title)) counts.stale += 1;
};

const quiet = Array.from({ length: 20 }, aUserOfBoth);
const users = Array.from({ length: clients * usersPerClient }, aUserOfBoth);
await Promise.all([...quiet, ...users].map((user) => write(user)));
// What those wrote who do not write again is replayed in the end, however far the replica is behind.
const answered = () => processes.reduce((sum, { replica }) => sum + replica.usage.answered, 0);
for (const before = answered(); answered() < before + quiet.length; await wait(300)) await Promise.all(quiet.map(read));

await Promise.all(
  Array.from({ length: clients }, async (_, client) => {
    const own = users.slice(client * usersPerClient, (client + 1) * usersPerClient);
    while (counts.reads < wanted) {
      const user = any(own);
      await write(user);
      await read(user);
      await read(user);
      await read(quiet[client] as User);
    }
  }),
);

const usage = { answered: 0, behind: 0, failed: 0 };
for (const { replica } of processes) {
  for (const name of ['answered', 'behind', 'failed'] as const) usage[name] += replica.usage[name];
}
await scope.close();
parentPort?.postMessage({ ...counts, usage } satisfies Outcome);
