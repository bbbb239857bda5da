import { styleText } from 'node:util';
import type { OccurrenceRecord } from '@taskward/application';
import { operator } from '@taskward/domain';
import type { Command } from 'commander';
import { count, type OfUser, ofUser, taskId, type WithJson, withExamples, withJson } from '../../input/options.ts';
import { revisionPages, type Table, writeList } from '../../output/list-output.ts';
import { outputFormatOf, printNotice } from '../../output/output.ts';
import { withTaskward } from '../../runtime/session.ts';

const row = (revision: string, done: string, due: string): string =>
  `${revision.padStart(9)}  ${done.padEnd(19)}  ${due}`.trimEnd();

const table: Table<OccurrenceRecord> = {
  head: () => `${styleText('bold', row('REVISION', 'DONE (UTC)', 'DUE'))}\n`,
  row: ({ revision, completed_at, due_date }) =>
    `${row(String(revision), completed_at.slice(0, 19).replace('T', ' '), due_date ?? '')}\n`,
};

const occurrences = async (id: number, options: OfUser & WithJson & { limit?: number }) =>
  withTaskward(async ({ useCases }) => {
    const { user: owner, limit } = options;
    const pages = revisionPages<OccurrenceRecord>(async (page) => {
      const { occurrences: items, ...rest } = await useCases.listOccurrences(operator, { owner, id, ...page });
      return { items, ...rest };
    }, limit);
    const style = outputFormatOf(options);
    const found = await writeList(style, pages, table);
    if (found === 0 && style === 'human') printNotice('No occurrence of the task has been completed.');
  });

/** `taskward occurrences` */
export const addOccurrencesCommand = (program: Command): void => {
  withExamples(
    withJson(
      ofUser(
        program
          .command('occurrences')
          .argument('<id>', 'id of the task', taskId)
          .description('list the completed occurrences of a task that recurs, newest first; `undo` takes one back'),
      ),
    ).option('--limit <number>', 'maximum number of occurrences', count),
    'taskward occurrences 12 --user demo',
  ).action(occurrences);
};
