// The limit of PostgreSQL itself on this machine, measured by pgbench with the statements of Taskward and of the floor:
// `npm run bench:pgbench`.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { loadPlain, loadTaskward, tidyPlain, tidyTaskward } from './harness/data.ts';
import { openDatabaseServer } from './harness/database.ts';
import { collectFacts, type Facts } from './harness/facts.ts';
import { mixes } from './harness/mixes.ts';
import { migration, poolSize } from './harness/peers.ts';
import { BenchError, run } from './harness/processes.ts';
import { makeProgress } from './harness/progress.ts';
import { spread, table, times } from './harness/report.ts';
import { inSession, notice, type Session, writeResults } from './harness/session.ts';
import { readStatements, type SingleWork, scriptsOf, sharedBy } from './harness/statements.ts';
import { ratioOf, spreadOf } from './harness/statistics.ts';

const works = ['list', 'get', 'create', 'toggle', 'mix'] as const;
// The ways to send the statements: see README.md.
const ways = ['floor', 'alone', 'shared'] as const;
type Way = (typeof ways)[number];
type Work = (typeof works)[number];

interface Limits {
  readonly facts: Facts;
  readonly database: { readonly title: string; readonly facts: Readonly<Record<string, string>> };
  readonly settings: { readonly rounds: number; readonly seconds: number; readonly clients: number };
  /** The possible requests per second, one value per round. */
  readonly rates: Readonly<Record<Work, Readonly<Record<Way, readonly number[]>>>>;
}

const size = { users: 1_000, tasks: 200 };
const shares = mixes['simple-mix'];
const oldestVersion = 15;

const wholeNumber = (text: string) => {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(text);
};

const args = process.argv.slice(2);
const { rounds, seconds } = new Command('npm run bench:pgbench --')
  .option('--rounds <n>', 'how often each measurement is made', wholeNumber, 5)
  .option('--seconds <n>', 'how long each lasts', wholeNumber, 5)
  .parse(args, { from: 'user' })
  .opts<{ rounds: number; seconds: number }>();

/** Finds pgbench in the search path, or the newest one in Debian's directory. */
const findPgbench = async (): Promise<{ file: string; version: string }> => {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  for (const file of ['pgbench', ...versions.map((version) => `${root}/${version}/bin/pgbench`)]) {
    const output = await run({ file, args: ['--version'] }).catch(() => '');
    const [, version] = /(\d+(?:\.\d+)?)/.exec(output) ?? [];
    if (Number(version) >= oldestVersion) return { file, version: version as string };
  }
  throw new BenchError(
    `There is no pgbench of PostgreSQL ${oldestVersion} or newer. Debian and Ubuntu have it in postgresql-contrib, Fedora in ` +
      'postgresql-contrib, Homebrew in postgresql@18; then run this again.',
  );
};

/** The files of the pgbench scripts. */
type Scripts = Readonly<Record<Way, Readonly<Record<SingleWork, string>>>>;

const writeScripts = async (taskward: string, directory: string): Promise<Scripts> => {
  const statements = await readStatements(taskward);
  mkdirSync(directory, { recursive: true });
  const write = (way: 'alone' | 'shared', work: SingleWork): string => {
    const file = join(directory, `${way}-${work}.sql`);
    writeFileSync(file, scriptsOf(statements, work)[way]);
    return file;
  };
  const each = (fileOf: (work: SingleWork) => string) => ({
    list: fileOf('list'),
    get: fileOf('get'),
    create: fileOf('create'),
    toggle: fileOf('toggle'),
  });
  return {
    floor: each((work) => join(import.meta.dirname, 'pgbench', `${work}.sql`)),
    alone: each((work) => write('alone', work)),
    shared: each((work) => write('shared', work)),
  };
};

const filesOf = (scripts: Scripts[Way], work: Work): string[] =>
  work === 'mix'
    ? Object.entries(shares).map(([name, share]) => `--file=${scripts[name as keyof typeof shares]}@${share}`)
    : [`--file=${scripts[work]}`];

// Shared transactions use one connection: Taskward sorts owners to prevent deadlocks, and pgbench cannot.
const clientsOf = (way: Way): number => (way === 'shared' ? 1 : poolSize);

/** Runs pgbench. @returns the possible requests per second */
const drive = async (
  pgbench: string,
  url: string,
  { way, files, duration }: { way: Way; files: readonly string[]; duration: number },
): Promise<number> => {
  const output = await run({
    file: pgbench,
    args: [
      '--no-vacuum',
      '--protocol=prepared',
      `--client=${clientsOf(way)}`,
      `--time=${duration}`,
      ...files,
      ...Object.entries(size).flatMap(([name, value]) => ['-D', `${name}=${value}`]),
      url,
    ],
  });
  const [, rate] = /^tps = ([\d.]+) \(without/m.exec(output) ?? [];
  const [, failed = '0'] = /number of failed transactions: (\d+)/.exec(output) ?? [];
  if (rate === undefined || failed !== '0') throw new BenchError(`pgbench failed:\n${output}`);
  return Number(rate) * (way === 'shared' ? sharedBy : 1);
};

const measure = async ({ cache, defer }: Session): Promise<Limits> => {
  const pgbench = await findPgbench();
  const server = await openDatabaseServer(join(cache, 'database'), notice);
  defer(() => server.release());
  notice(`PostgreSQL ${server.facts.server_version}: ${server.title}. pgbench ${pgbench.version}. Loading …`);
  const plain = await server.create('plain');
  const taskward = await server.create('ours');
  await run(migration(taskward));
  await loadPlain(plain, size);
  await loadTaskward(taskward, size);

  const scripts = await writeScripts(taskward, join(cache, 'pgbench'));

  const found = works.map((work) => ({ work, by: { floor: [], alone: [], shared: [] } as Record<Way, number[]> }));
  const progress = makeProgress(rounds * works.length * ways.length, seconds + 1.2);
  for (let round = 1; round <= rounds; round += 1) {
    for (const { work, by } of found) {
      for (const index of ways.keys()) {
        const way = ways[(index + round) % ways.length] as Way;
        const url = way === 'floor' ? plain : taskward;
        progress.step(`round ${round} of ${rounds}, ${work}`, way);
        const files = filesOf(scripts[way], work);
        await drive(pgbench.file, url, { way, files, duration: 1 });
        by[way].push(await drive(pgbench.file, url, { way, files, duration: seconds }));
      }
    }
    await tidyPlain(plain, size);
    await tidyTaskward(taskward, size);
  }
  const facts = await collectFacts(args, { postgresql: server.facts.server_version ?? '', pgbench: pgbench.version });
  return {
    facts: { ...facts, command: facts.command.replace('npm run bench', 'npm run bench:pgbench') },
    database: { title: server.title, facts: server.facts },
    settings: { rounds, seconds, clients: poolSize },
    rates: Object.fromEntries(found.map(({ work, by }) => [work, by])) as unknown as Limits['rates'],
  };
};

const toMarkdown = ({ facts, database, settings, rates }: Limits): string =>
  [
    '# What the database gives',
    [
      `- ${facts.date} UTC, commit ${facts.commit}: \`${facts.command}\``,
      `- Machine: ${facts.machine.cpu}, ${facts.machine.cores} cores, ${facts.machine.memoryGiB} GiB; pgbench and database share it`,
      `- PostgreSQL: ${database.title}: ${Object.entries(database.facts).flat().join(' ')}`,
      `- pgbench ${facts.versions.pgbench}, prepared, ${settings.clients} connections, shared: one; ${settings.rounds} interleaved rounds of ${settings.seconds} s after 1 s of warming up`,
    ].join('\n'),
    table(
      ['requests/s', ...ways, 'alone / floor', 'shared / floor'],
      works.map((work) => [
        work,
        ...ways.map((way) => spread(spreadOf(rates[work][way]))),
        times(ratioOf(rates[work].alone, rates[work].floor)),
        times(ratioOf(rates[work].shared, rates[work].floor)),
      ]),
    ),
  ].join('\n\n');

await inSession(async (session) => writeResults('pgbench', toMarkdown, await measure(session)));
