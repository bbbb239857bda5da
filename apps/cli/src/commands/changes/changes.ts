import { type HistoryRecord, type LogRecord, toHistoryRecord, toLogRecord, toRecord } from '@taskward/application';
import { operator, type TaskOutcome } from '@taskward/domain';
import type { Command } from 'commander';
import {
  count,
  type OfUser,
  ofUser,
  repeatable,
  revision,
  taskId,
  type WithJson,
  type Written,
  withExamples,
  withJson,
} from '../../input/options.ts';
import { historyTable, logTable } from '../../output/change-output.ts';
import { revisionPages, writeList } from '../../output/list-output.ts';
import { outputFormatOf, printNotice } from '../../output/output.ts';
import { printResults, type Result, runWrite } from '../../output/results.ts';
import { withTaskward } from '../../runtime/session.ts';

interface Listed extends OfUser, WithJson {
  readonly limit?: number;
}

const log = async (options: Listed & { since?: number }) =>
  withTaskward(async ({ useCases }) => {
    const { user: owner, since, limit } = options;
    const style = outputFormatOf(options);
    const pages = revisionPages<LogRecord>(async (page) => {
      const input = { owner, ...page, ...(since !== undefined && { after: since }) };
      const { entries, ...rest } = await useCases.listLog(operator, input);
      return { items: entries.map(toLogRecord), ...rest };
    }, limit);
    const found = await writeList(style, pages, logTable);
    if (found === 0 && style === 'human') printNotice('There are no such changes.');
  });

const history = async (id: number, options: Listed) =>
  withTaskward(async ({ useCases }) => {
    const pages = revisionPages<HistoryRecord>(async (page) => {
      const { entries, ...rest } = await useCases.taskHistory(operator, { owner: options.user, id, ...page });
      return { items: entries.map(toHistoryRecord), ...rest };
    }, options.limit);
    await writeList(outputFormatOf(options), pages, historyTable);
  });

const outcomeResult = (outcome: TaskOutcome): Result =>
  outcome.kind === 'put' ? { task: toRecord(outcome.task) } : { deleted: outcome.id };

const undo = async (undone: number, options: Written) => {
  const { user: owner } = options;
  const results = await withTaskward(({ useCases }) =>
    runWrite(useCases, options, ['undo', undone], async ({ undoChange }) =>
      (await undoChange(operator, { owner, revision: undone })).map(outcomeResult),
    ),
  );
  await printResults(results, outputFormatOf(options), { several: true });
};

const listed = (command: Command): Command =>
  withJson(ofUser(command)).option('--limit <number>', 'maximum number of changes', count);

const addLog = (program: Command) =>
  withExamples(
    listed(program.command('log').description('list what was done to all tasks, newest first')).option(
      '--since <revision>',
      'only changes after this revision',
      revision,
    ),
    'taskward log --limit 20 --user demo',
    'taskward log --since 41 --user demo | jq -r \'.kind + " " + .title\'',
  ).action(log);

const addHistory = (program: Command) =>
  withExamples(
    listed(
      program
        .command('history')
        .argument('<id>', 'id of the task', taskId)
        .description('show what was done to a task, newest first, with the values; also to a deleted one'),
    ),
    'taskward history 12 --user demo',
  ).action(history);

const addUndo = (program: Command) =>
  withExamples(
    repeatable(
      withJson(
        ofUser(
          program
            .command('undo')
            .argument('<revision>', 'revision of the change: see `taskward log`', revision)
            .description('take back a change, with all that were made in one step with it'),
        ),
      ),
    ),
    'taskward undo 42 --user demo',
    'taskward undo 42 --user demo --idempotency-key undo-42',
  )
    .addHelpText(
      'after',
      `
A field goes back only if it still has the value that the change gave it; otherwise nothing is undone, and the exit
code is 75. An undo is a change, which can be undone.`,
    )
    .action(undo);

/** `taskward log`, `history`, `undo` */
export const addChangeCommands = (program: Command): void => {
  for (const addTo of [addLog, addHistory, addUndo]) addTo(program);
};
