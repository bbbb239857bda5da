import { join } from 'node:path';
import { loadTaskward, type Size } from '../harness/data.ts';
import type { DatabaseServer } from '../harness/database.ts';
import type { Options } from '../harness/options.ts';
import { migration, type Server, serve, taskward } from '../harness/peers.ts';
import { run } from '../harness/processes.ts';
import type { Cell, Group, Job } from '../harness/rounds.ts';
import { type FixedRequest, signedIn, userId, writeRequests } from '../harness/users.ts';

/** The dependencies of the groups. */
export interface Setting {
  readonly options: Options;
  readonly databases: DatabaseServer;
  /** Taskward over the database that all peers have. */
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

export const none: Further = { groups: [], servers: [], notes: [] };

/** The number of connections of everything that only Taskward is asked. */
export const connectionsOf = ({ options }: Setting): number => options.connections[0] ?? 1;

/** Returns the users of the database that all peers have. */
export const everybody = ({ size }: Setting): string[] =>
  Array.from({ length: size.users }, (_, index) => userId(index + 1));

/** Returns names of users: `few-1`, `few-2` … */
export const usersNamed = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);

/** Sends a request as its user, once. */
export const send = (server: Server, { path, user, etag }: FixedRequest, method = 'GET'): Promise<Response> =>
  fetch(`${server.url}${path}`, { method, headers: { ...signedIn(user), ...(etag && { 'if-none-match': etag }) } });

/** Returns the job that repeats the requests of a file, whoever makes them. */
export const fixedJob = (file: string): Job => ({ work: 'fixed', file, users: 1, tasks: 1 });

/** Makes a cell that repeats some requests. */
export const fixedCell = (
  { directory }: Setting,
  server: Server,
  name: string,
  requests: readonly FixedRequest[],
): Cell => {
  const [first] = requests;
  const file = join(directory, `${name} of ${requests.length} as ${first?.user}`.replaceAll(/\W+/g, '-'));
  writeRequests(file, requests);
  return { name, server, job: fixedJob(file) };
};

/** Starts Taskward over a database of its own. @param load fills the migrated database */
export const serveOver = async (
  { databases }: Setting,
  name: string,
  load: (url: string) => Promise<void>,
): Promise<Server> => {
  const url = await databases.create(name);
  await run(migration(url));
  await load(url);
  return serve(taskward(name, `Taskward over ${name}`, url));
};

/** The same with users of a size, and further ones who have so many tasks each. */
export const serveTasks = (setting: Setting, name: string, size: Size, extra?: Readonly<Record<string, number>>) =>
  serveOver(setting, name, (url) => loadTaskward(url, size, extra));
