import { makeCalendar } from '@taskward/adapters-planning';
import { closeDatabase, makeOwnerPorts, openDatabase } from '@taskward/adapters-postgres';
import type { TaskQuery } from '@taskward/application';
import { defaultSettings, operator, Task, toInstant, type UserId } from '@taskward/domain';
import type { PoolClient } from 'pg';
import { BenchError } from './processes.ts';
import { userId } from './users.ts';

/** A single kind of work. */
export type SingleWork = 'list' | 'get' | 'create' | 'toggle';

/** The prepared statements that Taskward sends to PostgreSQL. */
export interface Statements {
  /** Begins a transaction of one owner. */
  readonly setOwner: string;
  /** Begins a transaction that several owners share. */
  readonly setOwnerInBatch: string;
  /** Switches a shared transaction to the next owner. */
  readonly switchOwner: string;
  readonly list: readonly string[];
  readonly get: readonly string[];
  readonly create: readonly string[];
  readonly toggle: readonly string[];
}

const [one, other] = [userId(1), userId(2)] as [UserId, UserId];
// Later than all loaded tasks: otherwise a completion rule does not apply, and the task is read first.
const at = toInstant(new Date().toISOString());
const newest: TaskQuery = {
  status: 'all',
  sort: [{ field: 'created_at', order: 'desc' }],
  limit: 20,
  offset: 0,
  count: false,
};
const planning = { calendar: makeCalendar(), settings: defaultSettings };
const draft = () => Task.draft(operator, one, { title: 'Buy milk' }, at, planning);
const toggleTask = (task: Task) => task.setCompleted(operator, {}, at, planning);

/** Lets Taskward's adapter do each kind of work once, and reads from PostgreSQL which statements it has prepared. */
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
  const { tasks } = makeOwnerPorts({ database });
  try {
    const [setOwnerInBatch, get] = exactly(2, await preparedBy(tasks.get(one, 1)));
    const [switchOwner] = exactly(1, await preparedBy(Promise.all([tasks.get(one, 1), tasks.get(other, 1)])));
    const list = exactly(2, await preparedBy(tasks.list(one, newest)));
    const create = exactly(1, await preparedBy(tasks.add(draft(), { at })));
    const rule = Task.completionRule(undefined, at);
    const toggle = exactly(1, await preparedBy(tasks.update(one, 1, toggleTask, { at }, rule)));
    const [setOwner] = exactly(2, await preparedBy(tasks.list(one, { ...newest, search: 'milk' })));
    const single = { setOwner, setOwnerInBatch, switchOwner };
    return { ...(single as Record<keyof typeof single, string>), list, get: [get as string], create, toggle };
  } finally {
    await closeDatabase(database);
  }
};

const group = 10;
const numbers = Array.from({ length: group }, (_, index) => index + 1);

// priority, tags, due_date, repeat, reminders, position, metadata; tag_keys, completed_at, due_at
const plannedColumns = 10;

/** The parameters of each kind of work in a pgbench script, for the nth of several owners. */
const valuesOf: Readonly<Record<SingleWork, (owner: string, n: number) => string[][]>> = {
  list: (owner) => [[owner], [owner, '21', '0']],
  get: (owner, n) => [[owner, `:task${n}`]],
  create: (owner) => [
    [
      owner,
      'now()',
      'now()',
      '100000',
      'now()',
      'null',
      'false',
      // What people plan with: priority, tags and so on.
      ...Array(plannedColumns).fill('null'),
      `'Buy milk and bread, then call home'`,
      `'A description of ordinary length for a task, about eighty characters long.'`,
      `''`,
      `''`,
      'null',
    ],
  ],
  toggle: (owner, n) => [[owner, `:task${n}`, 'false', 'true', 'now()', 'null']],
};

// pgbench takes a colon before a letter for a variable of its own, also in JSON.
const filled = (statement: string, values: readonly string[]): string =>
  `${statement.replaceAll(/":(?=\w)/g, '": ').replace(/\$(\d+)/g, (text, place) => {
    const value = values[Number(place) - 1];
    if (value === undefined)
      throw new BenchError(`A statement has a parameter ${text} that pgbench is not told: ${statement}`);
    return `(${value})`;
  })};`;

/**
 * Makes pgbench scripts that send the statements of a kind of work in one pipeline, as Taskward does: for one owner, or
 * for ten who share the transaction. They require the variables `users` and `tasks`.
 */
export const scriptsOf = (statements: Statements, work: SingleWork): Readonly<Record<'alone' | 'shared', string>> => {
  const ownerOf = (n: number) => `md5('user' || :user${n}::text)`;
  const picks = (n: number) => [`\\set user${n} random(1, :users)`, `\\set task${n} random(1, :tasks)`];
  const statementsFor = (n: number) => {
    const values = valuesOf[work](ownerOf(n), n);
    return statements[work].map((statement, index) => filled(statement, values[index] ?? []));
  };
  const oneByOne = (owners: readonly number[], setOwner: string) =>
    owners.flatMap((n) => [filled(n === 1 ? setOwner : statements.switchOwner, [ownerOf(n)]), ...statementsFor(n)]);
  const pipelined = (owners: readonly number[], lines: readonly string[]) =>
    [...owners.flatMap(picks), '\\startpipeline', ...lines, '\\endpipeline', ''].join('\n');
  return {
    alone: pipelined([1], oneByOne([1], statements.setOwner)),
    shared: pipelined(numbers, oneByOne(numbers, statements.setOwnerInBatch)),
  };
};

/** The number of requests in a script with a shared transaction. */
export const sharedBy = group;
