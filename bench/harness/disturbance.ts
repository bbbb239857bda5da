import { readFile } from 'node:fs/promises';

/** How other users of the host disturbed a measurement on a virtual machine. */
export interface Disturbance {
  /** Whether the machine was paused, so that its clock jumped. */
  readonly stoodStill: boolean;
  /** The fraction of CPU time that the host gave to others (steal time); `undefined` if the system does not report it. */
  readonly stolen: number | undefined;
}

const beatMilliseconds = 100;
const stillMilliseconds = 1_500;
// A pause of 20 ms in two seconds affects p99.
const maxStolen = 0.01;

interface Ticks {
  readonly all: number;
  readonly stolen: number;
}

const stealColumn = 7;

/** Reads the CPU ticks that Linux counts: `cpu user nice system idle iowait irq softirq steal …`. */
const readTicks = async (): Promise<Ticks | undefined> => {
  const text = await readFile('/proc/stat', 'utf8').catch(() => '');
  const [, columns] = /^cpu +(.*)$/m.exec(text) ?? [];
  if (columns === undefined) return undefined;
  const ticks = columns.split(' ').map(Number);
  // The columns after that are guests, which `user` includes.
  return { all: ticks.slice(0, stealColumn + 1).reduce((sum, one) => sum + one, 0), stolen: ticks[stealColumn] ?? 0 };
};

/** Runs `work` and measures what disturbed it. */
export const watched = async <T>(work: () => Promise<T>): Promise<{ result: T; disturbance: Disturbance }> => {
  let last = performance.now();
  let longest = 0;
  const beat = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const before = await readTicks();
  const timer = setInterval(beat, beatMilliseconds);
  const result = await work().finally(() => clearInterval(timer));
  beat();
  const after = await readTicks();
  const stolen = before && after && (after.stolen - before.stolen) / Math.max(1, after.all - before.all);
  return { result, disturbance: { stoodStill: longest > stillMilliseconds, stolen } };
};

/** Returns why a measurement was disturbed too much to be kept, or `undefined`. */
export const complaintOf = ({ stoodStill, stolen = 0 }: Disturbance): string | undefined => {
  if (stoodStill) return 'the machine stood still meanwhile';
  if (stolen > maxStolen) return `${(100 * stolen).toFixed(1)} % of the machine went to others meanwhile`;
  return undefined;
};

/** Returns how severe a disturbance was: 0 is none. */
export const severityOf = ({ stoodStill, stolen = 0 }: Disturbance): number => (stoodStill ? 1 : stolen);
