import { setTimeout as wait } from 'node:timers/promises';
import { complaintOf, type Disturbance, severityOf, watched } from './disturbance.ts';
import type { Load, LoadGenerator, Sample } from './load-generator.ts';
import type { Options } from './options.ts';
import type { Server } from './peers.ts';
import { BenchError } from './processes.ts';
import type { Progress } from './progress.ts';

/** A load without its server and duration. */
export type Job = Pick<Load, 'work' | 'file' | 'users' | 'tasks'>;

/** One thing to measure: a job for a server, or what drives it by itself. */
export type Cell = CellOf<{ readonly job: Job; readonly drive?: never }> | CellOf<{ readonly drive: Drive }>;

/** Sends requests for so many seconds. */
type Drive = (seconds: number) => Promise<Sample>;

type CellOf<Work> = Work & CellBase;

interface CellBase {
  /** Its name in the results. */
  readonly name: string;
  readonly server: Server;
  /** Called before each measurement, for example to write new requests. What it returns is called after it. */
  readonly prepare?: () => Promise<(() => Promise<void>) | undefined>;
  /** The maximum average size of correct responses, including headers, in bytes. */
  readonly maxBytes?: number;
}

/** Cells that are compared with each other, and therefore measured in succession. */
export interface Group {
  readonly title: string;
  readonly connections: number;
  /** The smallest ratio of the second cell to the first that is good enough. */
  readonly atLeast?: number;
  readonly cells: readonly Cell[];
}

/** The result of a load, with the steal time if it is known. */
export type Measurement = Sample & Pick<Disturbance, 'stolen'>;

/** The measurements of a cell. */
export interface CellResult {
  readonly name: string;
  /** One per round. */
  readonly samples: readonly Measurement[];
  /** Why the server stopped responding; there are no samples then. */
  readonly stopped?: string;
}

/** The measurements of a group. */
export interface GroupResult {
  readonly title: string;
  readonly connections: number;
  readonly atLeast?: number;
  readonly cells: readonly CellResult[];
}

interface Course {
  readonly options: Pick<Options, 'rounds' | 'seconds' | 'warmup'>;
  readonly generator: LoadGenerator;
  readonly progress: Progress;
  /** Called after every round. */
  readonly afterRound: () => Promise<void>;
}

const faultOf = ({ badResponses, socketErrors, requests, bytesPerResponse }: Sample, maxBytes = Infinity) => {
  if (bytesPerResponse > maxBytes)
    return `responses of ${Math.round(bytesPerResponse)} bytes, not of ${maxBytes} at most`;
  if (badResponses + socketErrors === 0 && requests > 0) return undefined;
  return `${requests} responses, ${badResponses} of them errors; ${socketErrors} connections broken or without response`;
};

// Bounds the repetitions on a machine that is disturbed all the time.
const maxAttempts = 5;
const pauseMilliseconds = 2_000;

const driveOnce = (cell: Cell, connections: number, seed: number, seconds: number, generator: LoadGenerator) => {
  if (cell.drive !== undefined) return cell.drive(seconds);
  const { server, job } = cell;
  return generator.drive({ ...job, url: server.url, ids: server.peer.ids, connections, seed, seconds });
};

const measurePrepared = async (cell: Cell, connections: number, round: number, course: Course) => {
  const { options, generator } = course;
  const drive = (seconds: number, seed: number) => driveOnce(cell, connections, seed, seconds, generator);
  const warm = options.warmup === 0 ? undefined : await drive(options.warmup, round + 1000);
  if (warm && warm.badResponses + warm.socketErrors > 0) return { fault: faultOf(warm) };
  const sample = await drive(options.seconds, round);
  return { sample, fault: faultOf(sample, cell.maxBytes) };
};

/** Does something between what prepares a cell and what follows that. */
const prepared = async <T>({ prepare }: Cell, work: () => Promise<T>): Promise<T> => {
  const finish = await prepare?.();
  try {
    return await work();
  } finally {
    await finish?.();
  }
};

const measure = (cell: Cell, connections: number, round: number, course: Course) =>
  prepared(cell, () => measurePrepared(cell, connections, round, course));

// Ranks measurements: a fault during a disturbance may not be the server's.
const badnessOf = ({ result, disturbance }: { result: { fault?: string | undefined }; disturbance: Disturbance }) =>
  severityOf(disturbance) + (result.fault === undefined ? 0 : 1);

const initialWarmUpSeconds = 2;

// Runs once before the first round, so that code is compiled, pools are full and tables are in memory. Ignores faults,
// which every measurement checks, except that it restarts a server that has stopped.
const warmUp = async (groups: readonly Group[], { generator, progress, afterRound }: Course) => {
  progress.notice('Warming up …');
  for (const { title, cells, connections } of groups) {
    if (groups.some((other) => other.title === title && other.connections < connections)) continue;
    for (const cell of cells) {
      const { server } = cell;
      const sample = await prepared(cell, () => driveOnce(cell, connections, 0, initialWarmUpSeconds, generator));
      if (server.peer.mayStop && faultOf(sample)) await server.restart();
    }
  }
  await afterRound();
};

/** The items, with another of them first in each round. */
export const rotated = <T>(items: readonly T[], by: number): T[] => {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
};

/**
 * Measures all groups, round by round. Within a group the cells alternate in being first, so that none of them always
 * profits or suffers from what the others leave behind.
 * @throws BenchError if a server responds with an error or not at all, unless it is known to do so
 */
export const driveRounds = async (groups: readonly Group[], course: Course): Promise<GroupResult[]> => {
  const samples = new Map<Cell, Measurement[]>();
  const stopped = new Map<Cell, string>();
  const driveCell = async (cell: Cell, { title, connections }: Group, round: number) => {
    const what = `${cell.name}, ${title}, ${connections} connections`;
    const attempt = () => watched(() => measure(cell, connections, round, course));
    let measured = await attempt();
    let complaint = complaintOf(measured.disturbance);
    for (let attempts = 1; complaint !== undefined && attempts < maxAttempts; attempts += 1) {
      course.progress.notice(`${what}: ${complaint}. It is measured again.`);
      await wait(pauseMilliseconds);
      const another = await attempt();
      complaint = complaintOf(another.disturbance);
      if (badnessOf(another) <= badnessOf(measured)) measured = another;
    }
    const { sample, fault } = measured.result;
    if (fault === undefined && sample) {
      samples.set(cell, [...(samples.get(cell) ?? []), { ...sample, stolen: measured.disturbance.stolen }]);
      return;
    }
    if (!cell.server.peer.mayStop) throw new BenchError(`${what}: ${fault}. Figures of such a run are worth nothing.`);
    stopped.set(cell, `${fault} (round ${round})`);
    course.progress.notice(`${what}: ${fault}. It is started anew; this measurement is given up.`);
    await cell.server.restart();
  };
  await warmUp(groups, course);
  for (let round = 1; round <= course.options.rounds; round += 1) {
    for (const [index, group] of groups.entries()) {
      for (const cell of rotated(group.cells, round + index)) {
        const chapter = `round ${round} of ${course.options.rounds}, ${group.title}, ${group.connections} connections`;
        course.progress.step(chapter, cell.name);
        if (!stopped.has(cell)) await driveCell(cell, group, round);
      }
    }
    await course.afterRound();
  }
  return groups.map(({ cells, ...group }) => ({
    ...group,
    cells: cells.map((cell) => {
      const reason = stopped.get(cell);
      const measured = samples.get(cell) ?? [];
      return reason === undefined
        ? { name: cell.name, samples: measured }
        : { name: cell.name, samples: [], stopped: reason };
    }),
  }));
};
