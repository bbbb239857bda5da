// The cost of command-line jobs: `npm run bench:jobs`. Imports 100 000 rows and exports 1 000 000 tasks, each in a process
// of its own, compared with `psql \copy` of the same rows into and out of the same tables, which is the database's limit.
// Rounds are interleaved in one run on an embedded PostgreSQL. Quote the ratios: times depend on the machine.
import { spawn, spawnSync } from 'node:child_process';
import { openSync, rmSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedDatabase } from '@taskward/embedded-database';
import { spread, tenth } from './harness/report.ts';
import { ratioOf, spreadOf } from './harness/statistics.ts';

const rounds = 3;
const imported = 100_000;
const exported = 1_000_000;
const root = join(import.meta.dirname, '..');

if (spawnSync('psql', ['--version']).status !== 0) {
  console.error('This needs psql beside it: install your system’s PostgreSQL client, and run it again.');
  process.exit(1);
}

const directory = await mkdtemp(join(tmpdir(), 'taskward-bench-'));
// PostgreSQL may run as another user, who needs access.
await chmod(directory, 0o755);
const database = await startEmbeddedDatabase({ directory });

interface Run {
  readonly seconds: number;
  /** Peak resident memory, in MB; not measured for psql. */
  readonly memory: number | undefined;
}

const reportMemory = `data:text/javascript,process.on('exit',()=>process.stderr.write('\\npeak '+process.resourceUsage().maxRSS))`;
const devNull = openSync('/dev/null', 'w');

const run = async (command: string, args: readonly string[], env: Record<string, string> = {}): Promise<Run> => {
  const start = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', devNull, 'pipe'], env: { ...process.env, ...env } });
  let errors = '';
  child.stderr?.on('data', (text) => {
    errors += text;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${errors}`);
  const seconds = (performance.now() - start) / 1_000;
  const peak = /peak (\d+)/.exec(errors)?.[1];
  return { seconds, memory: peak === undefined ? undefined : Number(peak) / 1_024 };
};

const taskward = (...args: string[]) =>
  run(process.execPath, ['--import', reportMemory, join(root, 'apps/cli/src/main.ts'), ...args], {
    DATABASE_URL: database.url,
    TASKWARD_DATA_DIR: directory,
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compile'),
  });
const psql = (...commands: string[]) =>
  run('psql', [
    database.url,
    '--no-psqlrc',
    '--quiet',
    '--set=ON_ERROR_STOP=1',
    ...commands.flatMap((command) => ['-c', command]),
  ]);

const taskOf = (n: number) => ({
  title: `Buy milk and ${n} other things`,
  description: n % 3 === 0 ? `Two litres, oat if they have it, number ${n}` : '',
  completed: n % 4 === 0,
  time: new Date(Date.UTC(2026, n % 9, 1 + (n % 28), n % 24, n % 60, n % 60, n % 1_000)).toISOString(),
});

const rows = Array.from({ length: imported }, (_, n) => ({ n: n + 1, ...taskOf(n + 1) }));
const file = join(directory, 'tasks.csv');
writeFileSync(
  file,
  `external_id,title,description,completed,created_at\n${rows
    .map(({ n, title, description, completed, time }) => `k${n},${title},"${description}",${completed},${time}\n`)
    .join('')}`,
);

/** Writes the same rows as the tables store them. @returns a function that copies them in */
const copied = (user: string) => {
  const [tasks, imports] = [join(directory, 'copy-tasks.csv'), join(directory, 'copy-imports.csv')];
  writeFileSync(
    tasks,
    rows
      .map(
        ({ n, title, description, completed, time }) =>
          `${user},${n},${title},"${description}",${completed},${time},${time},${n}\n`,
      )
      .join(''),
  );
  writeFileSync(imports, rows.map(({ n }) => `${user},k${n},${n}\n`).join(''));
  return () =>
    psql(
      `insert into taskward.users values ('${user}', ${imported}, ${imported}, now())`,
      `\\copy taskward.tasks from '${tasks}' csv`,
      `\\copy taskward.imports from '${imports}' csv`,
    );
};

const columns = 'id, title, description, completed, created_at, updated_at, revision';
const copyOut = `\\copy (select ${columns} from taskward.tasks where user_id = 'million' order by created_at, id) to stdout csv header`;

const importRows = `import of ${imported.toLocaleString('en')} rows (CSV)`;
const exportRows = (format: string) => `export of ${exported.toLocaleString('en')} tasks (${format})`;
const contests: {
  name: string;
  limit: string;
  ours: (round: number) => Promise<Run>;
  theirs?: (round: number) => Promise<Run>;
}[] = [
  {
    name: importRows,
    limit: '`\\copy` into tasks and imports',
    ours: (round) => taskward('import', file, '--user', `import-${round}`),
    theirs: (round) => copied(`copy-${round}`)(),
  },
  {
    name: 'the same rows again: nothing is new',
    limit: '',
    ours: (round) => taskward('import', file, '--user', `import-${round}`),
  },
  {
    name: exportRows('CSV'),
    limit: '`\\copy (select …) to stdout csv`',
    ours: () => taskward('export', '--format', 'csv', '--user', 'million'),
    theirs: () => psql(copyOut),
  },
  { name: exportRows('NDJSON'), limit: '', ours: () => taskward('export', '--format', 'ndjson', '--user', 'million') },
  { name: exportRows('iCalendar'), limit: '', ours: () => taskward('export', '--format', 'ics', '--user', 'million') },
  {
    name: 'for comparison: a list of one task',
    limit: '',
    ours: () => taskward('list', '--limit', '1', '--user', 'million'),
  },
];

try {
  await taskward('migrate');
  await psql(
    `insert into taskward.users values ('million', ${exported}, ${exported}, now())`,
    `insert into taskward.tasks select 'million', n, 'Buy milk and ' || n || ' other things',
       case when n % 3 = 0 then 'Two litres, oat if they have it, number ' || n end, n % 4 = 0,
       timestamptz '2026-01-01Z' + n * interval '20 seconds', timestamptz '2026-01-01Z' + n * interval '20 seconds', n
     from generate_series(1, ${exported}) n`,
    'vacuum analyze taskward.tasks',
  );
  const results = contests.map((contest) => ({ ...contest, mine: [] as Run[], limits: [] as Run[] }));
  for (let round = 1; round <= rounds; round += 1) {
    for (const contest of results) {
      process.stderr.write(`round ${round} of ${rounds}: ${contest.name}\n`);
      contest.mine.push(await contest.ours(round));
      if (contest.theirs !== undefined) contest.limits.push(await contest.theirs(round));
    }
  }
  const { stdout: version } = spawnSync('psql', [database.url, '-Atc', 'show server_version'], { encoding: 'utf8' });
  const lines = [
    `Node ${process.version}, PostgreSQL ${version.trim()} (embedded, fsync on), ${cpus().length} × ${cpus()[0]?.model.trim()}, ${rounds} interleaved rounds; medians (min–max).`,
    'Each run is a process from its start to its end; about a second of that is starting up. The limit is `psql`.',
    '',
    '| work | seconds | peak memory, MB | limit, seconds | against the limit |',
    '| --- | --- | --- | --- | --- |',
    ...results.map(({ name, limit, mine, limits }) => {
      const seconds = mine.map((one) => one.seconds);
      const memory = Math.max(...mine.map((one) => one.memory ?? 0)).toFixed(0);
      const base = limits.map((one) => one.seconds);
      const ratio = ratioOf(seconds, base);
      const against =
        ratio === undefined ? '– | –' : `${spread(spreadOf(base), tenth)}: ${limit} | ${ratio.median.toFixed(2)}×`;
      return `| ${name} | ${spread(spreadOf(seconds), tenth)} | ${memory} | ${against} |`;
    }),
  ];
  console.log(lines.join('\n'));
  writeFileSync(join(import.meta.dirname, 'results/jobs.md'), `${lines.join('\n')}\n`);
} finally {
  await database.release();
  rmSync(directory, { recursive: true, force: true });
}
