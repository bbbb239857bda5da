import type { Command } from 'commander';
import { taskFormats } from '../../formats/task-format.ts';
import { filterOf, type Ordered, orderOf, withFilters, withOrder } from '../../input/filter-options.ts';
import { count, type OfUser, ofUser, type WithJson, withExamples, withJson } from '../../input/options.ts';
import { outputFormatOf, printNotice } from '../../output/output.ts';
import { taskPages, writeTasks } from '../../output/pages.ts';
import { withTaskward } from '../../runtime/session.ts';

const formats = { human: taskFormats.table, json: taskFormats.json, lines: taskFormats.ndjson };

interface List extends OfUser, WithJson, Ordered {
  readonly limit?: number;
}

const list = async (options: List) =>
  withTaskward(async ({ useCases }) => {
    const { user, limit } = options;
    const selection = { ...filterOf(options), sort: orderOf(options) };
    const style = outputFormatOf(options);
    const found = await writeTasks(formats[style], taskPages(useCases, user, selection, limit));
    if (found === 0 && style === 'human') printNotice('There are no such tasks.');
  });

/** `taskward list` */
export const addListCommand = (program: Command): void => {
  withExamples(
    withOrder(
      withFilters(
        withJson(
          ofUser(
            program.command('list').description('list tasks, newest first: as a table, or as JSON Lines in a pipe'),
          ),
        ),
      ),
    ).option('--limit <number>', 'maximum number of tasks', count),
    'taskward list --status pending --sort updated_at --limit 10 --user demo',
    'taskward list --due week --sort due_date,priority --user demo',
    'taskward list --tag home --priority high,urgent --user demo',
    'taskward list --search milk --user demo | jq -r .title',
  ).action(list);
};
