import { connect, type Socket } from 'node:net';
import { collectionOf } from './peers.ts';
import { BenchError } from './processes.ts';
import { signedIn } from './users.ts';

/** Open event streams. */
export interface Streams {
  /** How many events came on all of them. */
  events(): number;
  /** Closes them, and waits until they are closed. */
  close(): Promise<void>;
}

// A server accepts so many connections at once without dropping any.
const atOnce = 100;
const patienceMilliseconds = 10_000;

/** Opens one stream over a bare connection, which takes little memory here. */
const openStream = (url: URL, user: string, onEvents: (count: number) => void): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname);
    const timer = setTimeout(() => socket.destroy(new Error('no stream began in time')), patienceMilliseconds);
    let head: string | undefined = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      if (head === undefined) return onEvents(text.split('event: change').length - 1);
      head += text;
      if (!head.includes('\nretry: ')) return;
      clearTimeout(timer);
      if (head.startsWith('HTTP/1.1 200 ')) resolve(socket);
      else reject(new BenchError(`a stream was responded to with ${head.split('\r\n')[0]}`));
      head = undefined;
    });
    socket.on('error', reject).on('close', () => reject(new BenchError(`a stream was closed: ${head}`)));
    const { authorization } = signedIn(user);
    const path = `${collectionOf(user)}/events`;
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: ${authorization}\r\n\r\n`);
  });

/** Opens a stream of each user, as often as a user is named. @throws BenchError if the server does not serve all of them */
export const openStreams = async (serverUrl: string, users: readonly string[]): Promise<Streams> => {
  const url = new URL(serverUrl);
  const sockets: Socket[] = [];
  let events = 0;
  const onEvents = (count: number) => {
    events += count;
  };
  for (let start = 0; start < users.length; start += atOnce) {
    const some = users.slice(start, start + atOnce);
    sockets.push(...(await Promise.all(some.map((user) => openStream(url, user, onEvents)))));
  }
  return {
    events: () => events,
    close: () =>
      Promise.all(
        sockets.map(
          (socket) =>
            new Promise<void>((resolve) => {
              socket.once('close', () => resolve()).destroy();
            }),
        ),
      ).then(() => {}),
  };
};
