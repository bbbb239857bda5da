// Run by old-garbage.test.ts in a process of its own, with `--expose-gc` and room enough for no collection of the whole
// heap to begin by itself: says how much a request leaves behind in the old part of the heap, and how much is kept of
// each user who wrote.
import { type AddressInfo, connect } from 'node:net';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
import { aCaller, anApi, type Caller, stores } from '../support/http/api.ts';
import { sharedDatabase } from '../support/postgres/database.ts';
import { makeScope } from '../support/processes/worker.ts';

const clients = 32;
const users = 100;
const warmUp = 2_000;
const requests = 8_000;
const writers = 200_000;
// On a busy machine more requests are under way when garbage is collected, and what they use counts as old: the quietest
// attempt says what they leave.
const attempts = 5;
const enough = Number(process.argv[2]);

const scope = makeScope();
const app = await anApi(scope, await stores.PostgreSQL(scope));
await app.listen({ host: '127.0.0.1', port: 0 });
const { port } = app.server.address() as AddressInfo;

const callers = Array.from({ length: users }, () => aCaller(app));
for (const { bare, call } of callers) await call('POST', bare, { title: 'One' });

const request = (method: string, path: (caller: Caller) => string, body = '') =>
  callers.map((caller) => {
    const entity = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const head = `${method} ${path(caller)} HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer ${caller.token}\r\n`;
    return Buffer.from(`${head}${body === '' ? '\r\n' : entity}`);
  });

/** Each client sends its next request after a response. Responses are small enough to come in one piece. */
const drive = (texts: readonly Buffer[], count: number): Promise<void> =>
  new Promise((resolve, reject) => {
    let sent = 0;
    let responded = 0;
    for (let client = 0; client < clients; client += 1) {
      const socket = connect(port, '127.0.0.1');
      const next = () => (sent < count ? socket.write(texts[sent++ % users] as Buffer) : socket.end());
      socket.once('connect', next);
      socket.on('data', (response) => {
        if (!response.toString('latin1', 9, 10).startsWith('2')) reject(new Error(response.toString()));
        responded += 1;
        next();
        if (responded === count) resolve();
      });
    }
  });

const oldBytes = () =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space')?.space_used_size ?? Number.NaN;
const collect = globalThis.gc as (options?: { type: 'minor' }) => void;

const leftBehindOnce = async (texts: readonly Buffer[]): Promise<number> => {
  await drive(texts, warmUp);
  // What lives now is old from now on, as it is after every collection of the whole heap.
  collect();
  const before = oldBytes();
  await drive(texts, requests);
  // What survives two collections is old.
  collect({ type: 'minor' });
  collect({ type: 'minor' });
  return (oldBytes() - before) / requests;
};

const leftBehind = async (texts: readonly Buffer[]): Promise<number> => {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < attempts && !(least < enough); n += 1) least = Math.min(least, await leftBehindOnce(texts));
  return least;
};

const works = {
  list: request('GET', ({ bare }) => bare),
  get: request('GET', ({ bare }) => `${bare}/1`),
  toggle: request('PATCH', ({ bare }) => `${bare}/1/complete`),
  create: request('POST', ({ bare }) => bare, '{"title":"Buy milk"}'),
};

const keptOfWriters = async (): Promise<number> => {
  const { locks } = (await sharedDatabase(scope)).transactions;
  collect();
  const before = getHeapStatistics().used_heap_size;
  for (let n = 0; n < writers; n += 1) await locks.shared(`writer ${n}`, async () => {});
  collect();
  return (getHeapStatistics().used_heap_size - before) / writers;
};

const bytes: Record<string, number> = {};
for (const [work, texts] of Object.entries(works)) bytes[work] = await leftBehind(texts);
bytes.writer = await keptOfWriters();
console.log(JSON.stringify(bytes));
await scope.close();
