import { closeDatabase, makeTaskRepository, openDatabase } from '@taskward/adapters-postgres';
import type { TaskQuery } from '@taskward/application';
import { operator, Task, toInstant, type UserId } from '@taskward/domain';
import type { PoolClient } from 'pg';
import { BenchError } from './processes.ts';
import { userId } from './users.ts';

/** Work of one kind. */
export type SingleWork = 'list' | 'get' | 'create' | 'toggle';

/** What Taskward sends to PostgreSQL: statements as they are prepared, with `$1` … for their parameters. */
export interface Statements {
  /** Begins a transaction of one owner's. */
  readonly enterAlone: string;
  /** Begins one that several owners share. */
  readonly enterShared: string;
  /** Hands it on to the next of them. */
  readonly handOn: string;
  readonly list: readonly string[];
  readonly get: readonly string[];
  /** What several ask at once in the place of `get`, with arrays for its parameters. */
  readonly getTogether: string;
  readonly create: readonly string[];
  readonly toggle: readonly string[];
}

const owners = [userId(1), userId(2), userId(3)] as [UserId, UserId, UserId];
const [one, other] = owners;
// Later than what was loaded, or a tick would be looked at twice.
const at = toInstant(new Date().toISOString());
const newest: TaskQuery = { status: 'all', sort: 'created_at', order: 'desc', limit: 20, offset: 0, count: false };
const draft = () => Task.draft(operator, one, { title: 'Buy milk' }, at);
const tick = (task: Task) => task.toggle(operator, at);

/** Has Taskward's own adapter do each kind of work once, and asks PostgreSQL what it has prepared for that. */
export const readStatements = async (databaseUrl: string): Promise<Statements> => {
  const database = openDatabase(databaseUrl, {
    size: 4,
    maxOverflow: 0,
    prePing: false,
    recycleSeconds: 300,
    connectSeconds: 10,
  });
  const clients = new Set<PoolClient>();
  (await database.orm.em.getConnection().getNativeClient()).on('acquire', (client) => clients.add(client));
  const known = new Set<string>();
  const preparedBy = async (work: Promise<unknown>): Promise<string[]> => {
    await work;
    const found: { statement: string }[] = [];
    for (const client of clients) {
      const { rows } = await client.query('select statement from pg_prepared_statements order by prepare_time');
      found.push(...rows);
    }
    const fresh = [...new Set(found.map(({ statement }) => statement))].filter((text) => !known.has(text));
    for (const text of fresh) known.add(text);
    return fresh;
  };
  const exactly = (count: number, texts: string[]): string[] => {
    if (texts.length === count) return texts;
    throw new BenchError(`${count} new statements were expected, not these: ${texts.join('; ') || 'none'}`);
  };
  const tasks = makeTaskRepository({ database });
  try {
    const [enterShared, get] = exactly(2, await preparedBy(tasks.get(one, 1)));
    const [handOn] = exactly(1, await preparedBy(Promise.all([tasks.get(one, 1), tasks.get(other, 1)])));
    const [getTogether] = exactly(1, await preparedBy(Promise.all(owners.map((owner) => tasks.get(owner, 1)))));
    const list = exactly(2, await preparedBy(tasks.list(one, newest)));
    const create = exactly(1, await preparedBy(tasks.add(draft())));
    const foreseen = Task.foreseeTick(operator, one, undefined, at);
    const toggle = exactly(1, await preparedBy(tasks.update(one, 1, tick, foreseen)));
    const [enterAlone] = exactly(2, await preparedBy(tasks.list(one, { ...newest, search: 'milk' })));
    const single = { enterAlone, enterShared, handOn, getTogether };
    return { ...(single as Record<keyof typeof single, string>), list, get: [get as string], create, toggle };
  } finally {
    await closeDatabase(database);
  }
};

const group = 10;
const numbers = Array.from({ length: group }, (_, index) => index + 1);

/** What stands for a work's parameters in a script of pgbench's, of the nth of several owners. */
const valuesOf: Readonly<Record<SingleWork, (owner: string, n: number) => string[][]>> = {
  list: (owner) => [[owner], [owner, '21', '0']],
  get: (owner, n) => [[owner, `:task${n}`]],
  create: (owner) => [
    [
      owner,
      `'Buy milk and bread, then call home'`,
      `'A description of ordinary length for a task, about eighty characters long.'`,
      'false',
      'now()',
      'now()',
    ],
  ],
  toggle: (owner, n) => [[owner, `:task${n}`, 'false', 'true', 'now()']],
};

const filled = (statement: string, values: readonly string[]): string =>
  `${statement.replace(/\$(\d+)/g, (_, place) => `(${values[Number(place) - 1]})`)};`;

/**
 * Scripts for pgbench that send a work's statements in one flight, as Taskward does: of one owner, or of ten who share
 * the transaction. They count on `users` and `tasks`.
 */
export const scriptsOf = (statements: Statements, work: SingleWork): Readonly<Record<'alone' | 'shared', string>> => {
  const ownerOf = (n: number) => `md5('user' || :user${n}::text)`;
  const picks = (n: number) => [`\\set user${n} random(1, :users)`, `\\set task${n} random(1, :tasks)`];
  const doneFor = (n: number) => {
    const values = valuesOf[work](ownerOf(n), n);
    return statements[work].map((statement, index) => filled(statement, values[index] ?? []));
  };
  const oneByOne = (owners: readonly number[], enter: string) =>
    owners.flatMap((n) => [filled(n === 1 ? enter : statements.handOn, [ownerOf(n)]), ...doneFor(n)]);
  const arrayOf = (make: (n: number) => string) => `array[${numbers.map(make).join(', ')}]`;
  const together = () => [
    filled(statements.enterShared, [ownerOf(1)]),
    filled(statements.getTogether, [arrayOf(ownerOf), arrayOf((n) => `:task${n}`)]),
  ];
  const flight = (owners: readonly number[], steps: readonly string[]) =>
    [...owners.flatMap(picks), '\\startpipeline', ...steps, '\\endpipeline', ''].join('\n');
  return {
    alone: flight([1], oneByOne([1], statements.enterAlone)),
    shared: flight(numbers, work === 'get' ? together() : oneByOne(numbers, statements.enterShared)),
  };
};

/** How many requests a script of several owners stands for. */
export const sharedBy = group;
