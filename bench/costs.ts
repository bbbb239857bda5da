// What a request and a task cost: `npm run bench:costs`. See README.md. docs/scaling.md reckons with these figures.
import { join } from 'node:path';
import { Command } from 'commander';
import pg from 'pg';
import { cpuOfFamily, parentOf } from './harness/cpu.ts';
import { loadTaskward, type Size } from './harness/data.ts';
import { type DatabaseServer, openDatabaseServer } from './harness/database.ts';
import { collectFacts, type Facts } from './harness/facts.ts';
import { findLoadGenerator } from './harness/load.ts';
import { wholeNumber } from './harness/options.ts';
import { makePeer, migration, type Server, serve } from './harness/peers.ts';
import { run } from './harness/processes.ts';
import { spread, table } from './harness/report.ts';
import { inSession, notice, type Session, writeResults } from './harness/session.ts';
import { spreadOf } from './harness/statistics.ts';
import { writeUsers } from './harness/users.ts';

const works = ['list', 'get', 'create', 'toggle'] as const;
type Work = (typeof works)[number];

interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly users: number;
  readonly connections: number;
}

/** What one measurement cost, for each request. */
interface Cost {
  readonly requestsPerSecond: number;
  /** CPU milliseconds of the API's process. */
  readonly api: number;
  /** CPU milliseconds of all processes of PostgreSQL. */
  readonly database: number;
  /** Bytes written to the write-ahead log. */
  readonly wal: number;
  /** Bytes by which the tables and their indexes have grown. */
  readonly disk: number;
}

interface Results {
  readonly facts: Facts;
  readonly database: Pick<DatabaseServer, 'title' | 'facts'>;
  readonly options: Options;
  readonly generator: string;
  /** Bytes on disk for each loaded task: the row, and its indexes. */
  readonly perTask: { readonly row: number; readonly indexes: number };
  readonly costs: Readonly<Record<Work, readonly Cost[]>>;
}

const args = process.argv.slice(2);
const options = new Command('npm run bench:costs --')
  .option('--rounds <n>', 'how often each measurement is made', wholeNumber(1), 3)
  .option('--seconds <n>', 'how long each measurement lasts', wholeNumber(1), 5)
  .option('--users <n>', 'users, with 200 tasks each', wholeNumber(1), 1_000)
  .option('--connections <n>', 'concurrent clients', wholeNumber(1), 32)
  .parse(args, { from: 'user' })
  .opts<Options>();

const size: Size = { users: options.users, tasks: 200 };

const selectDisk = `select coalesce(sum(pg_table_size(c.oid)), 0)::float8 as tables,
    coalesce(sum(pg_indexes_size(c.oid)), 0)::float8 as indexes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'taskward' and c.relkind in ('r', 'p')`;

/** Reads what the database has used so far. */
const makeMeter = async (url: string, { defer }: Session) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  defer(() => client.end().catch(() => {}));
  const one = async (sql: string): Promise<Record<string, number>> => (await client.query(sql)).rows[0];
  const { pid = 0 } = await one('select pg_backend_pid() as pid');
  const postmaster = parentOf(pid);
  return {
    /** Bytes of all tables of Taskward, without and with their indexes. */
    disk: async () => {
      const { tables = 0, indexes = 0 } = await one(selectDisk);
      return { tables, indexes, all: tables + indexes };
    },
    wal: async () => (await one("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as at")).at ?? 0,
    cpu: () => cpuOfFamily(postmaster),
    settle: () => client.query('vacuum (analyze) taskward.users, taskward.tasks, taskward.changes'),
  };
};

type Meter = Awaited<ReturnType<typeof makeMeter>>;

const measureOne = async (
  server: Server,
  meter: Meter,
  drive: () => Promise<{ requests: number; requestsPerSecond: number }>,
): Promise<Cost> => {
  await meter.settle();
  const read = async () => ({
    api: server.cpu(),
    database: meter.cpu(),
    wal: await meter.wal(),
    disk: (await meter.disk()).all,
  });
  const before = await read();
  const { requests, requestsPerSecond } = await drive();
  const after = await read();
  const each = (name: keyof typeof before, unit = 1) => ((after[name] - before[name]) * unit) / requests;
  return {
    requestsPerSecond,
    api: each('api', 1_000),
    database: each('database', 1_000),
    wal: each('wal'),
    disk: each('disk'),
  };
};

const measure = async (session: Session): Promise<Results> => {
  const { directory, cache, defer } = session;
  const generator = await findLoadGenerator();
  const databases = await openDatabaseServer(join(cache, 'database'), notice);
  defer(() => databases.release());
  const url = await databases.create('costs');
  await run(migration(url));
  const meter = await makeMeter(url, session);
  const empty = await meter.disk();
  notice(`Loading ${size.users} users with ${size.tasks} tasks each …`);
  await loadTaskward(url, size);
  const loaded = await meter.disk();
  const tasks = size.users * size.tasks;

  const server = await serve(makePeer('ours', url, { python: undefined, before: undefined }));
  const file = join(directory, 'users');
  writeUsers(file, size.users);
  const costs: Record<Work, Cost[]> = { list: [], get: [], create: [], toggle: [] };
  for (let round = 0; round <= options.rounds; round += 1) {
    notice(round === 0 ? 'Warming up …' : `Round ${round} of ${options.rounds} …`);
    for (const work of works) {
      const { connections, seconds } = options;
      const load = { work, file, ...size, url: server.url, ids: server.peer.ids, connections, seconds, seed: round };
      const cost = await measureOne(server, meter, () => generator.drive(load));
      if (round > 0) costs[work].push(cost);
    }
  }
  await server.stop();
  const facts = await collectFacts(args, { postgresql: databases.facts.server_version ?? '' });
  return {
    facts: { ...facts, command: facts.command.replace('npm run bench', 'npm run bench:costs') },
    database: { title: databases.title, facts: databases.facts },
    options,
    generator: generator.title,
    perTask: {
      row: (loaded.tables - empty.tables) / tasks,
      indexes: (loaded.indexes - empty.indexes) / tasks,
    },
    costs,
  };
};

const thousandth = (value: number) => value.toFixed(3);
const column = (costs: readonly Cost[], name: keyof Cost, show?: (value: number) => string) =>
  spread(spreadOf(costs.map((cost) => cost[name])), show);

const toMarkdown = ({ facts, database, options, generator, perTask, costs }: Results): string =>
  [
    '# What a request and a task cost',
    [
      `- ${facts.date} UTC, commit ${facts.commit}: \`${facts.command}\``,
      `- Machine: ${facts.machine.cpu}, ${facts.machine.cores} cores, ${facts.machine.memoryGiB} GiB; load, server and database share it`,
      `- PostgreSQL: ${database.title}: ${Object.entries(database.facts).flat().join(' ')}`,
      `- Load: ${generator}, ${options.connections} connections, ${options.rounds} rounds of ${options.seconds} s; medians (min–max)`,
      `- ${options.users} users with ${size.tasks} tasks each, most with a priority, tags and a due date`,
    ].join('\n'),
    `A task takes ${Math.round(perTask.row)} bytes on disk, and ${Math.round(perTask.indexes)} in indexes.`,
    table(
      [
        'for each request',
        'CPU ms, API',
        'CPU ms, PostgreSQL',
        'bytes of WAL',
        'bytes of growth',
        'requests per second',
      ],
      works.map((work) => [
        work,
        column(costs[work], 'api', thousandth),
        column(costs[work], 'database', thousandth),
        column(costs[work], 'wal'),
        column(costs[work], 'disk'),
        column(costs[work], 'requestsPerSecond'),
      ]),
    ),
  ].join('\n\n');

await inSession(async (session) => writeResults('costs', toMarkdown, await measure(session)));
