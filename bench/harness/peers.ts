import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cpuOf } from './cpu.ts';
import type { Go } from './go.ts';
import type { PeerName } from './options.ts';
import { freePort, memoryOf, type Program, type Running, start, waitFor200 } from './processes.ts';
import type { Python } from './python.ts';
import { secret, signedIn, userId } from './users.ts';

/** A server to compare. */
export interface Peer {
  readonly name: string;
  /** A description, for the results. */
  readonly title: string;
  /** Whether task ids count per user or over all users. */
  readonly ids: 'own' | 'global';
  /** Whether it is known to break under load, which is then reported. A fault of any other peer ends the run. */
  readonly mayStop: boolean;
  readonly databaseUrl: string;
  program(port: number): Program;
}

/** A running peer. */
export interface Server {
  readonly peer: Peer;
  readonly url: string;
  /** Returns the resident memory of its process, in bytes. */
  memory(): Promise<number>;
  /** Returns the CPU seconds that its process has used. */
  cpu(): number;
  /** Restarts it at the same URL. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The number of connections to PostgreSQL per peer. */
export const poolSize = 15;

const root = resolve(import.meta.dirname, '../..');
const peersDirectory = join(root, 'bench/peers');
const cached = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compile') };

// Empty values override those of a developer's `.env`.
const taskwardEnvironment = (databaseUrl: string) => ({
  ...cached,
  ENVIRONMENT: 'production',
  DATABASE_URL: databaseUrl,
  MIGRATION_DATABASE_URL: '',
  BETTER_AUTH_SECRET: secret,
  JWT_PUBLIC_KEY: '',
  JWT_JWKS_URL: '',
  REDIS_URL: '',
  CORS_ALLOWED_ORIGINS: 'http://localhost:3000',
  LOG_LEVEL: 'WARNING',
  RATE_LIMIT_MAX: '1000000',
  DB_POOL_SIZE: String(poolSize),
  DB_MAX_OVERFLOW: '0',
});

/** Returns the program that runs Taskward's migrations. @param checkout the directory of another checkout */
export const migration = (databaseUrl: string, checkout = root): Program => ({
  file: process.execPath,
  args: [join(checkout, 'apps/cli/src/main.ts'), 'migrate'],
  env: taskwardEnvironment(databaseUrl),
  cwd: checkout,
});

const nodeFlags: string[] = JSON.parse(readFileSync(join(root, 'apps/api/node-flags.json'), 'utf8'));

/** Makes the peer Taskward, with all features on as in production. @param checkout the directory of another checkout */
export const taskward = (name: string, title: string, databaseUrl: string, checkout = root): Peer => ({
  name,
  title,
  ids: 'own',
  mayStop: false,
  databaseUrl,
  program: (port) => ({
    file: process.execPath,
    args: [...nodeFlags, join(checkout, 'apps/api/src/main.ts')],
    env: { ...taskwardEnvironment(databaseUrl), HOST: '127.0.0.1', PORT: String(port) },
    cwd: checkout,
  }),
});

const plain = (name: string, title: string, databaseUrl: string, program: Peer['program']): Peer => ({
  name,
  title,
  ids: 'global',
  mayStop: false,
  databaseUrl,
  program,
});

const plainEnvironment = (databaseUrl: string) => ({
  DATABASE_URL: databaseUrl,
  BETTER_AUTH_SECRET: secret,
  DB_POOL_SIZE: String(poolSize),
});

const floor = (name: string, title: string, databaseUrl: string, more: Record<string, string>): Peer =>
  plain(name, title, databaseUrl, (port) => ({
    file: process.execPath,
    args: [join(peersDirectory, 'floor/server.ts')],
    env: { ...cached, NODE_ENV: 'production', ...plainEnvironment(databaseUrl), ...more, PORT: String(port) },
  }));

const fastapi = (name: string, title: string, databaseUrl: string, { bin, jwtLibrary }: Python): Peer => {
  const app = name === 'best' ? 'best:app' : 'documented:app';
  return plain(name, title, databaseUrl, (port) => ({
    file: join(bin, 'uvicorn'),
    args: [app, '--host', '127.0.0.1', '--port', String(port), '--no-access-log', '--log-level', 'warning'],
    env: {
      ...plainEnvironment(databaseUrl),
      JWT_LIBRARY: jwtLibrary,
      PYTHONPYCACHEPREFIX: join(bin, '../pycache'),
    },
    cwd: join(peersDirectory, 'fastapi'),
  }));
};

const goPeer = (databaseUrl: string, { file, threads }: Go): Peer =>
  plain('go', `Go, net/http + pgx, GOMAXPROCS ${threads}`, databaseUrl, (port) => ({
    file,
    args: [],
    env: { ...plainEnvironment(databaseUrl), GOMAXPROCS: String(threads), PORT: String(port) },
  }));

/** What some peers need. */
export interface Tools {
  /** For the FastAPI peers. */
  readonly python?: Python | undefined;
  readonly go?: Go | undefined;
  /** The directory of the checkout of `before`. */
  readonly before?: string | undefined;
}

/** Makes a peer with its database. @throws Error if it needs a tool that is not there */
export const makePeer = (name: PeerName, databaseUrl: string, { python, go, before }: Tools = {}): Peer => {
  if (name === 'ours') return taskward('ours', 'Taskward, everything on', databaseUrl);
  if (name === 'before') return taskward('before', 'Taskward of another checkout', databaseUrl, before);
  if (name === 'floor') return floor(name, 'Fastify + pg pool, named statements', databaseUrl, {});
  if (name === 'floor-pipelined') {
    return floor(name, 'the same over pipelined connections', databaseUrl, { FLOOR_PIPELINED: '1' });
  }
  if (name === 'go') {
    if (go === undefined) throw new Error('go needs its program');
    return goPeer(databaseUrl, go);
  }
  if (python === undefined) throw new Error(`${name} needs Python`);
  if (name === 'best') return fastapi(name, 'FastAPI, async, asyncpg, orjson', databaseUrl, python);
  const title = `FastAPI as documented: sync, SQLModel, psycopg2, ${python.jwtLibrary}`;
  return { ...fastapi(name, title, databaseUrl, python), mayStop: true };
};

/** Returns the path of a user's tasks. */
export const collectionOf = (user: string): string => `/api/${user}/tasks`;

/** Returns the path of the measured list: a user's newest 20. The limit is explicit, because peers' defaults differ. */
export const newestOf = (user: string): string => `${collectionOf(user)}?limit=20`;

/** Returns the path of a user's open tasks, those that are due first at the top. */
export const pendingOf = (user: string): string => `${collectionOf(user)}?limit=20&status=pending&sort=due_date`;

const startAt = async (peer: Peer, port: number): Promise<Running> => {
  const running = start(peer.program(port));
  const user = userId(1);
  await waitFor200(`http://127.0.0.1:${port}${newestOf(user)}`, signedIn(user), running);
  return running;
};

/** Starts a peer and waits until it responds to a list with 200. */
export const serve = async (peer: Peer): Promise<Server> => {
  const port = await freePort();
  let running = await startAt(peer, port);
  return {
    peer,
    url: `http://127.0.0.1:${port}`,
    memory: () => memoryOf(running.child.pid ?? 0),
    cpu: () => cpuOf(running.child.pid ?? 0),
    async restart() {
      await running.stop();
      running = await startAt(peer, port);
    },
    stop: () => running.stop(),
  };
};

/** Measures the time from a peer's start to its first 200 on a list, in milliseconds. */
export const coldStart = async (peer: Peer): Promise<number> => {
  const port = await freePort();
  const started = performance.now();
  const running = await startAt(peer, port);
  const took = performance.now() - started;
  await running.stop();
  return took;
};
