import { parentPort, workerData } from 'node:worker_threads';
import type { CompatibilitySetting } from '@taskward/adapters-http';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { importMutated, type Mutation } from '../mutation.ts';
import { poolSettings } from '../postgres/database.ts';
import { makeScope } from '../processes/worker.ts';
import { aCaller, anApi, type Caller } from './api.ts';
import { isOtherCollectionOf } from './other-backends.ts';
import { randomCall, type Seen, seeded } from './random-calls.ts';

/** What came of two users doing random things at once. */
export interface Outcome {
  readonly operations: number;
  /** Responses that showed, or writes that reached, a task of the other user. */
  readonly foreign: number;
  /** Requests in another spelling than the contract's. */
  readonly translated: number;
  /** Responses that were replayed. */
  readonly replayed: number;
  readonly statuses: Readonly<Record<number, number>>;
  /** Whether statements were still prepared in the end. */
  readonly prepares: boolean;
  /** Lists that the replica answered. */
  readonly fromReplica: number;
}

// Where a list says how many tasks there are, in the contract and in the shapes of other backends.
const totalOf = ({ headers, json }: LightMyRequestResponse): number => {
  const { meta, data, total = meta?.total ?? data?.total } = json();
  return Number(headers['x-total-count'] ?? total);
};

// Every task carries its writer's id in four places: none of the reader's responses may hold the other's in any. Where
// the reader named the other (a search for them, their path), the count of what was found tells.
const shows = (response: LightMyRequestResponse, other: Caller, url: string, { cursors }: Seen): boolean => {
  if (url.startsWith(other.bare) || isOtherCollectionOf(other, url)) return response.statusCode !== 403;
  if (response.statusCode === 422 && response.json().code === 'idempotency/mismatch') return true;
  // A failure, which a deliberate fault may bring about, repeats the address at most.
  if (response.statusCode === 304 || response.statusCode >= 500) return false;
  // A position in the other's changes is none in the reader's.
  const [, since = ''] = /since=([\w-]+)/.exec(url) ?? [];
  if (cursors.get(other.userId)?.includes(since)) return response.statusCode !== 410;
  // A sentence or an address repeats the tag that was asked for.
  if (response.statusCode >= 400 && url.includes('/tags/'))
    return response.statusCode === 409 && !response.body.includes('tag/exists');
  if (/\/(?:filtered|search)\?/.test(url)) return response.body.includes('"title"');
  if (/(?:search|tag)=/.test(url)) return totalOf(response) !== 0;
  return response.body.includes(other.userId);
};

const tampered = (
  tasks: { user_id: string; title: string; description: string | null; tags: string[] }[],
  me: Caller,
): number =>
  tasks.filter(
    ({ user_id, title, description, tags }) =>
      tags.some((tag) => tag !== me.userId && tag !== 'of both') ||
      user_id !== me.userId ||
      (description ?? me.userId) !== me.userId ||
      !['of both', `of ${me.userId}`].includes(title),
  ).length;

const strict = { prefer: 'handling=strict' };

const twoUsersAtOnce = async (
  app: FastifyInstance,
  { operations, seed, workers = 8 }: Task,
): Promise<Omit<Outcome, 'prepares' | 'fromReplica'>> => {
  const random = seeded(seed);
  const users = [aCaller(app), aCaller(app)] as const;
  const statuses: Record<number, number> = {};
  const seen: Seen = { tags: new Map(), reads: new Map(), newest: new Map(), cursors: new Map() };
  const { tags, reads, newest, cursors } = seen;
  let foreign = 0;
  let translated = 0;
  let replayed = 0;
  let left = operations;

  const work = async () => {
    while (left > 0) {
      left -= 1;
      const [me, other] = random() < 0.5 ? users : ([users[1], users[0]] as const);
      const { method, url, body, headers } = randomCall(random, me, other, seen);
      const response = await me.call(method as 'GET', url, body, headers);
      const { statusCode } = response;
      statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
      if (shows(response, other, url, seen)) foreign += 1;
      // Two lists are never the same one, whatever is in them.
      const { etag = '' } = response.headers;
      if (statusCode === 304 && etag.startsWith('W/') && etag === tags.get(other.userId + url)) foreign += 1;
      if (response.headers['contract-spelling'] !== undefined) translated += 1;
      if (response.headers['idempotency-replayed'] !== undefined) replayed += 1;
      if (statusCode === 201) newest.set(me.userId, Number(String(response.headers.location).split('/').at(-1)));
      if (method !== 'GET' || statusCode !== 200) continue;
      tags.set(me.userId + url, etag);
      reads.set(me.userId, url);
      const { cursor = response.json().meta?.cursor } = response.json();
      if (cursor !== undefined) cursors.set(me.userId, [...(cursors.get(me.userId) ?? []), cursor].slice(-100));
    }
  };
  await Promise.all(Array.from({ length: workers }, work));

  for (const me of users) {
    for (const path of ['', '/trash']) {
      const response = await me.call('GET', `${me.bare}${path}?limit=500`, undefined, strict);
      // With a deliberate fault in it the API may fail here too; what it then shows is nothing.
      if (response.statusCode === 200) foreign += tampered(response.json(), me);
    }
  }
  return { operations, foreign, translated, replayed, statuses };
};

/** What this worker is asked to do. */
export interface Task {
  readonly databaseUrl: string;
  /** A standby that may answer lists. */
  readonly replicaUrl?: string;
  readonly mutations: readonly Mutation[];
  readonly operations: number;
  readonly seed: number;
  /** Requests at once, each on a connection of its own; 8 if not given. */
  readonly workers?: number;
  /** The API's responses differ from the contract so. */
  readonly compatibility?: readonly CompatibilitySetting[];
}

const task = workerData as Task;
const scope = makeScope();
const adapter = await importMutated<typeof import('@taskward/adapters-postgres')>(
  '@taskward/adapters-postgres',
  task.mutations,
);
const database = adapter.openDatabase(task.databaseUrl, { ...poolSettings, size: task.workers ?? poolSettings.size });
const replica =
  task.replicaUrl === undefined ? undefined : adapter.openReplica(database, task.replicaUrl, poolSettings);
await replica?.check();
const ports = adapter.makeOwnerPorts({ database, replica });
const stores = { ...ports, idempotency: adapter.makeIdempotencyStore({ database }) };
const app = await anApi(scope, stores, { compatibility: task.compatibility });
// The other user's stream is 403; one that is not would never end.
app.endEventStreams();
const outcome = await twoUsersAtOnce(app, task);
await scope.close();
await replica?.close();
await adapter.closeDatabase(database);
const fromReplica = replica?.usage.answered ?? 0;
parentPort?.postMessage({ ...outcome, prepares: database.transactions.prepares, fromReplica });
