// Searches that find nothing, and what they cost other users: `npm run bench:search`. See README.md.
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { type DatabaseServer, openDatabaseServer } from './harness/database.ts';
import { collectFacts, type Facts } from './harness/facts.ts';
import { wholeNumber } from './harness/options.ts';
import { makePeer, migration, type Server, serve } from './harness/peers.ts';
import { run } from './harness/processes.ts';
import { makeProgress, type Progress } from './harness/progress.ts';
import { spread, table, times } from './harness/report.ts';
import { rotated } from './harness/rounds.ts';
import { lightUsers, loadSearched, type SearchSize, searchers } from './harness/search-data.ts';
import { driveTogether, type Fairness, type Sample, searchInVain } from './harness/search-load.ts';
import { inSession, notice, type Session, writeResults } from './harness/session.ts';
import { percentile, ratioOf, spreadOf } from './harness/statistics.ts';
import { signedIn } from './harness/users.ts';

interface Options extends SearchSize {
  readonly rounds: number;
  /** Seconds that each measurement of fairness lasts. */
  readonly seconds: number;
  /** Where the checkout of `before` is. */
  readonly before?: string;
}

type ByPeer<T> = Record<string, T>;

interface Results {
  readonly facts: Facts;
  readonly database: Pick<DatabaseServer, 'title' | 'facts'>;
  readonly options: Options;
  /** By the peers' names: what they are. */
  readonly peers: ByPeer<string>;
  /** A sample for each round. */
  readonly searches: readonly { readonly title: string; readonly samples: ByPeer<Sample[]> }[];
  readonly fairness: readonly { readonly title: string; readonly measured: ByPeer<ReturnType<typeof summarize>> }[];
}

const args = process.argv.slice(2);
const options = new Command('npm run bench:search --')
  .option('--tasks <n>', 'tasks of each user who is measured alone', wholeNumber(1), 50_000)
  .option('--heavy-tasks <n>', 'tasks of each user who searches while others work', wholeNumber(1), 5_000)
  .option('--rounds <n>', 'how often each search is made', wholeNumber(1), 5)
  .option('--seconds <n>', 'how long each measurement of fairness lasts', wholeNumber(1), 10)
  .option(
    '--before <directory>',
    'also measure Taskward as it is in another checkout, which has its node_modules',
    (directory) => resolve(directory),
  )
  .parse(args, { from: 'user' })
  .opts<Options>();

const phases = [
  { title: 'nobody else', heavy: 0 },
  { title: '4 heavy users search', heavy: 4 },
  { title: '40 heavy users search', heavy: 40 },
];
const warmUpSeconds = 1;

const startServer = async (databases: DatabaseServer, name: 'ours' | 'before'): Promise<Server> => {
  const { before } = options;
  const url = await databases.create(name);
  await run(migration(url, name === 'before' ? before : undefined));
  notice(`Loading the database of ${name} …`);
  await loadSearched(url, options);
  return serve(makePeer(name, url, { before }));
};

const byPeer = <T>(servers: readonly Server[], make: () => T): ByPeer<T> =>
  Object.fromEntries(servers.map(({ peer }) => [peer.name, make()]));

const measureSearches = async (servers: readonly Server[], progress: Progress): Promise<Results['searches']> => {
  const searches = searchers.flatMap(({ user, terms }) => {
    const headers = signedIn(user);
    return Object.entries(terms).map(([kind, term]) => ({
      title: `${user}, ${kind}`,
      samples: byPeer<Sample[]>(servers, () => []),
      search: (server: Server) => searchInVain(server, user, term, headers),
    }));
  });
  // Once before they count: compilers compile, tables come into memory.
  for (const { search } of searches) for (const server of servers) await search(server);
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const { title, samples, search } of searches) {
      for (const server of rotated(servers, round)) {
        progress.step(`round ${round} of ${options.rounds}`, `${title}: ${server.peer.name}`);
        samples[server.peer.name]?.push(await search(server));
      }
    }
  }
  return searches.map(({ title, samples }) => ({ title, samples }));
};

/** How many responses had each status, the most frequent first. */
const countStatuses = (samples: readonly Sample[]): ByPeer<number> => {
  const counts: ByPeer<number> = {};
  for (const { status } of samples) counts[status] = (counts[status] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([, a], [, b]) => b - a));
};

const summarize = ({ light, heavy }: Fairness) => {
  const latencies = light.map(({ milliseconds }) => milliseconds);
  return {
    requests: light.length,
    statuses: countStatuses(light),
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    max: percentile(latencies, 1),
    searches: heavy.length,
    searchStatuses: countStatuses(heavy),
  };
};

const measureFairness = async (servers: readonly Server[], progress: Progress): Promise<Results['fairness']> => {
  for (const server of servers) await driveTogether(server, 0, warmUpSeconds);
  const found = phases.map((phase) => ({ ...phase, measured: {} as ByPeer<ReturnType<typeof summarize>> }));
  for (const [index, { title, heavy, measured }] of found.entries()) {
    for (const server of rotated(servers, index)) {
      progress.step(`${lightUsers} light users, ${title}`, server.peer.name);
      measured[server.peer.name] = summarize(await driveTogether(server, heavy, options.seconds));
    }
  }
  return found.map(({ title, measured }) => ({ title, measured }));
};

const measure = async ({ cache, defer }: Session): Promise<Results> => {
  const databases = await openDatabaseServer(join(cache, 'database'), notice);
  defer(() => databases.release());
  notice(`PostgreSQL ${databases.facts.server_version}: ${databases.title}.`);
  const servers = [await startServer(databases, 'ours')];
  if (options.before !== undefined) servers.push(await startServer(databases, 'before'));

  const kinds = searchers.flatMap(({ terms }) => Object.keys(terms)).length;
  const progress = makeProgress((options.rounds * kinds + phases.length) * servers.length, 1);
  const searches = await measureSearches(servers, progress);
  const fairness = await measureFairness(servers, progress);
  for (const server of servers) await server.stop();

  const facts = await collectFacts(args, { postgresql: databases.facts.server_version ?? '' });
  return {
    facts: { ...facts, command: facts.command.replace('npm run bench', 'npm run bench:search') },
    database: { title: databases.title, facts: databases.facts },
    options,
    peers: Object.fromEntries(servers.map(({ peer }) => [peer.name, peer.title])),
    searches,
    fairness,
  };
};

const millisecondsOf = (samples: readonly Sample[] = []) => samples.map(({ milliseconds }) => milliseconds);
const listed = (statuses: ByPeer<number>) =>
  Object.entries(statuses)
    .map(([status, count]) => `${count} × ${status}`)
    .join(', ') || '–';

const searchTable = ({ searches, peers }: Results): string => {
  const names = Object.keys(peers);
  const isCompared = names.includes('before');
  return table(
    ['search, ms', ...names, ...(isCompared ? ['ours / before'] : []), ...names.map((name) => `responses of ${name}`)],
    searches.map(({ title, samples }) => [
      title,
      ...names.map((name) => spread(spreadOf(millisecondsOf(samples[name])))),
      ...(isCompared ? [times(ratioOf(millisecondsOf(samples.ours), millisecondsOf(samples.before)))] : []),
      ...names.map((name) => listed(countStatuses(samples[name] ?? []))),
    ]),
  );
};

const fairnessTable = ({ fairness }: Results): string =>
  table(
    [
      'beside the light users',
      'server',
      'requests',
      'responses',
      'p50, ms',
      'p99, ms',
      'max, ms',
      'searches',
      'of them',
    ],
    fairness.flatMap(({ title, measured }) =>
      Object.entries(measured).map(([name, { requests, statuses, p50, p99, max, searches, searchStatuses }]) => [
        title,
        name,
        `${requests}`,
        listed(statuses),
        ...[p50, p99, max].map((milliseconds) => milliseconds.toFixed(1)),
        `${searches}`,
        listed(searchStatuses),
      ]),
    ),
  );

const toMarkdown = (results: Results): string => {
  const { facts, database, peers, options } = results;
  const { tasks, heavyTasks, rounds, seconds } = options;
  return [
    '# Searches that find nothing, and what they cost others',
    [
      `- ${facts.date} UTC, commit ${facts.commit}: \`${facts.command}\``,
      `- Machine: ${facts.machine.cpu}, ${facts.machine.cores} cores, ${facts.machine.memoryGiB} GiB; load, servers and database share it`,
      `- PostgreSQL: ${database.title}: ${Object.entries(database.facts).flat().join(' ')}`,
      `- ${tasks} tasks of 1000 characters for each user who is measured alone; ${rounds} interleaved rounds; medians (min–max)`,
      `- ${lightUsers} light users list and create for ${seconds} s; heavy users have ${heavyTasks} tasks each, one of them ${tasks}`,
      ...Object.entries(peers).map(([name, title]) => `- \`${name}\`: ${title}`),
    ].join('\n'),
    searchTable(results),
    fairnessTable(results),
  ].join('\n\n');
};

await inSession(async (session) => writeResults('search', toMarkdown, await measure(session)));
