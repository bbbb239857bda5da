import { leastRatesOf, mostTailsOf } from '../harness/bars.ts';
import type { Results } from '../harness/report.ts';
import type { CellResult, GroupResult } from '../harness/rounds.ts';
import { ratioOf } from '../harness/statistics.ts';
import { drawRatios, type RatioBar, type RatioGroup } from './ratio-chart.ts';

type Values = (cell: CellResult) => number[];
type Drawn = Pick<Results, 'facts' | 'options' | 'peers' | 'groups' | 'further'>;

const rates: Values = ({ samples }) => samples.map(({ requestsPerSecond }) => requestsPerSecond);
const tails: Values = ({ samples }) => samples.map(({ p99 }) => p99);

const spoken: Readonly<Record<string, string>> = { best: 'FastAPI, best', documented: 'FastAPI, usual', go: 'Go' };

const compare = (
  { title, cells }: GroupResult,
  names: readonly string[],
  valuesOf: Values,
  barsOf: (work: string) => Readonly<Record<string, number>>,
): RatioGroup => {
  const cellOf = (name: string) => cells.find((cell) => cell.name === name);
  const ours = cellOf('ours');
  const bars = names.flatMap((name): RatioBar[] => {
    const other = cellOf(name);
    if (ours === undefined || other === undefined) return [];
    const ratio = other.stopped === undefined ? ratioOf(valuesOf(ours), valuesOf(other)) : 'stopped';
    const bar = barsOf(title)[name];
    return ratio === undefined ? [] : [{ name: spoken[name] ?? name, ratio, ...(bar !== undefined && { bar }) }];
  });
  return { title, bars };
};

const isDrawn = ({ bars }: RatioGroup) => bars.length > 0;

/** Draws the charts of a run: for each number of connections requests and latencies, and Taskward against itself. @returns them by name */
export const drawResults = ({ facts, options, peers, groups, further }: Drawn): Readonly<Record<string, string>> => {
  const origin = `${facts.date} UTC, commit ${facts.commit}, ${options.rounds} rounds: median (min–max)`;
  const others = Object.keys(peers).filter((name) => name !== 'ours' && name !== 'before');
  const charts: Record<string, string> = {};
  const add = (name: string, title: string, note: string, drawn: readonly RatioGroup[]) => {
    const kept = drawn.filter(isDrawn);
    if (kept.length > 0) charts[name] = drawRatios({ title, note: `${note} ${origin}`, groups: kept });
  };
  for (const connections of new Set(groups.map((group) => group.connections))) {
    const own = groups.filter((group) => group.connections === connections);
    add(
      `requests-${connections}`,
      `Requests per second of Taskward against each peer, ${connections} connections`,
      'More is better; the red line is the bar.',
      own.map((group) => compare(group, others, rates, leastRatesOf)),
    );
    const fast = others.filter((name) => name === 'floor' || name === 'go');
    add(
      `latency-${connections}`,
      `p99 of Taskward against the fastest peers, ${connections} connections`,
      'Less is better; the red line is the bar.',
      own.map((group) => compare(group, fast, tails, mostTailsOf)),
    );
  }
  add(
    'itself',
    'Taskward against itself, requests per second',
    'The second of two against the first.',
    further.map(({ title, cells, atLeast }): RatioGroup => {
      const [first, second] = cells;
      const ratio = first && second && ratioOf(rates(second), rates(first));
      const bar = { name: second?.name ?? '', ...(atLeast !== undefined && { bar: atLeast }) };
      return { title, bars: ratio === undefined ? [] : [{ ...bar, ratio }] };
    }),
  );
  return charts;
};
