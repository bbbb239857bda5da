import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { aDirectory, aFreePort, endWithTest, type Scope } from './processes.ts';
import { findProgram, missingProgram } from './programs.ts';

const startMilliseconds = 30_000;

/** For tests that need a real Redis: skips them where there is none. */
export const withRedis = { skip: missingProgram('redis-server') ?? false };

/** The reply of Redis to one command, as it comes over the wire; rejects when nobody does. */
const ask = (port: number, command: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(1_000, () => socket.destroy(new Error('Redis does not respond')));
    socket.once('error', reject);
    socket.once('data', (data) => {
      resolve(String(data));
      socket.destroy();
    });
    socket.write(`${command}\r\n`);
  });

/** A Redis of the test's own. */
export interface RedisServer {
  readonly url: string;
  /** Starts it, empty, on the same port as before. */
  start(): Promise<void>;
  /** Ends it at once. */
  kill(): Promise<void>;
  /** Stops it without closing anything: it still accepts, and sends nothing until it goes on. */
  freeze(): void;
  thaw(): void;
  /** How many clients are connected, without the one that asks. */
  clients(): Promise<number>;
}

/** Prepares a real redis-server on a free port of 127.0.0.1, with nothing kept on disk. It ends with the test. */
export const aRedisServer = async (t: Scope): Promise<RedisServer> => {
  const directory = await aDirectory(t, 'redis');
  const port = await aFreePort();
  let child: ChildProcess | undefined;
  let end = () => {};
  let ended = Promise.resolve<unknown>(undefined);
  const kill = async () => {
    end();
    await ended;
  };
  t.teardown(kill);
  return {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const options = { bind: '127.0.0.1', port, dir: directory, save: '', appendonly: 'no', daemonize: 'no' };
      const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
      const started = spawn(findProgram('redis-server') ?? 'redis-server', given, {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      end = endWithTest(started);
      let output = '';
      started.stdout.on('data', (chunk) => {
        output += chunk;
      });
      let failure: NodeJS.ErrnoException | undefined;
      ended = new Promise((resolve) => {
        started.once('exit', resolve);
        started.once('error', (error) => {
          failure = error;
          resolve(error);
        });
      });
      const deadline = Date.now() + startMilliseconds;
      while (!(await ask(port, 'PING').catch(() => '')).startsWith('+PONG')) {
        if (failure !== undefined || started.exitCode !== null || Date.now() > deadline)
          throw new Error(`redis-server did not start: ${failure?.message ?? output}`);
        await wait(10);
      }
    },
    kill,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    clients: async () => Number(/connected_clients:(\d+)/.exec(await ask(port, 'INFO clients'))?.[1]) - 1,
  };
};

/** Something that is no Redis. */
export interface SilentServer {
  readonly url: string;
  /** How many connections were made, and how many of them are open. */
  connections(): number;
  open(): number;
}

/** Something on a port that accepts connections and never says a word. It is closed when the test ends. */
export const aSilentServer = async (t: Scope): Promise<SilentServer> => {
  const sockets = new Set<{ destroy(): void }>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {}).resume();
    socket.once('close', () => sockets.delete(socket));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    open: () => sockets.size,
  };
};
