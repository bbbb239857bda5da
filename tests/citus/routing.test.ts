import { readFileSync } from 'node:fs';
import type { Database } from '@taskward/adapters-postgres';
import t from 'tap';
import type { Recorded } from './record-statements.ts';
import { ownCitusDatabase, whyNoCitus } from './support.ts';

/** What goes to several workers, and why that is as it has to be. */
const reasons: readonly (readonly [statement: RegExp, reason: string])[] = [
  [/^select id, revision from taskward\.users where id = any/, 'the feed asks for all users whom somebody waits for'],
  [/^select id from taskward\.users\b.* order by id limit/, 'the operator lists users'],
  [/^select user_id from taskward\.idempotency_usage where since <=/, 'a job finds windows that have ended'],
  [/^select user_id, key from taskward\.idempotency_keys where created_at <=/, 'a job finds keys that are old'],
  [/^select distinct user_id from .*taskward\.changes where at <=/, 'a job finds whose changes are old'],
];

const tables = 'users|tasks|imports|idempotency_keys|idempotency_usage|changes';
const reachesUsers = new RegExp(
  `^\\s*\\(?(?:with|select|insert|update|delete)\\b[^]*(?:from|join|into|update) taskward\\.(?:${tables})\\b`,
  'i',
);

const literal = (value: string | null): string => (value === null ? 'null' : `'${value.replaceAll("'", "''")}'`);

/** How Citus plans a statement: how many tasks each part of its plan has. */
const tasksOf = (database: Database, { text, values }: Recorded): Promise<number[]> =>
  database.transactions.transaction(60_000, async (run) => {
    await run(`prepare recorded as ${text}`);
    const given = values.length > 0 ? `(${values.map(literal).join(', ')})` : '';
    const plan = await run<{ 'QUERY PLAN': string }>(`explain execute recorded${given}`);
    await run('deallocate recorded');
    const lines = plan.map((row) => row['QUERY PLAN']);
    const counts = lines.flatMap((line) => /Task Count: (\d+)/.exec(line)?.[1] ?? []).map(Number);
    // What is read on one worker and written on another passes the coordinator.
    return lines.some((line) => /Distributed Subplan|pull to coordinator/.test(line)) ? [...counts, 0] : counts;
  });

const recorded = (file: string): Recorded[] => {
  const all = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Recorded => JSON.parse(line));
  return [...new Map(all.map((one) => [one.text, one])).values()].filter(({ text }) => reachesUsers.test(text));
};

const file = process.env.TASKWARD_STATEMENTS;
const skip =
  file === undefined
    ? 'needs TASKWARD_STATEMENTS, a file that the suite wrote with tests/citus/record-statements.ts (CONTRIBUTING.md)'
    : await whyNoCitus(t);

// Before anything is sent from here, which would be recorded, too.
const statements = skip === false ? recorded(file as string) : [];

t.test('every statement that the suite issued goes to one worker, or is listed with a reason', { skip }, async (t) => {
  const { database } = await ownCitusDatabase(t);
  let routed = 0;
  const used = new Set<string>();
  for (const statement of statements) {
    const tasks = await tasksOf(database, statement).catch((error: Error) => [error.message]);
    if (tasks.length === 1 && tasks[0] === 1) {
      routed += 1;
      continue;
    }
    const [, reason] = reasons.find(([pattern]) => pattern.test(statement.text)) ?? [];
    if (reason === undefined) t.fail(`${JSON.stringify(tasks)} tasks`, { statement: statement.text });
    else used.add(reason);
  }
  t.comment(`${routed} of ${statements.length} statements go to one worker; the others: ${[...used].join('; ')}`);
  t.ok(routed > 100, `${routed} statements go to one worker`);
  t.equal(used.size, new Set(reasons.map(([, reason]) => reason)).size, 'every reason that is listed is needed');

  const foreign = { text: 'select count(*) from taskward.tasks where $1::text is not null', values: ['x'] };
  t.not((await tasksOf(database, foreign))[0], 1, 'without an owner a statement goes to several: this test can fail');
});
