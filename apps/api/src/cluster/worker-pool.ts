import cluster, { type Worker } from 'node:cluster';
import type { Logger } from 'pino';
import { onWorkerMessage, tellWorker, type WorkerMessage } from './messages.ts';
import { slotVariable } from './worker.ts';

/** A number of workers, each of which is replaced when it ends. */
export interface WorkerPool {
  /** The port that they share. */
  readonly port: number;
  /** Resolves if new workers cannot start any more: with an error whose message says why. */
  readonly ending: Promise<Error>;
  /** Stops all workers at once, and waits for them. */
  stop(): Promise<void>;
}

interface Member {
  readonly slot: number;
  readonly worker: Worker;
  readonly startedAt: number;
  isReady: boolean;
  /** Why it could not start. */
  failure?: string;
}

const maxFailedStarts = 5;
// A worker that ends sooner is replaced later each time.
const quickMilliseconds = 10_000;
const delays = { first: 100, longest: 5_000 };
// Before the ten seconds end within which a server stops.
const stopMilliseconds = 9_000;

const endOf = ({ failure }: Member, code: number | null, signal: string | null): string =>
  failure ??
  `A process of the server ended before it was ready (${signal ?? `exit code ${code}`}). What it printed says why.`;

/**
 * Starts as many workers, and waits until all of them serve and one of them runs the jobs. A worker that ends is replaced, at
 * once at first and then later each time; its jobs are taken over by another.
 * @param env variables for all workers
 * @throws Error with the message of a worker that cannot start
 */
export const startWorkers = async (
  processes: number,
  env: Readonly<Record<string, string>>,
  log: Pick<Logger, 'info' | 'warn'>,
): Promise<WorkerPool> => {
  // Workers accept connections by themselves. A primary that hands them over loses those that a killed worker had not taken.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  const members = new Set<Member>();
  const timers = new Set<NodeJS.Timeout>();
  const started = Promise.withResolvers<number>();
  const ending = Promise.withResolvers<Error>();
  const ended = Promise.withResolvers<void>();
  let runsJobs: Member | undefined;
  let hasJobs = false;
  let port = 0;
  let hasStarted = false;
  let isStopping = false;
  let failedStarts = 0;
  let quickEnds = 0;

  const assignJobs = () => {
    if (isStopping || runsJobs !== undefined) return;
    runsJobs = [...members].find(({ isReady }) => isReady);
    if (runsJobs !== undefined) tellWorker(runsJobs.worker, { taskward: 'start-jobs' });
  };

  const receive = (member: Member, message: WorkerMessage) => {
    switch (message.taskward) {
      case 'ready':
        member.isReady = true;
        failedStarts = 0;
        port = message.port;
        assignJobs();
        break;
      case 'jobs-started':
        hasJobs = true;
        break;
      case 'failed':
        member.failure = message.message;
        break;
      case 'changed':
        for (const other of members) if (other !== member) tellWorker(other.worker, message);
    }
    const ready = [...members].filter(({ isReady }) => isReady).length;
    if (!hasStarted && hasJobs && ready === processes) {
      hasStarted = true;
      started.resolve(port);
    }
  };

  const start = (slot: number): void => {
    const worker = cluster.fork({ ...env, [slotVariable]: String(slot) });
    const member: Member = { slot, worker, startedAt: performance.now(), isReady: false };
    members.add(member);
    onWorkerMessage(worker, (message) => receive(member, message));
    worker.once('exit', (code: number | null, signal: string | null) => {
      // What it has said last may still be unread.
      if (worker.isConnected()) worker.once('disconnect', () => leave(member, code, signal));
      else leave(member, code, signal);
    });
    worker.on('error', () => {
      if (worker.process.pid === undefined) leave(member, null, null);
    });
  };

  const replace = ({ slot, startedAt }: Member): void => {
    quickEnds = performance.now() - startedAt < quickMilliseconds ? quickEnds + 1 : 0;
    const delay = Math.min(delays.longest, delays.first * 2 ** Math.max(0, quickEnds - 1));
    const timer = setTimeout(() => {
      timers.delete(timer);
      start(slot);
    }, delay);
    timers.add(timer);
  };

  const leave = (member: Member, code: number | null, signal: string | null): void => {
    if (!members.delete(member)) return;
    if (members.size === 0) ended.resolve();
    if (runsJobs === member) runsJobs = undefined;
    if (isStopping) return;
    assignJobs();
    const reason = endOf(member, code, signal);
    if (!hasStarted) {
      started.reject(new Error(reason));
      return;
    }
    const { pid } = member.worker.process;
    if (code === 0) log.info({ ended: pid }, 'A process was stopped, and is replaced.');
    else log.warn({ ended: pid, code, signal, reason: member.failure }, 'A process ended, and is replaced.');
    if (!member.isReady) failedStarts += 1;
    if (failedStarts < maxFailedStarts) replace(member);
    else ending.resolve(new Error(`No process could be started, ${maxFailedStarts} times in a row. ${reason}`));
  };

  const stop = async (): Promise<void> => {
    isStopping = true;
    for (const timer of timers) clearTimeout(timer);
    for (const { worker, isReady } of members) {
      if (isReady) tellWorker(worker, { taskward: 'stop' });
      // It serves nobody yet, and ends at once.
      else worker.process.kill('SIGTERM');
    }
    if (members.size === 0) return;
    const killing = setTimeout(() => {
      for (const { worker } of members) worker.process.kill('SIGKILL');
    }, stopMilliseconds);
    await ended.promise;
    clearTimeout(killing);
  };

  for (let slot = 0; slot < processes; slot += 1) start(slot);
  try {
    return { port: await started.promise, ending: ending.promise, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
