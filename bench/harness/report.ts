import { judgeResults, type Verdict } from './bars.ts';
import type { DatabaseServer } from './database.ts';
import type { Facts } from './facts.ts';
import type { Sample } from './load-generator.ts';
import type { Options } from './options.ts';
import type { CellResult, GroupResult } from './rounds.ts';
import { median, ratioOf, type Spread, spreadOf } from './statistics.ts';

/** The results of a run. */
export interface Results {
  readonly facts: Facts;
  readonly options: Options;
  readonly database: Pick<DatabaseServer, 'title' | 'facts'>;
  readonly generator: string;
  /** The peers' descriptions by name, in the order of the columns. */
  readonly peers: Readonly<Record<string, string>>;
  readonly groups: readonly GroupResult[];
  readonly further: readonly GroupResult[];
  /** Memory in bytes, by peer, one value per round. */
  readonly memory: Readonly<Record<string, readonly number[]>>;
  /** Times in milliseconds, by peer, one value per start. */
  readonly coldStarts: Readonly<Record<string, readonly number[]>>;
  /** What was not measured, and why. */
  readonly notes: readonly string[];
}

type Row = readonly string[];

/** Formats a Markdown table, padded for terminals. */
export const table = (head: Row, rows: readonly Row[]): string => {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: Row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
};

const whole = (value: number) => Math.round(value).toLocaleString('en').replaceAll(',', ' ');
/** Formats a number with one decimal. */
export const tenth = (value: number) => value.toFixed(1);

/** Formats median, minimum and maximum: `1 520 (1 470–1 600)`. */
export const spread = ({ median, min, max }: Spread, show: (value: number) => string = whole): string =>
  min === max ? show(median) : `${show(median)} (${show(min)}–${show(max)})`;

/** Formats a ratio with the minimum and maximum of the rounds: `1.52× (1.47–1.60)`. */
export const times = (ratio: Spread | undefined): string =>
  ratio === undefined ? '–' : spread(ratio, (value) => value.toFixed(2)).replace(/^\S+/, '$&×');

const rates = ({ samples }: CellResult): number[] => samples.map(({ requestsPerSecond }) => requestsPerSecond);
const tails = ({ samples }: CellResult): number[] => samples.map(({ p99 }) => p99);
const cellOf = ({ cells }: GroupResult, name: string) => cells.find((cell) => cell.name === name);

const shown = (cell: CellResult | undefined, show: (samples: readonly Sample[]) => string): string => {
  if (cell?.stopped !== undefined) return 'stopped';
  return cell === undefined || cell.samples.length === 0 ? '–' : show(cell.samples);
};

const byGroup = (
  groups: readonly GroupResult[],
  columns: readonly string[],
  show: (group: GroupResult, column: string) => string,
) => groups.map((group) => [`${group.title}, ${group.connections}`, ...columns.map((column) => show(group, column))]);

const absoluteTable = ({ groups, peers }: Results): string => {
  const names = Object.keys(peers);
  const rate = (group: GroupResult, name: string) =>
    shown(cellOf(group, name), (samples) => spread(spreadOf(samples.map((sample) => sample.requestsPerSecond)), whole));
  return table(['requests/s', ...names], byGroup(groups, names, rate));
};

const tailTable = ({ groups, peers }: Results): string => {
  const names = Object.keys(peers);
  const tail = (group: GroupResult, name: string) =>
    shown(cellOf(group, name), (samples) => spread(spreadOf(samples.map(({ p99 }) => p99)), tenth));
  return table(['p99, ms', ...names], byGroup(groups, names, tail));
};

const ratioTable = ({ groups, peers }: Results): string => {
  const others = Object.keys(peers).filter((name) => name !== 'ours');
  const compare = (group: GroupResult, name: string, values: (cell: CellResult) => number[]) => {
    const [ours, other] = [cellOf(group, 'ours'), cellOf(group, name)];
    if (other?.stopped !== undefined) return 'it stopped';
    return times(ours && other && ratioOf(values(ours), values(other)));
  };
  const hasFloor = others.includes('floor');
  const rows = groups.map((group) => [
    `${group.title}, ${group.connections}`,
    ...others.map((name) => compare(group, name, rates)),
    ...(hasFloor ? [compare(group, 'floor', tails)] : []),
  ]);
  return table(['ours / …', ...others, ...(hasFloor ? ['p99 / floor’s'] : [])], rows);
};

const furtherTable = (further: readonly GroupResult[]): string =>
  table(
    ['ours, requests/s', 'first', 'second', 'second / first'],
    further.map(({ title, connections, cells }) => {
      const [first, second] = cells as [CellResult, CellResult];
      const named = (cell: CellResult) => `${cell.name}: ${spread(spreadOf(rates(cell)), whole)}`;
      return [`${title}; ${connections}`, named(first), named(second), times(ratioOf(rates(second), rates(first)))];
    }),
  );

const processTable = ({ peers, memory, coldStarts }: Results): string => {
  const show = (values: readonly number[] | undefined, unit: number) =>
    values === undefined || values.length === 0 ? '–' : spread(spreadOf(values.map((value) => value / unit)), whole);
  const toFloor = (values: Readonly<Record<string, readonly number[]>>, name: string) => {
    const [own, floor] = [values[name] ?? [], values.floor ?? []];
    return own.length === 0 || floor.length === 0 ? '–' : `${(median(own) / median(floor)).toFixed(2)}×`;
  };
  return table(
    ['process', 'memory after load, MiB', '/ floor', 'cold start to first 200, ms', '/ floor'],
    Object.keys(peers).map((name) => [
      name,
      show(memory[name], 2 ** 20),
      toFloor(memory, name),
      show(coldStarts[name], 1),
      toFloor(coldStarts, name),
    ]),
  );
};

const barOf = ({ bar }: Verdict): string =>
  'atLeast' in bar ? `≥ ${bar.atLeast.toFixed(2)}×` : `≤ ${bar.atMost.toFixed(2)}×`;

const barTable = (verdicts: readonly Verdict[]): string =>
  table(
    ['work, connections', 'against', 'measured', 'bar', 'met'],
    verdicts.map((verdict) => {
      const { work, against, ratio, isMet } = verdict;
      const measured = ratio === 'stopped' ? 'it stopped' : times(ratio);
      return [work, against, measured, barOf(verdict), isMet ? 'yes' : '**no**'];
    }),
  );

const barSection = (results: Results): string[] => {
  const verdicts = judgeResults(results);
  if (verdicts.length === 0) return [];
  const met = verdicts.filter(({ isMet }) => isMet).length;
  return [
    `## Bars

${met} of ${verdicts.length} are met, by the median.`,
    barTable(verdicts),
  ];
};

const list = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/** Formats the steal time, if the system reports it. */
const stealTime = (groups: readonly GroupResult[]): string[] => {
  const samples = groups.flatMap(({ cells }) => cells.flatMap(({ samples }) => samples));
  const stolen = samples.flatMap(({ stolen }) => (stolen === undefined ? [] : [100 * stolen]));
  if (stolen.length === 0) return [];
  const { median, max } = spreadOf(stolen);
  return [
    `- Taken by other machines of the same host: ${tenth(median)} % of the processors' time, ${tenth(max)} % at most`,
  ];
};

const preface = ({ facts, options, database, generator, peers, groups, further }: Results): string[] => [
  ...(options.isQuick ? ['**A quick run, for a first look: too short to be quoted.**', ''] : []),
  `- ${facts.date} UTC, commit ${facts.commit}: \`${facts.command}\``,
  `- Machine: ${facts.machine.cpu}, ${facts.machine.cores} cores, ${facts.machine.memoryGiB} GiB, ${facts.machine.system}; load, servers and database share it`,
  `- PostgreSQL: ${database.title}: ${list(database.facts)}`,
  `- Load: ${generator}; ${options.rounds} interleaved rounds of ${options.seconds} s after ${options.warmup} s of warming up, at ${options.connections.join(' and ')} connections; ${options.users} users with ${options.tasks} tasks each`,
  ...stealTime([...groups, ...further]),
  `- Versions: ${list(facts.versions)}`,
  ...Object.entries(peers).map(([name, title]) => `- \`${name}\`: ${title}`),
];

/** Formats the results as Markdown: preface, ratios, absolute figures, and what was not measured. */
export const toMarkdown = (results: Results): string => {
  const { groups, further, notes } = results;
  const stops = groups.flatMap(({ title, connections, cells }) =>
    cells.flatMap(({ name, stopped }) =>
      stopped === undefined ? [] : [`${name} stopped at ${title}, ${connections} connections: ${stopped}.`],
    ),
  );
  const remarks = [...notes, ...stops];
  return [
    '# Taskward and its peers',
    preface(results).join('\n'),
    'Each figure is a median, with the smallest and the largest of the rounds. Ratios are taken within each round.',
    ...(groups.length > 0 ? [ratioTable(results), absoluteTable(results), tailTable(results)] : []),
    ...(further.length > 0 ? [furtherTable(further)] : []),
    processTable(results),
    ...barSection(results),
    ...(remarks.length > 0 ? [remarks.map((remark) => `- ${remark}`).join('\n')] : []),
  ].join('\n\n');
};
