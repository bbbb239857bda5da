/**
 * The keeper: the process that owns the embedded PostgreSQL. The first process that needs the database starts it; it
 * stops PostgreSQL and exits after the last one has gone. Each such process, a holder, keeps a connection open, so that
 * the operating system reports even one that was killed.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Cluster, prepareCluster, SUPERUSER } from './cluster.ts';
import { LOW_SPACE, prepareDiskWatch, spaceLeft, watchDisk } from './disk-watch.ts';
import { explain } from './errors.ts';
import { acquireLock } from './lock.ts';
import { placeDatabase } from './placement.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';
import {
  type Hello,
  type KeeperAddress,
  type KeeperArguments,
  type KeeperMessage,
  keeperFiles,
  onLine,
  parse,
  writeLine,
} from './protocol.ts';

const FIRST_HOLDER_WITHIN = 10_000;
const HELLO_WITHIN = 5_000;
const MAX_RESTARTS = 5;
const RETRY_AFTER = 1_000;

const { directory, settings } = JSON.parse(process.argv[2] ?? '') as KeeperArguments;
const files = keeperFiles(directory);
const token = randomBytes(16).toString('hex');
const holders = new Set<Socket>();
const notices: string[] = [];
const databases = new Map<string, Promise<void>>();
let cluster: Cluster | undefined;
let postgres: Promise<PostgresServer>;
let isClosing = false;
let running: PostgresServer | undefined;
/** Why changes are refused, if they are. */
let fullDisk: string | undefined;

function send(socket: Socket, message: KeeperMessage) {
  if (socket.writable) socket.write(writeLine(message));
}

function notice(line: string) {
  notices.push(line);
  for (const holder of holders) send(holder, { notice: line });
}

async function start(): Promise<PostgresServer> {
  cluster = await prepareCluster(await placeDatabase(directory, notice), settings.fsync !== 'off');
  await prepareDiskWatch(cluster);
  const server = await startPostgres(cluster, settings, files.postgresLog);
  watchDisk(cluster, { server: () => running, onSpace: tellOfSpace, onRemoved: giveUpRemoved });
  return server;
}

function tellOfSpace(sentence: string | undefined) {
  fullDisk = sentence;
  for (const holder of holders)
    send(holder, { notice: sentence ?? 'There is room on the disk again: changes are accepted.' });
}

/** Ends a server whose files are gone. Files that are there by now may be those of another keeper. */
function giveUpRemoved() {
  isClosing = true;
  running?.kill();
  const error =
    `The files of the embedded database were removed from ${directory} while it was running, and it was ended. ` +
    'Start again: with an empty database, or after putting a copy of the files there.';
  console.error(new Date().toISOString(), error);
  for (const holder of holders) send(holder, { error });
  setTimeout(() => process.exit(0), 100);
}

/** Starts PostgreSQL again. On a full disk it may not get far: then as soon as there is room. */
async function restart(of: Cluster, port: number): Promise<PostgresServer> {
  for (let isToldHere = false; ; ) {
    try {
      const server = await startPostgres(of, settings, files.postgresLog, port);
      if (isToldHere) tellOfSpace(undefined);
      return server;
    } catch (error) {
      if (isClosing || (await spaceLeft(of.data)) >= LOW_SPACE) throw error;
      if (fullDisk === undefined) {
        tellOfSpace(`PostgreSQL cannot start on a full disk: free some space for ${directory}, and it will.`);
        isToldHere = true;
      }
    }
    while (!isClosing && (await spaceLeft(of.data)) < LOW_SPACE) await sleep(RETRY_AFTER);
  }
}

/** Restarts PostgreSQL when it crashes: on the same port, and a limited number of times. */
async function supervise() {
  for (let restarts = 0; ; restarts++) {
    running = await postgres;
    const { port, exited } = running;
    await exited;
    running = undefined;
    if (isClosing || !cluster) return;
    if (restarts === MAX_RESTARTS) return close(`PostgreSQL ended ${restarts + 1} times: see ${files.postgresLog}.`);
    postgres = restart(cluster, port);
  }
}

async function createDatabase(name: string, port: number) {
  const options = { host: '127.0.0.1', port, user: SUPERUSER, password: cluster?.password, ssl: false };
  const client = new pg.Client({ ...options, database: 'postgres' });
  // An error between queries, such as a closed connection, makes the next query fail.
  client.on('error', () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

async function provide(socket: Socket, database: string) {
  try {
    const { port } = await postgres;
    if (!databases.has(database)) databases.set(database, createDatabase(database, port));
    await databases.get(database);
    const url = `postgresql://${SUPERUSER}:${cluster?.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
    send(socket, { url });
  } catch (error) {
    databases.delete(database);
    send(socket, { error: explain(error, directory).message });
    socket.end();
  }
}

function welcome(socket: Socket) {
  const timer = setTimeout(() => socket.destroy(), HELLO_WITHIN);
  const leave = () => {
    clearTimeout(timer);
    if (!holders.delete(socket)) return;
    // The last holder's connection stays open until this process exits, which shows the holder that all is stopped.
    if (holders.size === 0) void close();
    else socket.end();
  };
  socket.on('error', leave).on('end', leave).on('close', leave);
  onLine(socket, (line) => {
    clearTimeout(timer);
    const hello = parse<Hello>(line);
    if (hello?.token !== token || isClosing) return void socket.destroy();
    holders.add(socket);
    send(socket, { welcome: true });
    for (const line of [...notices, ...(fullDisk === undefined ? [] : [fullDisk])]) send(socket, { notice: line });
    void provide(socket, hello.database);
  });
}

/** Stops PostgreSQL and exits. From its beginning, new processes start another keeper. */
async function close(reason?: string) {
  if (isClosing) return;
  isClosing = true;
  rmSync(files.address, { force: true });
  server.close();
  await (await postgres.catch(() => undefined))?.stop();
  if (reason) {
    console.error(new Date().toISOString(), reason);
    for (const holder of holders) send(holder, { error: reason });
    await sleep(100);
  }
  process.exit(0);
}

process.umask(0o022);
const server = createServer({ allowHalfOpen: true }, welcome);

if (await acquireLock(files.lock, () => existsSync(files.address))) {
  rmSync(files.address, { force: true });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void close(`Stopped by ${signal}.`));
  postgres = start();
  supervise().catch((error) => close(explain(error, directory).message));
  server.listen(0, '127.0.0.1', () => {
    const address: KeeperAddress = { port: (server.address() as AddressInfo).port, token };
    // Renamed, so that no process reads a partial file.
    writeFileSync(`${files.address}.new`, JSON.stringify(address), { mode: 0o600 });
    renameSync(`${files.address}.new`, files.address);
  });
  setTimeout(() => holders.size === 0 && close(), FIRST_HOLDER_WITHIN);
}
