import { readFile } from 'node:fs/promises';

/** What others did to a measurement, where the machine is a virtual one. */
export interface Disturbance {
  /** It was stopped, and its clock then jumped. */
  readonly stoodStill: boolean;
  /** The part of its processors' time that its host gave to others; undefined where the system does not tell. */
  readonly stolen: number | undefined;
}

const beatMilliseconds = 100;
const stillMilliseconds = 1_500;
// One stop of 20 ms in two seconds meets the slowest hundredth of all requests.
const mostStolen = 0.01;

interface Ticks {
  readonly all: number;
  readonly stolen: number;
}

const stealColumn = 7;

/** Linux counts what its processors did in ticks: `cpu user nice system idle iowait irq softirq steal …`. */
const readTicks = async (): Promise<Ticks | undefined> => {
  const text = await readFile('/proc/stat', 'utf8').catch(() => '');
  const [, columns] = /^cpu +(.*)$/m.exec(text) ?? [];
  if (columns === undefined) return undefined;
  const ticks = columns.split(' ').map(Number);
  // What follows are guests, and counted among users already.
  return { all: ticks.slice(0, stealColumn + 1).reduce((sum, one) => sum + one, 0), stolen: ticks[stealColumn] ?? 0 };
};

/** Does the work, and says what disturbed it. */
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

/** Says how a measurement was disturbed too much to be kept, if it was. */
export const complaintOf = ({ stoodStill, stolen = 0 }: Disturbance): string | undefined => {
  if (stoodStill) return 'the machine stood still meanwhile';
  if (stolen > mostStolen) return `${(100 * stolen).toFixed(1)} % of the machine went to others meanwhile`;
  return undefined;
};

/** Less is better. */
export const severityOf = ({ stoodStill, stolen = 0 }: Disturbance): number => (stoodStill ? 1 : stolen);
