import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { cpuOf } from '@taskward/bench/harness/cpu.ts';
import { percentile } from '@taskward/bench/harness/statistics.ts';
import { aUser } from '../../support/builders.ts';
import { aToken } from '../../support/http/tokens.ts';
import { anApiProcess, type Scope } from '../../support/processes/processes.ts';
import { type Report, type Run, type Scenario, unmet } from './scenario.ts';
import { aVictim, unhandledIn } from './target.ts';

const calls = 1_500;
const attempts = 8;
const idleMilliseconds = 60_000;
const clients = 4;
const largeTasks = 100;
const largeUsers = 20;
const pipelined = 8;

const get = (token: string) => ['GET /api/tasks HTTP/1.1', 'Host: here', `Authorization: Bearer ${token}`];

/** What slow clients do: come to no end of a head or of a body, or read a little of what they asked for. */
const kinds = {
  head: (token: string) => get(token).join('\r\n'),
  body: (token: string) =>
    [...get(token), 'Content-Type: application/json', 'Content-Length: 60000', '', '{"title": "']
      .join('\r\n')
      .replace('GET', 'POST'),
  reader: (token: string) =>
    `${get(token).join('\r\n').replace('tasks', `tasks?limit=${largeTasks}`)}\r\n\r\n`.repeat(pipelined),
};
type Kind = keyof typeof kinds;

/** Opens slow sockets. Each second they send, or read, a little more. */
const dawdle = async (scope: Scope, port: number, kind: Kind, sockets: number, token: () => string) => {
  const open = new Set<Socket>();
  for (let n = 0; n < sockets; n += 1) {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    socket.once('close', () => open.delete(socket));
    if (kind === 'reader') socket.pause();
    else socket.resume();
    await once(socket, 'connect');
    socket.write(kinds[kind](token()));
    open.add(socket);
  }
  const timer = setInterval(() => {
    for (const socket of open) {
      if (kind === 'reader') socket.read(64);
      else socket.write('x');
    }
  }, 1_000);
  const close = () => {
    clearInterval(timer);
    for (const socket of open) socket.destroy();
  };
  scope.teardown(close);
  return { open, close };
};

const call = async (url: string, token: string): Promise<number> => {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  await response.arrayBuffer();
  return response.status;
};

/** Users whose lists are large. @returns their tokens */
const usersWithMuch = async (url: string): Promise<string[]> => {
  const tokens = Array.from({ length: largeUsers }, () => aToken({ sub: aUser() }));
  // The body of a batch has 64 KiB at most.
  const title = 'x'.repeat(200);
  const operations = Array.from({ length: largeTasks }, () => ({ op: 'create', title, description: 'x'.repeat(300) }));
  for (const token of tokens) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`${url}/batch`, { method: 'POST', headers, body: JSON.stringify({ operations }) });
    if (!response.ok) throw new Error(`a batch was responded to with ${response.status}`);
  }
  return tokens;
};

/** Waits until a process has done what it was asked to: it uses less than a tenth of a core. */
const untilIdle = async (pid: number): Promise<void> => {
  let before = cpuOf(pid);
  for (const deadline = Date.now() + idleMilliseconds; Date.now() < deadline; ) {
    await wait(500);
    const now = cpuOf(pid);
    if (now - before < 0.05) return;
    before = now;
  }
};

/** How long the slowest hundredth of calls takes, in milliseconds, and how many were not 200. */
const measure = async (url: string, token: string) => {
  const took: number[] = [];
  let failed = 0;
  const client = async () => {
    while (took.length < calls) {
      const began = performance.now();
      if ((await call(url, token)) !== 200) failed += 1;
      took.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { p99: percentile(took, 0.99), failed };
};

/** Slow sockets of one kind, and other clients beside them. `times` is the number of sockets. */
const run =
  (kind: Kind) =>
  async (scope: Scope, { times }: Run): Promise<Report> => {
    const env = { RATE_LIMIT_MAX: '1000000', LOG_LEVEL: 'CRITICAL' };
    const api = await anApiProcess(scope, await aVictim(scope, { fsync: 'off' }), env);
    const port = Number(new URL(api.url).port);
    const me = aToken({ sub: aUser() });
    const url = `${api.url}/api/tasks`;
    const large = kind === 'reader' ? await usersWithMuch(url) : [];
    const token = () => large[Math.floor(Math.random() * large.length)] ?? aToken({ sub: aUser() });
    await measure(url, me);
    const ratios: number[] = [];
    let [failed, left] = [0, times];
    // Another process may take the machine for a moment: the quietest attempt says what the sockets do.
    while (ratios.length < attempts && !(Math.min(...ratios) < 2)) {
      const before = await measure(url, me);
      const { open, close } = await dawdle(scope, port, kind, times, token);
      await untilIdle(api.pid);
      const during = await measure(url, me);
      failed += before.failed + during.failed;
      left = Math.min(left, open.size);
      close();
      ratios.push(during.p99 / before.p99);
      await untilIdle(api.pid);
    }
    const unhandled = unhandledIn(api.output()) + (api.isRunning() ? 0 : 1);
    return {
      times,
      errors: failed,
      unhandled,
      notes: [
        `p99 of the others: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')} times as long`,
        `${left} of ${times} sockets still open after it`,
      ],
      broken: unmet({
        [`${failed} requests of the others failed`]: failed === 0,
        'the process ended, or did not handle an error': unhandled === 0,
        'sockets got a response or were cut off meanwhile, so that there were fewer':
          kind === 'reader' || left === times,
      }),
      late: unmet({ 'the others waited twice as long, or longer': Math.min(...ratios) < 2 }),
    };
  };

const scenario = (name: string, title: string, kind: Kind): Scenario => ({
  name,
  title,
  ways: ['direct'],
  times: 1_000,
  run: run(kind),
});

/** Sockets that are slow in three ways. */
export const slowSockets: readonly Scenario[] = [
  scenario('slow-heads', 'sockets that come to no end of a head', 'head'),
  scenario('slow-bodies', 'sockets that come to no end of a body', 'body'),
  scenario('slow-readers', 'sockets that ask for eight large lists and hardly read', 'reader'),
];
