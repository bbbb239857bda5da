import { parentPort, workerData } from 'node:worker_threads';
import { toInstant } from '@taskward/domain';
import fc from 'fast-check';
import type { LightMyRequestResponse } from 'fastify';
import { anApi, type styles } from '../support/http/api.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { importMutated, type Mutation } from '../support/mutation.ts';
import { poolSettings } from '../support/postgres/database.ts';
import { makeScope } from '../support/processes/worker.ts';
import { type Plan, plans, userCount } from './requests.ts';
import { type Pair, World } from './world.ts';

/** What this worker is asked to do. */
export interface Task {
  readonly databaseUrl: string;
  readonly style: keyof typeof styles;
  /** How many commands to run at least. */
  readonly commands: number;
  readonly seed: number;
  readonly mutations: readonly Mutation[];
}

/** What came of it. */
export interface Outcome {
  readonly commands: number;
  /** How many there were of each kind. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<string, number>>;
  readonly replayed: number;
  /** The smallest sequence of commands after which the two responded differently, if there was one. */
  readonly difference?: string;
}

const task = workerData as Task;
const scope = makeScope();
const adapter = await importMutated<typeof import('@taskward/adapters-postgres')>(
  '@taskward/adapters-postgres',
  task.mutations,
);
const database = adapter.openDatabase(task.databaseUrl, poolSettings);
scope.teardown(() => adapter.closeDatabase(database));

let time = Date.parse('2026-11-20T09:30:00.000Z');
const clock = { now: () => toInstant(new Date(time).toISOString()) };
const stores = [
  { ...adapter.makeOwnerPorts({ database }), idempotency: adapter.makeIdempotencyStore({ database }) },
  makeMemoryStores(),
];
const apps = (await Promise.all(stores.map((store) => anApi(scope, store, { clock })))) as unknown as Pair['apps'];
const hand = {
  advance: (milliseconds: number) => {
    time += milliseconds;
  },
};

const statuses: Record<string, number> = {};
let replayed = 0;
const watch = ({ statusCode, headers }: LightMyRequestResponse) => {
  statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
  if (headers['idempotency-replayed'] !== undefined) replayed += 1;
};

let commands = 0;
const kinds: Record<string, number> = {};

class Command implements fc.AsyncCommand<World, object> {
  readonly plan: Plan;
  constructor(plan: Plan) {
    this.plan = plan;
  }
  check(): boolean {
    return true;
  }
  async run(world: World): Promise<void> {
    commands += 1;
    kinds[this.plan.kind] = (kinds[this.plan.kind] ?? 0) + 1;
    await world.carryOut(this.plan);
  }
  toString(): string {
    return JSON.stringify(this.plan);
  }
}

// Every run has users of its own, so runs can share the apps and their stores.
const property = fc.asyncProperty(
  fc.commands(
    plans.map((plan) => plan.map((one) => new Command(one))),
    { maxCommands: 200, size: 'max' },
  ),
  (sequence) =>
    fc.asyncModelRun(
      () => ({ model: new World({ apps, style: task.style, hand, watch }, userCount), real: {} }),
      sequence,
    ),
);

let difference: string | undefined;
for (let round = 0; commands < task.commands && difference === undefined; round += 1) {
  const seed = task.seed + round;
  // Without a time limit: what is interrupted goes on in the background, and moves the clock of the next run.
  const found = await fc.check(property, { numRuns: 10, seed, endOnFailure: true });
  if (!found.failed) continue;
  // A deliberate fault only has to be found; any other is made small, but not for longer than the test may take.
  const path = found.counterexamplePath ?? '';
  const isWanted = task.mutations.length === 0;
  const small = isWanted ? await fc.check(property, { seed, path, interruptAfterTimeLimit: 30_000 }) : found;
  const { counterexample, errorInstance } = small.failed ? small : found;
  difference = `${counterexample} ${errorInstance} (seed ${seed})`;
}
const outcome: Outcome = { commands, kinds, statuses, replayed, ...(difference !== undefined && { difference }) };
await scope.close();
parentPort?.postMessage(outcome);
