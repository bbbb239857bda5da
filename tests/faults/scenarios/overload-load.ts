import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { percentile } from '@taskward/bench/harness/statistics.ts';

/** What this worker is asked to do. */
export interface Task {
  readonly url: string;
  readonly pid: number;
  readonly tokens: readonly string[];
  readonly seconds: number;
}

/** What came of twice the load that can be sustained. */
export interface Outcome {
  /** Responses per second of as many clients as keep the server busy. */
  readonly sustainable: number;
  /** Requests per second that were sent then. */
  readonly sent: number;
  readonly admitted: number;
  readonly shed: number;
  /** Responses of neither kind, and errors of the network. */
  readonly others: Readonly<Record<string, number>>;
  readonly withoutRetryAfter: number;
  /** 99th percentiles in milliseconds: of the sustained load, of admitted and of rejected requests. */
  readonly p99: Readonly<Record<'sustained' | 'admitted' | 'shed', number>>;
  /** Memory of the process, in MiB: under the load that can be sustained, and at most under twice as much. */
  readonly memory: Readonly<Record<'sustained' | 'peak', number>>;
  /** How long until 50 requests in sequence were served as before, in milliseconds. */
  readonly recovery: number;
}

const task = workerData as Task;
// As from a proxy, which keeps its connections open: Node accepts new ones slowly, and those are a load of another kind.
const connections = 1_500;
const agent = new Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections });
const closedClients = 64;
const tickMilliseconds = 5;

interface Answer {
  readonly status: string;
  readonly took: number;
  readonly retryAfter: boolean;
}

let sent = 0;
let inFlight = 0;
/** Three of four requests read a list, the fourth creates a task. */
const send = (): Promise<Answer> =>
  new Promise((resolve) => {
    const n = sent;
    sent += 1;
    inFlight += 1;
    const began = performance.now();
    const isWrite = n % 4 === 0;
    const path = isWrite ? '/api/tasks' : '/api/tasks?limit=100';
    const headers = {
      authorization: `Bearer ${task.tokens[n % task.tokens.length]}`,
      ...(isWrite && { 'content-type': 'application/json' }),
    };
    const end = (status: string, retryAfter = false) => {
      inFlight -= 1;
      resolve({ status, took: performance.now() - began, retryAfter });
    };
    const sending = request(`${task.url}${path}`, { agent, method: isWrite ? 'POST' : 'GET', headers }, (response) => {
      response.resume().once('end', () => end(String(response.statusCode), 'retry-after' in response.headers));
      response.once('error', () => end('cut off'));
    });
    sending.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    sending.end(isWrite ? JSON.stringify({ title: `task ${n}` }) : undefined);
  });

const memory = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${task.pid}/status`, 'utf8'))?.[1]) / 1_024;
const p99 = (answers: readonly Answer[]): number =>
  answers.length === 0
    ? 0
    : percentile(
        answers.map(({ took }) => took),
        0.99,
      );

const sustain = async (milliseconds: number): Promise<Answer[]> => {
  const answers: Answer[] = [];
  const until = performance.now() + milliseconds;
  const client = async () => {
    while (performance.now() < until) answers.push(await send());
  };
  await Promise.all(Array.from({ length: closedClients }, client));
  return answers;
};

/** Sends so many requests a second, whatever becomes of them, except where no connection is free: a proxy would refuse those. */
const overload = async (rate: number, milliseconds: number, onTick: () => void): Promise<Answer[]> => {
  const answers: Promise<Answer>[] = [];
  const began = performance.now();
  let due = 0;
  for (let passed = 0; passed < milliseconds; passed = performance.now() - began) {
    for (; due < (rate * passed) / 1_000; due += 1) if (inFlight < connections) answers.push(send());
    onTick();
    await wait(tickMilliseconds);
  }
  return Promise.all(answers);
};

const recover = async (patient: number): Promise<number> => {
  const began = performance.now();
  for (let inSequence = 0; inSequence < 50; ) {
    if (performance.now() - began > 60_000) return Number.POSITIVE_INFINITY;
    const { status, took } = await send();
    inSequence = /^20/.test(status) && took < patient ? inSequence + 1 : 0;
  }
  return performance.now() - began;
};

const connect = () =>
  new Promise<void>((resolve, reject) => {
    const sending = request(`${task.url}/health`, { agent }, (response) => response.resume().once('end', resolve));
    sending.once('error', reject).end();
  });
await Promise.all(Array.from({ length: connections }, connect));
await sustain(Math.min(3_000, task.seconds * 1_000));
const sustainedMilliseconds = Math.min(10_000, task.seconds * 1_000);
let sustainedMemory = 0;
const timer = setInterval(() => {
  sustainedMemory = Math.max(sustainedMemory, memory());
}, 100);
const sustained = await sustain(sustainedMilliseconds);
clearInterval(timer);
const sustainable = (sustained.length * 1_000) / sustainedMilliseconds;
let peak = 0;
let lastLook = 0;
const look = () => {
  if (performance.now() - lastLook < 100) return;
  lastLook = performance.now();
  peak = Math.max(peak, memory());
};
const before = sent;
// Long enough to have several times as many requests at once as are admitted.
const seconds = Math.max(task.seconds, 1_000 / sustainable);
const answers = await overload(2 * sustainable, seconds * 1_000, look);
const sentRate = (sent - before) / seconds;
const recovery = await recover(Math.max(50, 2 * p99(sustained)));
const admitted = answers.filter(({ status }) => /^20[01]$/.test(status));
const shed = answers.filter(({ status }) => status === '503');
const others: Record<string, number> = {};
for (const { status } of answers) if (!/^(200|201|503)$/.test(status)) others[status] = (others[status] ?? 0) + 1;
const outcome: Outcome = {
  sustainable,
  sent: sentRate,
  admitted: admitted.length,
  shed: shed.length,
  others,
  withoutRetryAfter: shed.filter(({ retryAfter }) => !retryAfter).length,
  p99: { sustained: p99(sustained), admitted: p99(admitted), shed: p99(shed) },
  memory: { sustained: sustainedMemory, peak },
  recovery,
};
agent.destroy();
parentPort?.postMessage(outcome);
