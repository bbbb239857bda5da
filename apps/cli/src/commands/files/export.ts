import type { Cradle } from '@taskward/api';
import type { AskedFilter, UseCases } from '@taskward/application';
import { invalid, operator, type UserId } from '@taskward/domain';
import { type Command, Option } from 'commander';
import { makeCalendarFormat } from '../../formats/calendar/write-calendar.ts';
import { type TaskFormat, taskFormats } from '../../formats/task-format.ts';
import { filterOf, withFilters } from '../../input/filter-options.ts';
import { type OfUser, ofUser, withExamples } from '../../input/options.ts';
import { everything, taskPages, writeTasks } from '../../output/pages.ts';
import { makeProgress } from '../../output/progress.ts';
import { shownLines } from '../../output/terminal.ts';
import { io } from '../../runtime/io.ts';
import { planningOf } from '../../runtime/planning.ts';
import { withTaskward } from '../../runtime/session.ts';

const formats = ['json', 'ndjson', 'csv', 'ics'] as const;

interface Export extends OfUser {
  readonly format: (typeof formats)[number];
  readonly verbatim?: boolean;
}

/** Returns the number of a user's tasks, or of those that a filter selects. */
export const countTasks = async (
  { listTasks }: Pick<UseCases, 'listTasks'>,
  owner: UserId,
  filter: Partial<AskedFilter> = {},
): Promise<number> => {
  const query = { ...everything, ...filter, limit: 1, offset: 0, count: true };
  return (await listTasks(operator, { owner, query })).total ?? 0;
};

const formatOf = async (cradle: Cradle, user: UserId, name: Export['format'] | 'verbatimCsv'): Promise<TaskFormat> =>
  name === 'ics' ? makeCalendarFormat(await planningOf(cradle, user)) : taskFormats[name];

// On a terminal, show no progress bar between the tasks, and escape control characters.
const exportTasks = async (options: Export) => {
  const { user, format, verbatim = false } = options;
  const filter = filterOf(options);
  if (verbatim && format !== 'csv') throw invalid([{ field: '--verbatim', message: 'goes with --format csv only' }]);
  await withTaskward(async (cradle) => {
    const { useCases, audit } = cradle;
    const { isTTY } = io().stdout;
    const isShown = io().stderr.isTTY && !isTTY;
    const progress = makeProgress('Exporting', isShown ? await countTasks(useCases, user, filter) : 0, isShown);
    audit.userExported(user, 'tasks');
    const pages = taskPages(useCases, user, { ...everything, ...filter });
    const clean = isTTY ? shownLines : (text: string) => text;
    const written = (count: number) => progress.update(count, count);
    const writing = writeTasks(await formatOf(cradle, user, verbatim ? 'verbatimCsv' : format), pages, {
      clean,
      written,
    });
    await writing.finally(() => progress.stop());
  });
};

/** `taskward export` */
export const addExportCommand = (program: Command): void => {
  withExamples(
    withFilters(
      ofUser(program.command('export').description('write all tasks, or some, to standard output, oldest first')),
    )
      .addOption(new Option('--format <format>', 'output format').choices(formats).default('json'))
      .option('--verbatim', 'do not escape texts in CSV that a spreadsheet would evaluate as formulas, such as =1+1'),
    'taskward export --format csv --user demo > tasks.csv',
    'taskward export --format ics --status pending --tag home --user demo > home.ics',
  )
    .addHelpText(
      'after',
      `
In CSV, a text that a spreadsheet would evaluate as a formula is prefixed with an apostrophe, which \`import\` removes.
With --verbatim, only texts that already begin with an apostrophe before such a character are prefixed.`,
    )
    .action(exportTasks);
};
