import type { Report, Scenario, Way } from './scenarios/scenario.ts';

/** A scenario that was run in one way, or why it was not. */
export interface Row {
  readonly scenario: Scenario;
  readonly way: Way;
  readonly outcome: Report | string;
}

const heads = ['fault', 'through', 'times', 'acknowledged', 'lost', 'doubled', '5xx', 'unhandled', 'recovery', 'kept'];

const seconds = (milliseconds: number | undefined) =>
  milliseconds === undefined ? '' : `${(milliseconds / 1_000).toFixed(2)} s`;

const cellsOf = ({ scenario, way, outcome }: Row): string[] => {
  if (typeof outcome === 'string') return [scenario.name, way, ...heads.slice(3).map(() => ''), 'not run'];
  const { times, acknowledged, lost, doubled, errors, unhandled, recovery, broken, late } = outcome;
  const kept = broken.length > 0 ? 'BROKEN' : late.length > 0 ? 'late' : 'yes';
  const counts = [times, acknowledged, lost, doubled, errors, unhandled].map((count) => String(count ?? ''));
  return [scenario.name, way, ...counts, seconds(recovery), kept];
};

/** The rows as a table in Markdown. */
export const table = (rows: readonly Row[]): string => {
  const cells = [heads, ...rows.map(cellsOf)];
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => (row[column] as string).length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, n) => cell.padEnd(widths[n] as number)).join(' | ')} |`;
  const [first = [], ...rest] = cells.map(line);
  return [first, line(widths.map((width) => '-'.repeat(width))), ...rest].join('\n');
};

/** What else there is to say of a row, in sentences. */
export const remarks = ({ scenario, way, outcome }: Row): string => {
  const lines =
    typeof outcome === 'string'
      ? [`not run: ${outcome}`]
      : [
          ...outcome.notes,
          ...outcome.late.map((sentence) => `late: ${sentence}`),
          ...outcome.broken.map((sentence) => `BROKEN: ${sentence}`),
        ];
  return `- **${scenario.name}**, ${way}: ${scenario.title}. ${lines.join('; ')}.`;
};

/** Whether every promise was kept. @param judgesTime whether being late counts as breaking one */
export const isKept = ({ outcome }: Row, judgesTime: boolean): boolean =>
  typeof outcome === 'string' || (outcome.broken.length === 0 && (!judgesTime || outcome.late.length === 0));
