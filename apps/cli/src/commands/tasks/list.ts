import type { TaskList } from '@taskward/application';
import { type Command, Option } from 'commander';
import { taskFormats } from '../../formats/task-format.ts';
import {
  count,
  type OfUser,
  ofUser,
  searchText,
  statusOption,
  type WithJson,
  withExamples,
  withJson,
} from '../../input/options.ts';
import { outputFormatOf, printNotice } from '../../output/output.ts';
import { taskPages, writeTasks } from '../../output/pages.ts';
import { withTaskward } from '../../runtime/session.ts';

const formats = { human: taskFormats.table, json: taskFormats.json, lines: taskFormats.ndjson };

interface List extends OfUser, WithJson, Omit<TaskList, 'order'> {
  readonly order?: TaskList['order'];
  readonly limit?: number;
}

const list = async (options: List) =>
  withTaskward(async ({ useCases }) => {
    const { user, status, search, sort, limit } = options;
    const order = options.order ?? (sort === 'title' ? 'asc' : 'desc');
    const selection = { status, sort, order, ...(search !== undefined && search !== '' && { search }) };
    const style = outputFormatOf(options);
    const found = await writeTasks(formats[style], taskPages(useCases, user, selection, limit));
    if (found === 0 && style === 'human') printNotice('There are no such tasks.');
  });

/** `taskward list` */
export const addListCommand = (program: Command): void => {
  withExamples(
    withJson(
      ofUser(program.command('list').description('list tasks, newest first: as a table, or as JSON Lines in a pipe')),
    )
      .addOption(statusOption())
      .option('--search <text>', 'only tasks with this text in title or description', searchText)
      .addOption(
        new Option('--sort <field>', 'field to sort by')
          .choices(['created_at', 'updated_at', 'title'])
          .default('created_at'),
      )
      .addOption(
        new Option('--order <order>', 'sort order (default: "desc" for times, "asc" for titles)').choices([
          'asc',
          'desc',
        ]),
      )
      .option('--limit <number>', 'maximum number of tasks', count),
    'taskward list --status pending --sort updated_at --limit 10 --user demo',
    'taskward list --search milk --user demo | jq -r .title',
  ).action(list);
};
