import { parentPort, workerData } from 'node:worker_threads';
import { closeDatabase, makeIdempotencyStore, makeOwnerPorts, openDatabase } from '@taskward/adapters-postgres';
import { aCaller, anApi, type Caller } from '../../support/http/api.ts';
import { poolSettings } from '../../support/postgres/database.ts';
import { aPostgresProxy } from '../../support/postgres/postgres-proxy.ts';
import { makeScope } from '../../support/processes/worker.ts';

/** What this worker is asked to do. */
export interface Task {
  readonly databaseUrl: string;
  readonly writes: number;
  /** Whether every write has an `Idempotency-Key`. */
  readonly keyed: boolean;
}

/** The outcome of writes whose connection to the database was cut. */
export interface Outcome {
  readonly writes: number;
  readonly cut: Readonly<Record<'before' | 'after' | 'racing', number>>;
  readonly statuses: Readonly<Record<number, number>>;
  readonly replayed: number;
  /** Responses that said 503 in another form than every other error. */
  readonly misshapen: number;
  /** Changes that were made, by the owners' counters, and those that were asked for. */
  readonly changes: number;
  readonly asked: number;
  /** Created tasks that are not there once, and toggled ones that were not toggled once. */
  readonly wrong: number;
  /** Revisions, up to the last one, that no response carried, or more than one. */
  readonly gaps: number;
}

const task = workerData as Task;
const users = 8;
const workers = 2;
const perWorker = Math.ceil(task.writes / (users * workers));
const scope = makeScope();

const cut = { before: 0, after: 0, racing: 0 };
let cutting = false;
// What becomes of one COMMIT after another, over and over: as many fates as share no factor with the kinds of writes, so
// that each kind meets each fate.
const fates = ['after', 'pass', 'before', 'after', 'racing', 'pass', 'after'] as const;
let commitsSeen = 0;
const proxy = await aPostgresProxy(scope, task.databaseUrl, ({ commits }) => {
  if (!cutting || !commits) return 'pass';
  const fate = fates[commitsSeen % fates.length] ?? 'pass';
  commitsSeen += 1;
  if (fate !== 'pass') cut[fate] += 1;
  return fate;
});
const database = openDatabase(proxy.url, poolSettings);
scope.teardown(() => closeDatabase(database));
const app = await anApi(scope, {
  ...makeOwnerPorts({ database }),
  idempotency: makeIdempotencyStore({ database }),
});

const statuses: Record<number, number> = {};
let replayed = 0;
let misshapen = 0;

// As a careful client does it: the same request with the same key, until there is a response.
const insist = async (me: Caller, method: 'POST' | 'PATCH', url: string, key: string, body?: unknown) => {
  for (;;) {
    const response = await me.call(method, url, body, task.keyed ? { 'idempotency-key': key } : {});
    statuses[response.statusCode] = (statuses[response.statusCode] ?? 0) + 1;
    if (response.headers['idempotency-replayed'] !== undefined) replayed += 1;
    if (response.statusCode === 503) {
      const { code } = response.json();
      const whole = response.headers['content-type']?.startsWith('application/problem+json') && code;
      if (!whole || response.headers['retry-after'] === undefined || response.headers.etag !== undefined)
        misshapen += 1;
    }
    if (response.statusCode !== 503 && response.statusCode !== 409) return response.json();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};

interface Numbered {
  readonly id: number;
  readonly title: string;
  readonly completed: boolean;
  readonly revision: number;
}

const inWorker = async (me: Caller, worker: number) => {
  const revisions: number[] = [];
  const titles: string[] = [];
  const note = (...tasks: Numbered[]) => revisions.push(...tasks.map(({ revision }) => revision));
  for (let n = 0; n < perWorker; n += 1) {
    const key = `${worker}/${n}`;
    // Every other write is one on a task that is there already: made by this worker, so nobody else touches it.
    if (n % 4 === 0 || n % 4 === 2) {
      titles.push(key);
      note(await insist(me, 'POST', me.bare, key, { title: key }));
    } else if (n % 4 === 1) {
      const mine: Numbered[] = (await me.call('GET', `${me.bare}?status=pending&search=${worker}/${n - 1}`)).json();
      const { id } = mine.find(({ title }) => title === `${worker}/${n - 1}`) as Numbered;
      note(await insist(me, 'PATCH', `${me.bare}/${id}/complete`, key));
    } else {
      titles.push(`${key} a`, `${key} b`);
      const operations = [
        { op: 'create', title: `${key} a` },
        { op: 'create', title: `${key} b` },
      ];
      const { results } = await insist(me, 'POST', `${me.bare}/batch`, key, { operations });
      note(...results.map(({ task }: { task: Numbered }) => task));
    }
  }
  return { revisions, titles };
};

let changes = 0;
let asked = 0;
let wrong = 0;
let gaps = 0;
const check = async (me: Caller, found: Awaited<ReturnType<typeof inWorker>>[]) => {
  const response = await me.call('GET', `${me.bare}?limit=500`);
  const tasks: Numbered[] = response.json();
  const revision = Number(/"(\d+)-/.exec(String(response.headers.etag))?.[1]);
  const given = found.flatMap(({ revisions }) => revisions);
  changes += revision;
  asked += given.length;
  gaps += Array.from({ length: revision }, (_, n) => given.filter((one) => one === n + 1).length !== 1).filter(
    Boolean,
  ).length;
  const titles = found.flatMap((one) => one.titles);
  wrong += titles.filter((title) => tasks.filter((one) => one.title === title).length !== 1).length;
  wrong += tasks.filter(({ title, completed }) => !titles.includes(title) || completed !== isToggled(title)).length;
};
const isToggled = (title: string) => {
  const n = Number(title.split('/')[1]?.split(' ')[0]);
  return n % 4 === 0 && n + 1 < perWorker;
};

cutting = true;
const callers = Array.from({ length: users }, () => aCaller(app));
const found = await Promise.all(
  callers.map((me) => Promise.all(Array.from({ length: workers }, (_, worker) => inWorker(me, worker)))),
);
cutting = false;
for (const [index, me] of callers.entries()) await check(me, found[index] ?? []);
const writes = users * workers * perWorker;
const outcome: Outcome = { writes, cut, statuses, replayed, misshapen, changes, asked, wrong, gaps };
await scope.close();
parentPort?.postMessage(outcome);
