import type { Jobs } from '@taskward/application';
import { type DomainError, dayAt, operator, type Planning, toInstant } from '@taskward/domain';
import { type Command, Option } from 'commander';
import { exitCodes } from '../../exit-codes.ts';
import { toJson } from '../../formats/json/json.ts';
import { type DateContext, type FileRow, fields, type Reading } from '../../formats/rows.ts';
import { openSource, type ReadableFormat, readable, type Source } from '../../formats/source.ts';
import { type OfUser, ofUser, type WithJson, withExamples, withJson } from '../../input/options.ts';
import { CommandExit, printNotice, write } from '../../output/output.ts';
import { makeProgress } from '../../output/progress.ts';
import { shown } from '../../output/terminal.ts';
import { listenForInterrupt } from '../../runtime/interrupt.ts';
import { planningOf } from '../../runtime/planning.ts';
import { withTaskward } from '../../runtime/session.ts';

interface Import extends OfUser, WithJson {
  readonly format?: ReadableFormat;
  readonly idColumn: string;
  readonly dryRun?: boolean;
}

// Rows per transaction: enough to make round trips cheap, few enough to use little memory.
const batchSize = 1_000;

async function* inBatches(rows: AsyncIterable<FileRow>): AsyncGenerator<FileRow[]> {
  let batch: FileRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Counts of an import so far. */
interface Tally {
  imported: number;
  known: number;
  refused: number;
  /** Imported without an external id: a repetition would import them again. */
  nameless: number;
}

const why = ({ faults, message }: DomainError): string =>
  faults.length > 0 ? faults.map(({ field, message: fault }) => `${field} ${fault}`).join('; ') : message;

// Reads one batch ahead while another is being stored.
const store = async (
  { importTasks }: Jobs,
  source: Source,
  options: Import,
  { context, tally, signal }: { context: DateContext; tally: Tally; signal: AbortSignal },
): Promise<void> => {
  const { user: owner, dryRun = false } = options;
  const progress = makeProgress(dryRun ? 'Reading' : 'Importing', source.size);
  const storeBatch = async (batch: readonly FileRow[], read: number): Promise<void> => {
    const outcomes = await importTasks(operator, { owner, rows: batch.map(({ row }) => row), dryRun });
    for (const [index, outcome] of outcomes.entries()) {
      const { line, row, notes = [] } = batch[index] as FileRow;
      if (outcome.kind === 'created') tally.imported += 1;
      if (outcome.kind === 'created' && !('externalId' in row)) tally.nameless += 1;
      if (outcome.kind === 'known') tally.known += 1;
      if (outcome.kind === 'created') for (const note of notes) progress.notice(`line ${line}: ${shown(note)}`);
      if (outcome.kind !== 'rejected') continue;
      tally.refused += 1;
      progress.notice(`line ${line}: ${shown(why(outcome.error))}`);
    }
    progress.update(read, tally.imported + tally.known + tally.refused);
  };
  let underWay = Promise.resolve();
  try {
    for await (const batch of inBatches(source.rows(context))) {
      await underWay;
      if (signal.aborted) return;
      underWay = storeBatch(batch, source.read());
      // Awaited below: a rejection before that is not unhandled.
      underWay.catch(() => {});
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await underWay.finally(() => progress.stop());
  }
};

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

const summary = (
  { imported, known, refused, nameless }: Tally,
  { skipped, ignored, idColumn }: Reading,
  dryRun: boolean,
) => [
  [
    `${dryRun ? 'Would have imported' : 'Imported'} ${plural(imported, 'task', 'tasks')}`,
    ...(known > 0 ? [`${plural(known, 'was', 'were')} imported before`] : []),
    ...(refused > 0 ? [`${plural(refused, 'row was', 'rows were')} refused`] : []),
    ...(skipped > 0 ? [`${plural(skipped, 'row is', 'rows are')} no task`] : []),
  ]
    .join('; ')
    .concat('.'),
  ...(ignored.size > 0 ? [`Left out, as a task has no place for it: ${[...ignored].map(shown).join(', ')}.`] : []),
  ...(nameless > 0 && !dryRun
    ? [
        `${plural(nameless, 'has', 'have')} no \`${shown(idColumn)}\`: importing the same again would add ${nameless === 1 ? 'it' : 'them'} again.`,
      ]
    : []),
];

const dateContextOf = (planning: Planning): DateContext => ({
  planning,
  today: dayAt(toInstant(new Date().toISOString()), planning),
});

const importFile = async (file: string, options: Import) => {
  const { idColumn, format, dryRun = false } = options;
  const reading: Reading = { idColumn, ignored: new Set(), skipped: 0 };
  const tally: Tally = { imported: 0, known: 0, refused: 0, nameless: 0 };
  const interrupt = listenForInterrupt();
  const { signal } = interrupt;
  const source = await openSource(file, format, reading, signal);
  try {
    await withTaskward(async (cradle) => {
      const context = dateContextOf(await planningOf(cradle, options.user));
      await store(cradle.jobs, source, options, { context, tally, signal });
    });
  } finally {
    interrupt.dispose();
    source.close();
    if (signal.aborted)
      printNotice('Stopped. What is imported stays; the same command goes on where there are external ids.');
    for (const line of summary(tally, reading, dryRun)) printNotice(line);
  }
  const { imported, known, refused } = tally;
  if (options.json) await write(`${toJson({ imported, known, refused, skipped: reading.skipped, dry_run: dryRun })}\n`);
  if (signal.aborted) throw new CommandExit(interrupt.exitCode());
  if (refused > 0) throw new CommandExit(exitCodes['request/invalid']);
};

/** `taskward import` */
export const addImportCommand = (program: Command): void => {
  withExamples(
    withJson(
      ofUser(program.command('import').argument('<file>', 'the file, or `-` for standard input'))
        .description('import tasks from JSON, JSON Lines, CSV, also that of Todoist, or iCalendar')
        .addOption(
          new Option('--format <format>', 'input format; by default detected from the file name or content').choices(
            readable,
          ),
        )
        .option(
          '--id-column <name>',
          'column with the id of each row in its source; a row with a known id is not imported again',
          'external_id',
        )
        .option('--dry-run', 'import nothing; report what would be imported or rejected'),
    ),
    'taskward import tasks.csv --user demo',
    'taskward import todoist.csv --dry-run --user demo',
    'taskward export --user demo | taskward import - --id-column id --user copy',
  )
    .addHelpText(
      'after',
      `
Columns: ${fields.join(', ')}, and the column named by --id-column.
Invalid rows are reported on standard error with their line number; the others are imported, and the exit code is 65.`,
    )
    .action(importFile);
};
