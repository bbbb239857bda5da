import type { CellResult, GroupResult } from './rounds.ts';
import { median, ratioOf, type Spread } from './statistics.ts';

/** What a ratio must reach, or must not exceed. */
export type Bar = { readonly atLeast: number } | { readonly atMost: number };

/** A ratio that was measured, with what it should be. */
export interface Verdict {
  readonly work: string;
  /** What it is compared with. */
  readonly against: string;
  /** `stopped` if the other one stopped responding. */
  readonly ratio: Spread | 'stopped';
  readonly bar: Bar;
  readonly isMet: boolean;
}

/** What there is to judge, of a run’s results. */
export interface Judged {
  readonly groups: readonly GroupResult[];
  readonly further: readonly GroupResult[];
  readonly memory: Readonly<Record<string, readonly number[]>>;
  readonly coldStarts: Readonly<Record<string, readonly number[]>>;
}

type ByPeer = Readonly<Record<string, number>>;

const fastapi = { best: 4, documented: 28 };
const ofReads: ByPeer = { floor: 2, go: 1.7, ...fastapi };
const ofWrites: ByPeer = { floor: 1.5, go: 1.5, ...fastapi };

/** The smallest ratio of our requests per second to a peer's, by work. */
const leastRates: Readonly<Record<string, ByPeer>> = {
  list: ofReads,
  get: ofReads,
  mix: ofReads,
  create: ofWrites,
  toggle: ofWrites,
  pending: { floor: 1.5 },
};
/** The largest ratio of our p99 to a peer's. */
const mostTails: ByPeer = { floor: 0.6, go: 0.6 };
const worksWithTails = ['list', 'get', 'mix', 'create', 'toggle'];
/** Returns the smallest ratio of requests per second that each peer's should be exceeded by, of a kind of work. */
export const leastRatesOf = (work: string): ByPeer => leastRates[work] ?? {};

/** Returns the largest ratio to each peer's p99, of a kind of work. */
export const mostTailsOf = (work: string): ByPeer => (worksWithTails.includes(work) ? mostTails : {});

const mostMemory = 1.15;
const mostColdStart = 1.6;

const isWithin = (ratio: number, bar: Bar): boolean => ('atLeast' in bar ? ratio >= bar.atLeast : ratio <= bar.atMost);

const judge = (work: string, against: string, ratio: Spread | undefined, bar: Bar): Verdict[] =>
  ratio === undefined ? [] : [{ work, against, ratio, bar, isMet: isWithin(ratio.median, bar) }];

const rates = ({ samples }: CellResult) => samples.map(({ requestsPerSecond }) => requestsPerSecond);
const tails = ({ samples }: CellResult) => samples.map(({ p99 }) => p99);

const judgeGroup = ({ title, connections, cells }: GroupResult): Verdict[] => {
  const cellOf = (name: string) => cells.find((cell) => cell.name === name);
  const ours = cellOf('ours');
  if (ours === undefined) return [];
  const work = `${title}, ${connections}`;
  const compare = (name: string, bar: Bar, valuesOf: typeof rates, what: string): Verdict[] => {
    const other = cellOf(name);
    if (other === undefined) return [];
    const against = `${name}${what}`;
    if (other.stopped !== undefined) return [{ work, against, ratio: 'stopped', bar, isMet: true }];
    return judge(work, against, ratioOf(valuesOf(ours), valuesOf(other)), bar);
  };
  return [
    ...Object.entries(leastRatesOf(title)).flatMap(([name, atLeast]) => compare(name, { atLeast }, rates, '')),
    ...Object.entries(mostTailsOf(title)).flatMap(([name, atMost]) => compare(name, { atMost }, tails, ', p99')),
  ];
};

const judgeFurther = ({ title, connections, atLeast, cells }: GroupResult): Verdict[] => {
  const [first, second] = cells;
  if (atLeast === undefined || first === undefined || second === undefined) return [];
  const ratio = ratioOf(rates(second), rates(first));
  return judge(`${title}, ${connections}: ${second.name}`, first.name, ratio, { atLeast });
};

/** Compares medians, because memory and starts of two peers have no rounds in common. */
const judgeProcess = (work: string, values: Judged['memory'], atMost: number): Verdict[] => {
  const { ours = [], floor = [] } = values;
  if (ours.length === 0 || floor.length === 0) return [];
  const ratio = median(ours) / median(floor);
  return judge(work, 'floor', { median: ratio, min: ratio, max: ratio }, { atMost });
};

/** Compares what was measured with the bars that the project has set itself. Each is judged by the median. */
export const judgeResults = ({ groups, further, memory, coldStarts }: Judged): Verdict[] => [
  ...groups.flatMap(judgeGroup),
  ...further.flatMap(judgeFurther),
  ...judgeProcess('memory after load', memory, mostMemory),
  ...judgeProcess('cold start', coldStarts, mostColdStart),
];
