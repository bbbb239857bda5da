import type { Cradle } from '@taskward/api';
import type { UserId } from '@taskward/domain';
import type { Command } from 'commander';
import { type TaskFormat, tableFormat, taskFormats } from '../../formats/task-format.ts';
import { filterOf, type Ordered, orderOf, withFilters, withOrder } from '../../input/filter-options.ts';
import { count, type OfUser, ofUser, type WithJson, withExamples, withJson } from '../../input/options.ts';
import { type OutputFormat, outputFormatOf, printNotice } from '../../output/output.ts';
import { taskPages, writeTasks } from '../../output/pages.ts';
import { makeTaskTable } from '../../output/task-text.ts';
import { planningOf } from '../../runtime/planning.ts';
import { withTaskward } from '../../runtime/session.ts';

interface List extends OfUser, WithJson, Ordered {
  readonly limit?: number;
}

const formatOf = async (cradle: Cradle, user: UserId, style: OutputFormat): Promise<TaskFormat> => {
  if (style === 'human') return tableFormat(makeTaskTable(await planningOf(cradle, user)));
  return style === 'json' ? taskFormats.json : taskFormats.ndjson;
};

const list = async (options: List) =>
  withTaskward(async (cradle) => {
    const { user, limit } = options;
    const selection = { ...filterOf(options), sort: orderOf(options) };
    const style = outputFormatOf(options);
    const found = await writeTasks(
      await formatOf(cradle, user, style),
      taskPages(cradle.useCases, user, selection, limit),
    );
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
