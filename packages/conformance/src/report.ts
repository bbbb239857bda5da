import type { StyleName } from './api-styles.ts';
import type { Result } from './runner.ts';

/** Counts the results by outcome. */
export const tally = (results: readonly Result[]) => ({
  passed: results.filter(({ outcome }) => outcome === 'passed').length,
  failed: results.filter(({ outcome }) => outcome === 'failed').length,
  unchecked: results.filter(({ outcome }) => outcome === 'unchecked').length,
});

/** Whether the server conforms: nothing failed, and something was checked. */
export const isConforming = (results: readonly Result[]): boolean => {
  const { passed, failed } = tally(results);
  return failed === 0 && passed > 0;
};

/** Adds colour to a text if the output is a terminal. */
export type Paint = (style: 'good' | 'bad' | 'faint' | 'strong', text: string) => string;

const codes = { good: 32, bad: 31, faint: 2, strong: 1 };

/** Returns the colours for a terminal, unless NO_COLOR is set (https://no-color.org); none in a pipe. */
export const makePaint = (isTerminal: boolean, env: NodeJS.ProcessEnv): Paint =>
  isTerminal && !env.NO_COLOR && env.TERM !== 'dumb'
    ? (style, text) => `\x1b[${codes[style]}m${text}\x1b[0m`
    : (_style, text) => text;

const marks = { passed: ['good', '✓'], failed: ['bad', '✗'], unchecked: ['faint', '–'] } as const;

// Map.groupBy came with Node 21.
const groupBy = <K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> => {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group === undefined) groups.set(keyOf(value), [value]);
    else group.push(value);
  }
  return groups;
};

const byClause = (results: readonly Result[]): Result[][] => [...groupBy(results, ({ clause }) => clause).values()];

const row = (results: Result[], columns: readonly StyleName[], idWidth: number, paint: Paint): string => {
  const [first] = results as [Result];
  const cells = columns.map((column) => {
    const result = results.find(({ style }) => style === column || style === 'server');
    const [style, mark] = result === undefined ? (['faint', ' '] as const) : marks[result.outcome];
    const left = Math.floor((column.length - 1) / 2);
    return `${' '.repeat(left)}${paint(style, mark)}${' '.repeat(column.length - 1 - left)}`;
  });
  return `${first.clause.id.padEnd(idWidth)}  ${cells.join('  ')}  ${paint('faint', first.clause.says)}`;
};

const indented = (label: string, text: string) => `    ${label.padEnd(9)}${text.replaceAll('\n', '\n             ')}`;

const failureLines = ({ clause, style, failure }: Result, paint: Paint): string[] => [
  `${paint('bad', '✗')} ${paint('strong', clause.id)}${style === 'server' ? '' : ` (${style} style)`}: ${clause.says}`,
  ...(failure?.request ? [indented('request', failure.request)] : []),
  indented('expected', failure?.expected ?? ''),
  indented('got', failure?.got ?? ''),
  indented('to do', clause.mend),
  '',
];

const uncheckedLines = (results: readonly Result[]): string[] => {
  const unchecked = results.filter(({ outcome }) => outcome === 'unchecked');
  const byNeeds = groupBy(unchecked, ({ needs }) => needs ?? '');
  return [...byNeeds].map(([needs, those]) => {
    const ids = [...new Set(those.map(({ clause }) => clause.id))];
    return `– not checked: needs ${needs}\n    ${ids.join(', ')}`;
  });
};

/** Formats the report as text: a table of all clauses, then each failure and what to do about it. */
export const toText = (results: readonly Result[], columns: readonly StyleName[], paint: Paint): string => {
  const idWidth = Math.max(6, ...results.map(({ clause }) => clause.id.length));
  const rows = byClause(results);
  const { passed, failed, unchecked } = tally(results);
  const failures = results.filter(({ outcome }) => outcome === 'failed');
  const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
  const done = `${counted(rows.length, 'clause')}: ${counted(passed, 'check')} passed`;
  const summary = `${done}, ${failed} failed, ${unchecked} not checked.`;
  return [
    paint('strong', `${'clause'.padEnd(idWidth)}  ${columns.join('  ')}`),
    ...rows.map((those) => row(those, columns, idWidth, paint)),
    '',
    ...failures.flatMap((failure) => failureLines(failure, paint)),
    ...uncheckedLines(results),
    ...(unchecked > 0 ? [''] : []),
    paint(isConforming(results) ? 'good' : 'bad', summary),
  ].join('\n');
};

/** Formats the report as JSON. */
export const toJson = (results: readonly Result[], baseUrl: URL): string =>
  JSON.stringify(
    {
      base_url: baseUrl.href,
      conforming: isConforming(results),
      summary: tally(results),
      clauses: byClause(results).map((those) => ({
        id: those[0]?.clause.id,
        says: those[0]?.clause.says,
        results: those.map(({ style, outcome, needs, failure, clause }) => ({
          style,
          outcome,
          ...(needs !== undefined && { needs }),
          ...(failure && { ...failure, mend: clause.mend }),
        })),
      })),
    },
    null,
    2,
  );
