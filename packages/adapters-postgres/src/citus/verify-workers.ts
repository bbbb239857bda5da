import type { Execute } from '../isolation/job.ts';
import { jobsRole, requestRole, schema } from '../schema/names.ts';
import { distributedTables, hasCitus } from './distribute.ts';

interface Answer {
  node: string;
  success: boolean;
  result: string;
}

const roleFacts = (name: string): string =>
  `select concat_ws(',', case when rolsuper then 'superuser' end, case when rolbypassrls then 'bypassrls' end, case when not rolcanlogin then 'nologin' end) from pg_roles where rolname = '${name}'`;

const isForced = `select relrowsecurity and relforcerowsecurity from pg_class where oid = '%s'::regclass`;

const remedies: Readonly<Record<string, string>> = {
  superuser: 'nosuperuser',
  bypassrls: 'nobypassrls',
  nologin: 'login',
};

const roleFaults = async (execute: Execute, name: string): Promise<string[]> => {
  const answers = await execute<Answer>(
    `select nodename || ':' || nodeport as node, success, result from run_command_on_workers(?)`,
    [roleFacts(name)],
  );
  return answers.flatMap(({ node, success, result }) =>
    success
      ? result
          .split(',')
          .filter((fact) => fact !== '')
          .map(
            (fact) => `${name} is ${fact} on ${node}: run \`alter role ${name} ${remedies[fact]}\` on the coordinator.`,
          )
      : [`The worker ${node} does not say what ${name} may do there: ${result}`],
  );
};

const tableFaults = async (execute: Execute, table: string): Promise<string[]> => {
  const [open] = await execute<{ shards: number }>(
    `select count(*)::integer as shards from run_command_on_shards(?, ?) where result is distinct from 't'`,
    [table, isForced],
  );
  return open?.shards
    ? [
        `${open.shards} shards of ${table} are open: run \`alter table ${table} enable row level security, force row level security\` on the coordinator.`,
      ]
    : [];
};

/**
 * Verifies the workers of a database with Citus: there, too, the roles of requests and jobs are no superusers and do not
 * bypass row security, and every shard has it forced. Citus connects as them, so they can log in.
 * @returns a sentence for each fault; none on other databases
 */
export const faultsOnWorkers = async (execute: Execute): Promise<string[]> => {
  if (!(await hasCitus(execute))) return [];
  const faults: string[] = [];
  for (const name of [requestRole, jobsRole]) faults.push(...(await roleFaults(execute, name)));
  for (const [name] of distributedTables) {
    const table = `${schema}.${name}`;
    const [found] = await execute('select from pg_dist_partition where logicalrelid = to_regclass(?)', [table]);
    if (found === undefined) faults.push(`${table} is on the coordinator only: run \`npm run migrate\`.`);
    else faults.push(...(await tableFaults(execute, table)));
  }
  return faults;
};
