// Taskward against a hand-written floor and against FastAPI: `npm run bench`. See README.md.
import { join } from 'node:path';
import { drawResults } from './charts/result-charts.ts';
import { makeFurther } from './further/make-further.ts';
import { checkResponses } from './harness/checks.ts';
import { loadPlain, loadTaskward, tidyPlain, tidyTaskward } from './harness/data.ts';
import { type DatabaseServer, openDatabaseServer } from './harness/database.ts';
import { collectFacts } from './harness/facts.ts';
import { buildGo, type Go } from './harness/go.ts';
import { makeMixPreparation } from './harness/live-mix.ts';
import { findLoadGenerator } from './harness/load.ts';
import { type PeerWork, peerWork, readOptions } from './harness/options.ts';
import { coldStart, makePeer, migration, type Peer, type Server, serve, type Tools } from './harness/peers.ts';
import { run } from './harness/processes.ts';
import { makeProgress, type Progress } from './harness/progress.ts';
import { type Python, preparePython } from './harness/python.ts';
import { type Results, toMarkdown } from './harness/report.ts';
import { type Cell, driveRounds, type Group } from './harness/rounds.ts';
import { inSession, notice, type Session, writeCharts, writeResults } from './harness/session.ts';
import { writeUsers } from './harness/users.ts';

const args = process.argv.slice(2);
const options = readOptions(args);
const size = { users: options.users, tasks: options.tasks };

/** Finds the Python of the FastAPI peers, if they are selected. A note says why there is none. */
const findPython = async (cache: string): Promise<{ python?: Python; notes: string[] }> => {
  if (!options.peers.some((name) => name === 'best' || name === 'documented')) return { notes: [] };
  try {
    const python = await preparePython(cache, notice);
    const isReplaced = python.jwtLibrary !== 'python-jose' && options.peers.includes('documented');
    const note = 'python-jose could not be installed: `documented` checks its tokens with PyJWT instead.';
    return { python, notes: isReplaced ? [note] : [] };
  } catch (error) {
    return { notes: [`best and documented were not measured. ${(error as Error).message}`] };
  }
};

/** Builds the peer in Go, if it is selected. A note says why there is none. */
const findGo = async ({ directory, cache }: Session): Promise<{ go?: Go; notes: string[] }> => {
  if (!options.peers.includes('go')) return { notes: [] };
  try {
    return { go: await buildGo(directory, cache), notes: [] };
  } catch (error) {
    return { notes: [`go was not measured. ${(error as Error).message}`] };
  }
};

/** Creates a database per peer, all with the same contents. */
const makePeers = async (databases: DatabaseServer, tools: Tools): Promise<Peer[]> => {
  const { python, go } = tools;
  const isThere = { best: python !== undefined, documented: python !== undefined, go: go !== undefined };
  const names = options.peers.filter((name) => isThere[name as keyof typeof isThere] ?? true);
  notice(`Loading ${size.users} users with ${size.tasks} tasks each …`);
  const isTaskward = (name: string) => name === 'ours' || name === 'before';
  if (!names.every(isTaskward)) await loadPlain(await databases.create('plain'), size);
  const peers: Peer[] = [];
  for (const name of names) {
    const url = await databases.create(name.replace('-', '_'), isTaskward(name) ? undefined : 'plain');
    if (isTaskward(name)) {
      await run(migration(url, name === 'before' ? options.before : undefined));
      await loadTaskward(url, size);
    }
    peers.push(makePeer(name, url, tools));
  }
  return peers;
};

const tidy = async (servers: readonly Server[]): Promise<void> => {
  for (const { peer } of servers) await (peer.ids === 'own' ? tidyTaskward : tidyPlain)(peer.databaseUrl, size);
};

/** Checks that all servers do the same, with the fields that Taskward's tasks have. */
const checkServers = async (servers: readonly Server[]): Promise<void> => {
  const isOurs = ({ peer }: Server) => peer.name === 'ours';
  let fields: string[] | undefined;
  for (const server of servers.filter(isOurs)) fields = await checkResponses(server, size);
  for (const server of servers.filter((other) => !isOurs(other))) {
    // An earlier version may have fewer.
    await checkResponses(server, size, server.peer.name === 'before' ? undefined : fields);
  }
};

const makeGroups = (servers: readonly Server[], directory: string): Group[] => {
  const file = join(directory, 'users');
  writeUsers(file, size.users);
  const mixed = new Map(
    servers.map((server) => {
      const own = `${file}-${server.peer.name}`;
      return [server, { file: own, prepare: makeMixPreparation(server, own, size) }];
    }),
  );
  const cellOf = (server: Server, work: PeerWork): Cell => {
    const { name } = server.peer;
    const own = mixed.get(server);
    if (work !== 'mix' || own === undefined) return { name, server, job: { work, file, ...size } };
    return { name, server, job: { work, file: own.file, ...size }, prepare: own.prepare };
  };
  return options.connections.flatMap((connections) =>
    peerWork
      .filter((work) => options.work.includes(work))
      .map((work) => ({ title: work, connections, cells: servers.map((server) => cellOf(server, work)) })),
  );
};

const countSteps = (peers: number, isOursThere: boolean): number => {
  const shared = peerWork.filter((work) => options.work.includes(work)).length * options.connections.length * peers;
  const own = { planned: 16, unchanged: 6, pages: 2, delta: 2, streams: 8, search: 2, scale: 6 };
  const further = Object.entries(own).map(([work, cells]) => (options.work.some((name) => name === work) ? cells : 0));
  return options.rounds * (shared + (isOursThere ? further.reduce((sum, cells) => sum + cells, 0) : 0));
};

const measureColdStarts = async (peers: readonly Peer[], progress: Progress): Promise<Results['coldStarts']> => {
  if (!options.work.includes('cold')) return {};
  progress.notice('Cold starts …');
  const took: Record<string, number[]> = {};
  for (let round = 0; round < Math.max(5, options.rounds); round += 1) {
    for (const peer of peers) took[peer.name] = [...(took[peer.name] ?? []), await coldStart(peer)];
  }
  return took;
};

const measure = async (session: Session): Promise<Results> => {
  const { directory, cache, defer } = session;
  const generator = await findLoadGenerator();
  const { python, notes: ofPython } = await findPython(cache);
  const { go, notes: ofGo } = await findGo(session);
  const notes = [...ofGo, ...ofPython];
  for (const note of notes) notice(note);
  const databases = await openDatabaseServer(join(cache, 'database'), notice);
  defer(() => databases.release());
  notice(`PostgreSQL ${databases.facts.server_version}: ${databases.title}. Load: ${generator.title}.`);

  const peers = await makePeers(databases, { python, go, before: options.before });
  const servers: Server[] = [];
  for (const peer of peers) servers.push(await serve(peer));
  await checkServers(servers);
  notice(`The answers are right: ${peers.map(({ name }) => name).join(', ')}.`);
  await tidy(servers);

  const ours = servers.find(({ peer }) => peer.name === 'ours');
  const steps = countSteps(servers.length, ours !== undefined);
  const progress = makeProgress(steps, options.seconds + options.warmup + 0.5);
  const course = { options, generator, progress };
  const memory: Record<string, number[]> = {};
  const afterRound = async () => {
    for (const { peer, memory: read } of servers) memory[peer.name] = [...(memory[peer.name] ?? []), await read()];
    await tidy(servers);
  };
  const groups = await driveRounds(makeGroups(servers, directory), { ...course, afterRound });

  for (const server of servers) if (server !== ours) await server.stop();
  progress.notice(`Loading the databases of what only Taskward is asked …`);
  const setting = ours && { options, databases, ours, directory, size };
  const extra = setting ? await makeFurther(setting) : { groups: [], servers: [], notes: [] };
  for (const note of extra.notes) progress.notice(note);
  const tidyOurs = () => tidy(ours === undefined ? [] : [ours]);
  const further = extra.groups.length > 0 ? await driveRounds(extra.groups, { ...course, afterRound: tidyOurs }) : [];
  for (const server of [...extra.servers, ...(ours ? [ours] : [])]) await server.stop();

  return {
    facts: await collectFacts(args, {
      postgresql: databases.facts.server_version ?? '',
      ...go?.versions,
      ...python?.versions,
    }),
    options,
    database: databases,
    generator: generator.title,
    peers: Object.fromEntries(peers.map(({ name, title }) => [name, title])),
    groups,
    further,
    memory: groups.length > 0 ? memory : {},
    coldStarts: await measureColdStarts(peers, progress),
    notes: [...notes, ...extra.notes],
  };
};

await inSession(async (session) => {
  const results = await measure(session);
  await writeResults(options.output, toMarkdown, results);
  writeCharts(options.output, drawResults(results));
});
