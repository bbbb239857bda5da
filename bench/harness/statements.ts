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
  readonly setOwner: string;
  /** Begins one that several owners share. */
  readonly setOwnerInBatch: string;
  /** Switches it to the next of them. */
  readonly switchOwner: string;
  readonly list: readonly string[];
  readonly get: readonly string[];
  readonly create: readonly string[];
  readonly toggle: readonly string[];
}

const [one, other] = [userId(1), userId(2)] as [UserId, UserId];
// Later than what was loaded, or a tick would be looked at twice.
const at = toInstant(new Date().toISOString());
const newest: TaskQuery = { status: 'all', sort: 'created_at', order: 'desc', limit: 20, offset: 0, count: false };
const draft = () => Task.draft(operator, one, { title: 'Buy milk' }, at);
const toggleTask = (task: Task) => task.setCompleted(operator, undefined, at);

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
    const [setOwnerInBatch, get] = exactly(2, await preparedBy(tasks.get(one, 1)));
    const [switchOwner] = exactly(1, await preparedBy(Promise.all([tasks.get(one, 1), tasks.get(other, 1)])));
    const list = exactly(2, await preparedBy(tasks.list(one, newest)));
    const create = exactly(1, await preparedBy(tasks.add(draft())));
    const foreseen = Task.completionRule(undefined, at);
    const toggle = exactly(1, await preparedBy(tasks.update(one, 1, toggleTask, foreseen)));
    const [setOwner] = exactly(2, await preparedBy(tasks.list(one, { ...newest, search: 'milk' })));
    const single = { setOwner, setOwnerInBatch, switchOwner };
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
      'now()',
      'now()',
      '100000',
      'false',
      `'Buy milk and bread, then call home'`,
      `'A description of ordinary length for a task, about eighty characters long.'`,
      `''`,
      `''`,
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
    owners.flatMap((n) => [filled(n === 1 ? enter : statements.switchOwner, [ownerOf(n)]), ...doneFor(n)]);
  const pipelined = (owners: readonly number[], steps: readonly string[]) =>
    [...owners.flatMap(picks), '\\startpipeline', ...steps, '\\endpipeline', ''].join('\n');
  return {
    alone: pipelined([1], oneByOne([1], statements.setOwner)),
    shared: pipelined(numbers, oneByOne(numbers, statements.setOwnerInBatch)),
  };
};

/** How many requests a script of several owners stands for. */
export const sharedBy = group;
