// What event streams cost: `npm run bench:streams`. See README.md. It measures the memory of idle streams in a process of its
// own, and requests beside open streams against the same requests without them, in interleaved rounds on one server.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Command } from 'commander';
import { loadTaskward, type Size, tidyTaskward } from './harness/data.ts';
import { type DatabaseServer, openDatabaseServer } from './harness/database.ts';
import { collectFacts, type Facts } from './harness/facts.ts';
import { findLoadGenerator } from './harness/load.ts';
import { wholeNumber } from './harness/options.ts';
import { makePeer, migration, type Peer, type Server, serve } from './harness/peers.ts';
import { run } from './harness/processes.ts';
import { makeProgress } from './harness/progress.ts';
import { spread, table, tenth, times } from './harness/report.ts';
import { driveRounds, type Group, type GroupResult } from './harness/rounds.ts';
import { inSession, notice, type Session, writeResults } from './harness/session.ts';
import { ratioOf, spreadOf } from './harness/statistics.ts';
import { openStreams, type Streams } from './harness/streams.ts';
import { userId, writeUsers } from './harness/users.ts';

interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmup: number;
  readonly users: number;
  readonly connections: number;
  readonly streams: number;
  readonly idleStreams: number;
}

interface Results {
  readonly facts: Facts;
  readonly database: Pick<DatabaseServer, 'title' | 'facts'>;
  readonly options: Options;
  readonly generator: string;
  /** Bytes of resident memory: without streams, and with them. */
  readonly memory: { readonly before: number; readonly after: number };
  readonly groups: readonly GroupResult[];
}

const args = process.argv.slice(2);
const options = new Command('npm run bench:streams --')
  .option('--rounds <n>', 'how often each measurement is made', wholeNumber(1), 5)
  .option('--seconds <n>', 'how long each measurement lasts', wholeNumber(1), 5)
  .option('--warmup <n>', 'how long the same load runs before it', wholeNumber(0), 1)
  .option('--users <n>', 'users who are under load, with 200 tasks each', wholeNumber(1), 1_000)
  .option('--connections <n>', 'concurrent clients', wholeNumber(1), 32)
  .option('--streams <n>', 'streams that are open beside the load, at most six for each user', wholeNumber(1), 1_000)
  .option('--idle-streams <n>', 'streams whose memory is measured', wholeNumber(1), 2_000)
  .parse(args, { from: 'user' })
  .opts<Options>();

const size: Size = { users: options.users, tasks: 200 };
const works = ['list', 'get', 'create', 'toggle'] as const;
const settleMilliseconds = 3_000;

/** The users of so many streams: those under load, or those after them, who do nothing. */
const usersOf = (count: number, who: 'loaded' | 'idle'): string[] =>
  Array.from({ length: count }, (_, n) => userId(who === 'loaded' ? (n % size.users) + 1 : size.users + n + 1));

const measureMemory = async (peer: Peer): Promise<Results['memory']> => {
  const server = await serve(peer);
  // Code that is loaded and compiled with the first streams is not theirs.
  const first = await openStreams(server.url, usersOf(100, 'idle'));
  await first.close();
  await wait(settleMilliseconds);
  const before = await server.memory();
  const streams = await openStreams(server.url, usersOf(options.idleStreams, 'idle'));
  await wait(settleMilliseconds);
  const after = await server.memory();
  await streams.close();
  await server.stop();
  return { before, after };
};

const makeGroups = (server: Server, file: string, open: (users: readonly string[]) => Promise<undefined>): Group[] => {
  const { streams, connections } = options;
  const cells = {
    'without streams': [],
    'streams of users who do nothing': usersOf(streams, 'idle'),
    'streams of the users under load': usersOf(streams, 'loaded'),
  };
  return works.map((work) => ({
    title: work,
    connections,
    cells: Object.entries(cells).map(([name, users]) => ({
      name,
      server,
      job: { work, file, ...size },
      prepare: () => open(users),
    })),
  }));
};

const measure = async ({ directory, cache, defer }: Session): Promise<Results> => {
  const generator = await findLoadGenerator();
  const databases = await openDatabaseServer(join(cache, 'database'), notice);
  defer(() => databases.release());
  const url = await databases.create('streams');
  await run(migration(url));
  notice(`Loading ${size.users} users with ${size.tasks} tasks each …`);
  await loadTaskward(url, size);
  const peer = makePeer('ours', url);
  const memory = await measureMemory(peer);

  const server = await serve(peer);
  const file = join(directory, 'users');
  writeUsers(file, size.users);
  let opened: Streams | undefined;
  const open = async (users: readonly string[]): Promise<undefined> => {
    await opened?.close();
    opened = await openStreams(server.url, users);
  };
  const groups = await driveRounds(makeGroups(server, file, open), {
    options,
    generator,
    progress: makeProgress(options.rounds * works.length * 3, options.seconds + options.warmup + 0.5),
    afterRound: () => tidyTaskward(url, size),
  });
  await opened?.close();
  await server.stop();
  const facts = await collectFacts(args, { postgresql: databases.facts.server_version ?? '' });
  return {
    facts: { ...facts, command: facts.command.replace('npm run bench', 'npm run bench:streams') },
    database: { title: databases.title, facts: databases.facts },
    options,
    generator: generator.title,
    memory,
    groups,
  };
};

const perSecond = ({ cells }: GroupResult): number[][] =>
  cells.map(({ samples }) => samples.map(({ requestsPerSecond }) => requestsPerSecond));

const requestsTable = ({ groups }: Results): string =>
  table(
    ['requests per second', ...(groups[0]?.cells ?? []).flatMap(({ name }, n) => (n === 0 ? [name] : [name, 'ratio']))],
    groups.map((group) => {
      const [base = [], ...others] = perSecond(group);
      const compared = others.flatMap((values) => [spread(spreadOf(values)), times(ratioOf(values, base))]);
      return [group.title, spread(spreadOf(base)), ...compared];
    }),
  );

const mebibytes = (bytes: number) => tenth(bytes / 2 ** 20);

const toMarkdown = (results: Results): string => {
  const { facts, database, memory, generator } = results;
  const { rounds, seconds, streams, idleStreams, connections } = results.options;
  const each = (memory.after - memory.before) / idleStreams / 1024;
  return [
    '# What event streams cost',
    [
      `- ${facts.date} UTC, commit ${facts.commit}: \`${facts.command}\``,
      `- Machine: ${facts.machine.cpu}, ${facts.machine.cores} cores, ${facts.machine.memoryGiB} GiB; load, streams, server and database share it`,
      `- PostgreSQL: ${database.title}: ${Object.entries(database.facts).flat().join(' ')}`,
      `- Load: ${generator}, ${connections} connections, ${rounds} interleaved rounds of ${seconds} s; medians (min–max), ratios within a round`,
      `- ${streams} streams are open beside the load, or none, on the same server`,
    ].join('\n'),
    `A process without streams: ${mebibytes(memory.before)} MiB of resident memory. With ${idleStreams} idle ones: ${mebibytes(memory.after)} MiB, ${tenth(each)} KiB for each.`,
    requestsTable(results),
  ].join('\n\n');
};

await inSession(async (session) => writeResults('streams', toMarkdown, await measure(session)));
