import { loginRole, makeImportStore, makeOwnerPorts, makeReminderQueue, migrate } from '@taskward/adapters-postgres';
import type { PoolClient } from 'pg';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aUser, changing } from '../support/builders.ts';
import { open, poolSettings, sharedDatabase, sharedDatabaseUrl } from '../support/postgres/database.ts';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

// Those that look at a table; what stands above them hands on what they found.
const isScan = ({ 'Node Type': type }: Plan) => /^(Seq|Index|Index Only|Bitmap Heap) Scan$/.test(type);

const rowsReadBy = (plan: Plan): number =>
  nodesOf(plan)
    .filter(isScan)
    .reduce(
      (sum, node) => sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
      0,
    );

/**
 * A repository whose every statement the server explains as it has run it: in the role of requests, under row
 * security, prepared.
 */
export const anExplainedRepository = async (t: Test, databaseUrl?: string) => {
  if (databaseUrl === undefined) await sharedDatabase(t);
  const url = new URL(databaseUrl ?? (await sharedDatabaseUrl(t)));
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_timing': 'off',
    'auto_explain.log_format': 'json',
    'auto_explain.log_level': 'notice',
  };
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  url.searchParams.set('options', options.join(' '));
  const database = open(t, url.href, poolSettings);
  if (databaseUrl !== undefined) await migrate(database, await loginRole(database));
  let plans: Plan[] = [];
  const pool = await database.orm.em.getConnection().getNativeClient();
  const heard = new WeakSet<PoolClient>();
  pool.on('acquire', (client: PoolClient) => {
    if (heard.has(client)) return;
    heard.add(client);
    client.on('notice', ({ message = '' }) => {
      const [, json] = /plan:\n(.*)/s.exec(message) ?? [];
      if (json !== undefined) plans.push(JSON.parse(json).Plan);
    });
  });
  const { tasks, changes, planning } = makeOwnerPorts({ database });
  const imports = makeImportStore({ database });
  const reminders = makeReminderQueue({ database });
  const explained = async (work: () => Promise<unknown>) => {
    plans = [];
    await work();
    return {
      rows: plans.reduce((sum, plan) => sum + rowsReadBy(plan), 0),
      scans: plans.flatMap(nodesOf).filter(({ 'Node Type': type }) => type === 'Seq Scan').length,
      sorts: plans.flatMap(nodesOf).filter(({ 'Node Type': type }) => /Sort$/.test(type)).length,
      statements: plans.length,
      plans: JSON.stringify(plans),
    };
  };
  const aUserWith = async (count: number) => {
    const owner = aUser();
    await tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => {
      for (let n = 0; n < count; n += 1)
        unit.add(aDraft(owner, {}, anInstant(new Date(Date.UTC(2026, 0, 1) + n * 1_000).toISOString())));
      return { store: true, result: undefined };
    });
    return owner;
  };
  const analyze = () => database.orm.em.getConnection().execute('analyze');
  const aUserWithLog = async (count: number, later: number) => {
    const owner = await aUserWith(count);
    const change = (ids: readonly number[]) =>
      tasks.transact(owner, { ids }, anOrigin(), (unit) => {
        for (const id of ids) unit.update(id, (task) => changing(owner, { title: `${task.revision}` })(task));
        return { store: true, result: undefined };
      });
    await change([1, 2, 3, 4, 5]);
    await change([6]);
    await tasks.remove(owner, 9, anOrigin());
    for (let n = 0; n < later; n += 1) await change([10]);
    await change([11, 12, 13]);
    return owner;
  };
  return { database, tasks, changes, planning, imports, reminders, explained, aUserWith, aUserWithLog, analyze };
};
