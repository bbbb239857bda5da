import type { TaskQuery, UseCases } from '@taskward/application';
import { invalid, operator, type UserId } from '@taskward/domain';
import { type Command, Option } from 'commander';
import { taskFormats } from '../../formats/task-format.ts';
import { type OfUser, ofUser, statusOption, withExamples } from '../../input/options.ts';
import { everything, taskPages, writeTasks } from '../../output/pages.ts';
import { makeProgress } from '../../output/progress.ts';
import { shownLines } from '../../output/terminal.ts';
import { io } from '../../runtime/io.ts';
import { withTaskward } from '../../runtime/session.ts';

const formats = ['json', 'ndjson', 'csv', 'ics'] as const;

interface Export extends OfUser, Pick<TaskQuery, 'status'> {
  readonly format: (typeof formats)[number];
  readonly verbatim?: boolean;
}

/** Returns the number of a user's tasks. */
export const countTasks = async (
  { listTasks }: Pick<UseCases, 'listTasks'>,
  owner: UserId,
  status: TaskQuery['status'] = 'all',
): Promise<number> => {
  const query = { ...everything, status, limit: 1, offset: 0, count: true };
  return (await listTasks(operator, { owner, query })).total ?? 0;
};

// On a terminal, show no progress bar between the tasks, and escape control characters.
const exportTasks = async ({ user, status, format, verbatim = false }: Export) => {
  if (verbatim && format !== 'csv') throw invalid([{ field: '--verbatim', message: 'goes with --format csv only' }]);
  await withTaskward(async ({ useCases }) => {
    const { isTTY } = io().stdout;
    const isShown = io().stderr.isTTY && !isTTY;
    const progress = makeProgress('Exporting', isShown ? await countTasks(useCases, user, status) : 0, isShown);
    const pages = taskPages(useCases, user, { ...everything, status });
    const clean = isTTY ? shownLines : (text: string) => text;
    const written = (count: number) => progress.update(count, count);
    const writing = writeTasks(taskFormats[verbatim ? 'verbatimCsv' : format], pages, { clean, written });
    await writing.finally(() => progress.stop());
  });
};

/** `taskward export` */
export const addExportCommand = (program: Command): void => {
  withExamples(
    ofUser(program.command('export').description('write all tasks to standard output, oldest first'))
      .addOption(new Option('--format <format>', 'output format').choices(formats).default('json'))
      .option('--verbatim', 'do not escape texts in CSV that a spreadsheet would evaluate as formulas, such as =1+1')
      .addOption(statusOption()),
    'taskward export --format csv --user demo > tasks.csv',
    'taskward export --format ics --status pending --user demo > tasks.ics',
  )
    .addHelpText(
      'after',
      `
In CSV, a text that a spreadsheet would evaluate as a formula is prefixed with an apostrophe, which \`import\` removes.
With --verbatim, only texts that already begin with an apostrophe before such a character are prefixed.`,
    )
    .action(exportTasks);
};
