import { parentPort, workerData } from 'node:worker_threads';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { aCaller, anApi, type Caller } from '../support/api.ts';
import { poolSettings } from '../support/database.ts';
import { importMutated, type Mutation } from '../support/mutation.ts';
import { makeScope } from '../support/worker.ts';

/** What came of two users doing random things at once. */
export interface Outcome {
  readonly operations: number;
  /** Answers that showed, or writes that reached, a task of the other user. */
  readonly foreign: number;
  readonly statuses: Readonly<Record<number, number>>;
}

const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

// Small and seeded, so that a failure can be repeated (mulberry32).
const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

const randomCall = (random: () => number, me: Caller, other: Caller): [string, string, unknown?] => {
  const collection = pick(random, [me.bare, '/api/tasks']);
  const one = `${collection}/${1 + Math.floor(random() * 40)}`;
  const mark = { title: `of ${me.userId}`, description: me.userId };
  switch (Math.floor(random() * 11)) {
    case 0:
    case 1:
      return ['POST', collection, mark];
    case 2:
      return ['GET', collection];
    case 3:
      return ['GET', `${collection}?search=${encodeURIComponent(other.userId)}&count=true`];
    case 4:
      return ['GET', `${collection}?sort=title&status=${pick(random, ['all', 'pending', 'completed'])}&limit=3`];
    case 5:
    case 6:
      return ['GET', one];
    case 7:
      return ['PUT', one, { ...mark, completed: random() < 0.5 }];
    case 8:
      return ['PATCH', `${one}/complete`];
    case 9:
      return ['DELETE', one];
    default:
      return [pick(random, ['GET', 'DELETE', 'PATCH']), `${other.bare}/1`, undefined];
  }
};

// Every task carries its writer's id in three places: none of the reader's answers may hold the other's in any. Where
// the reader named the other (a search for them, their path), the count of what was found tells.
const shows = (response: LightMyRequestResponse, other: Caller, url: string): boolean => {
  if (url.startsWith(other.bare)) return response.statusCode !== 403;
  if (url.includes('search=')) return Number(response.headers['x-total-count'] ?? response.json().meta?.total) !== 0;
  return response.body.includes(other.userId);
};

const tampered = (tasks: { user_id: string; title: string; description: string | null }[], me: Caller): number =>
  tasks.filter(
    ({ user_id, title, description }) =>
      user_id !== me.userId || title !== `of ${me.userId}` || description !== me.userId,
  ).length;

const twoUsersAtOnce = async (app: FastifyInstance, { operations, seed }: Task): Promise<Outcome> => {
  const random = seeded(seed);
  const users = [aCaller(app), aCaller(app)] as const;
  const statuses: Record<number, number> = {};
  let foreign = 0;
  let left = operations;

  const work = async () => {
    while (left > 0) {
      left -= 1;
      const [me, other] = random() < 0.5 ? users : ([users[1], users[0]] as const);
      const [method, url, body] = randomCall(random, me, other);
      const response = await me.call(method as 'GET', url, body);
      statuses[response.statusCode] = (statuses[response.statusCode] ?? 0) + 1;
      if (shows(response, other, url)) foreign += 1;
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));

  for (const me of users) {
    const response = await me.call('GET', `${me.bare}?limit=500`);
    foreign += tampered(response.json(), me);
  }
  return { operations, foreign, statuses };
};

/** What this worker is asked to do. */
export interface Task {
  readonly databaseUrl: string;
  readonly mutations: readonly Mutation[];
  readonly operations: number;
  readonly seed: number;
}

const task = workerData as Task;
const scope = makeScope();
const adapter = await importMutated<typeof import('@taskward/adapters-postgres')>(
  '@taskward/adapters-postgres',
  task.mutations,
);
const database = adapter.openDatabase(task.databaseUrl, poolSettings);
const app = await anApi(scope, adapter.makeTaskRepository({ database }));
const outcome = await twoUsersAtOnce(app, task);
await scope.close();
await adapter.closeDatabase(database);
parentPort?.postMessage(outcome);
