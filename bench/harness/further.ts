import { join } from 'node:path';
import { loadTaskward, planTasks, type Size } from './data.ts';
import type { DatabaseServer } from './database.ts';
import type { Options } from './options.ts';
import { collectionOf, migration, newestOf, type Server, serve, taskward } from './peers.ts';
import { BenchError, run } from './processes.ts';
import type { Cell, Group, Job } from './rounds.ts';
import { type FixedRequest, signedIn, userId, writeRequests, writeUsers } from './users.ts';

// Measurements of Taskward against itself: ETags, deep pages, and ten times the data. In each group the second cell is
// compared with the first.

/** The dependencies of the groups. */
export interface Setting {
  readonly options: Options;
  readonly databases: DatabaseServer;
  readonly ours: Server;
  readonly directory: string;
  readonly size: Size;
}

/** Groups to measure, the servers that were started for them, and notes on what is not measured. */
export interface Further {
  readonly groups: readonly Group[];
  readonly servers: readonly Server[];
  readonly notes: readonly string[];
}

const none: Further = { groups: [], servers: [], notes: [] };
const pagerTasks = 50_000;
const plannerTasks = 10_000;
const pageLength = 100;
const lastPage = 500;
const manyUsers = 10;
// A response with headers only.
const max304Bytes = 1_500;

const get = (server: Server, { path, user, etag }: FixedRequest) =>
  fetch(`${server.url}${path}`, { headers: { ...signedIn(user), ...(etag && { 'if-none-match': etag }) } });

const fixedJob = (file: string): Job => ({ work: 'fixed', file, users: 1, tasks: 1 });

/** Sends the requests. @returns them with the ETags of their responses, or `undefined` if there are none */
const withEtags = async (server: Server, requests: readonly FixedRequest[]): Promise<FixedRequest[] | undefined> => {
  const tagged: FixedRequest[] = [];
  for (const request of requests) {
    const response = await get(server, request);
    await response.arrayBuffer();
    const etag = response.headers.get('etag');
    if (response.status !== 200 || etag === null) return undefined;
    tagged.push({ ...request, etag });
  }
  return tagged;
};

const assert304 = async (server: Server, requests: readonly FixedRequest[]): Promise<void> => {
  for (const request of requests.slice(0, manyUsers)) {
    const { status } = await get(server, request);
    if (status !== 304) throw new BenchError(`A list that did not change was answered with ${status}, not with 304.`);
  }
};

const unchangedGroup = (title: string, setting: Setting, server: Server, users: readonly string[]): Group => {
  const name = title.replaceAll(/\W+/g, '-');
  const requests = users.map((user) => ({ path: newestOf(user), user }));
  const files = { list: join(setting.directory, `${name}-list`), unchanged: join(setting.directory, `${name}-etag`) };
  writeRequests(files.list, requests);
  const prepare = async () => {
    const tagged = await withEtags(server, requests);
    if (tagged === undefined) throw new BenchError('A list has no ETag any more.');
    await assert304(server, tagged);
    writeRequests(files.unchanged, tagged);
  };
  return {
    title,
    connections: setting.options.connections[0] ?? 1,
    cells: [
      { name: 'list', server, job: fixedJob(files.list) },
      { name: 'unchanged list', server, job: fixedJob(files.unchanged), prepare, maxBytes: max304Bytes },
    ],
  };
};

/** Follows `Link` headers as a client would. @returns the path of the last page */
const findPage = async (server: Server, user: string): Promise<string> => {
  let path = `${collectionOf(user)}?limit=${pageLength}`;
  for (let page = 1; page < lastPage; page += 1) {
    const response = await get(server, { path, user });
    await response.arrayBuffer();
    const [, next] = /<([^>]*)>; rel="next"/.exec(response.headers.get('link') ?? '') ?? [];
    if (next === undefined) throw new BenchError(`Page ${page} of ${user} leads to no next one.`);
    path = next;
  }
  const tasks = await (await get(server, { path, user })).json();
  if (!Array.isArray(tasks) || tasks.length !== pageLength) throw new BenchError(`Page ${lastPage} is not full.`);
  return path;
};

const fixedCell = ({ directory }: Setting, server: Server, name: string, requests: readonly FixedRequest[]): Cell => {
  const [first] = requests;
  const file = join(directory, `${name} of ${requests.length} as ${first?.user}`.replaceAll(/\W+/g, '-'));
  writeRequests(file, requests);
  return { name, server, job: fixedJob(file) };
};

const pagesGroup = async (setting: Setting, server: Server): Promise<Group> => {
  const user = 'pager';
  const cell = (name: string, path: string) => fixedCell(setting, server, name, [{ path, user }]);
  return {
    title: `a user with ${pagerTasks} tasks, ${pageLength} a page`,
    connections: setting.options.connections[0] ?? 1,
    cells: [
      cell('page 1', `${collectionOf(user)}?limit=${pageLength}`),
      cell(`page ${lastPage}`, await findPage(server, user)),
    ],
  };
};

const serveFrom = async (
  { databases }: Setting,
  name: string,
  size: Size,
  extra?: Record<string, number>,
  prepare?: (url: string) => Promise<void>,
) => {
  const url = await databases.create(name);
  await run(migration(url));
  await loadTaskward(url, size, extra);
  await prepare?.(url);
  return serve(taskward(name, `Taskward over ${name}`, url));
};

const usersNamed = (name: string) => Array.from({ length: manyUsers }, (_, index) => `${name}-${index + 1}`);

/** Makes the groups for lists with an ETag and deep pages, on a database with users who have many tasks. */
const makeDeep = async (setting: Setting): Promise<Further> => {
  const { work } = setting.options;
  if (!work.includes('unchanged') && !work.includes('pages')) return none;
  const users = { few: usersNamed('few'), many: usersNamed('many') };
  const server = await serveFrom(
    setting,
    'deep',
    { users: 1, tasks: setting.size.tasks },
    {
      ...Object.fromEntries(users.few.map((user) => [user, 100])),
      ...Object.fromEntries(users.many.map((user) => [user, 10_000])),
      pager: pagerTasks,
    },
  );
  const groups = work.includes('pages') ? [await pagesGroup(setting, server)] : [];
  if (!work.includes('unchanged')) return { groups, servers: [server], notes: [] };
  const [sample] = users.few.map((user) => ({ path: newestOf(user), user }));
  if (sample === undefined || (await withEtags(server, [sample])) === undefined) {
    return { groups, servers: [server], notes: ['unchanged list: no ETag on lists, so not measured.'] };
  }
  const everybody = Array.from({ length: setting.size.users }, (_, index) => userId(index + 1));
  return {
    groups: [
      ...groups,
      unchangedGroup(
        `${everybody.length} users with ${setting.size.tasks} tasks each`,
        setting,
        setting.ours,
        everybody,
      ),
      unchangedGroup(`${manyUsers} users with 100 tasks each`, setting, server, users.few),
      unchangedGroup(`${manyUsers} users with 10000 tasks each`, setting, server, users.many),
    ],
    servers: [server],
    notes: [],
  };
};

const plannedPaths = {
  'pending by due date': '?limit=20&status=pending&sort=due_date',
  'tag, this week': '?limit=20&tag=home&due=week',
  'by priority': '?limit=20&sort=priority,due_date',
  summary: '/summary',
};

/** Makes the groups for lists and counts of tasks that people plan with, compared with the list of the newest. */
const makePlanned = async (setting: Setting): Promise<Further> => {
  if (!setting.options.work.includes('planned')) return none;
  const extra = Object.fromEntries(usersNamed('planner').map((user) => [user, plannerTasks]));
  const server = await serveFrom(setting, 'planned', setting.size, extra, planTasks);
  const groupsFor = (users: readonly string[], tasks: number): Group[] => {
    const cell = (name: string, path: string) => {
      const requests = users.map((user) => ({ path: `${collectionOf(user)}${path}`, user }));
      return fixedCell(setting, server, name, requests);
    };
    const newest = cell('newest', '?limit=20');
    return Object.entries(plannedPaths).map(([name, path]) => ({
      title: `${name}, of ${tasks} tasks`,
      connections: setting.options.connections[0] ?? 1,
      cells: [newest, cell(name, path)],
    }));
  };
  const everybody = Array.from({ length: setting.size.users }, (_, index) => userId(index + 1));
  return {
    groups: [...groupsFor(everybody, setting.size.tasks), ...groupsFor(Object.keys(extra), plannerTasks)],
    servers: [server],
    notes: [],
  };
};

/** Makes the groups for the same work on a larger database. */
const makeScale = async (setting: Setting): Promise<Further> => {
  const { options, size, directory, ours } = setting;
  if (!options.work.includes('scale')) return none;
  const large = { users: options.scaleUsers, tasks: size.tasks };
  const server = await serveFrom(setting, 'large', large);
  const files = { ours: join(directory, 'scale-users'), large: join(directory, 'scale-many-users') };
  writeUsers(files.ours, size.users);
  writeUsers(files.large, large.users);
  const total = ({ users, tasks }: Size) => `${users * tasks} tasks`;
  const groups = (['list', 'get', 'mix'] as const).map((work) => ({
    title: `${work}, by size of the database`,
    connections: options.connections[0] ?? 1,
    cells: [
      { name: total(size), server: ours, job: { work, file: files.ours, ...size } },
      { name: total(large), server, job: { work, file: files.large, ...large } },
    ],
  }));
  return { groups, servers: [server], notes: [] };
};

/** Loads the further databases and starts Taskward over them. */
export const makeFurther = async (setting: Setting): Promise<Further> => {
  const parts = [await makePlanned(setting), await makeDeep(setting), await makeScale(setting)];
  return {
    groups: parts.flatMap(({ groups }) => groups),
    servers: parts.flatMap(({ servers }) => servers),
    notes: parts.flatMap(({ notes }) => notes),
  };
};
