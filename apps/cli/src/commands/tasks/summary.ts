import { styleText } from 'node:util';
import type { SummaryWithTags } from '@taskward/application';
import { operator, priorities } from '@taskward/domain';
import type { Command } from 'commander';
import { type OfUser, ofUser, type WithJson, withExamples, withJson } from '../../input/options.ts';
import { writeResult } from '../../output/output.ts';
import { cut, shown, terminalColumns } from '../../output/terminal.ts';
import { withTaskward } from '../../runtime/session.ts';

const labelColumns = 10;

const line = (label: string, text: string): string =>
  `${styleText('bold', label.padEnd(labelColumns))}  ${cut(text, terminalColumns() - labelColumns - 2)}\n`;

const listed = (counts: readonly (readonly [name: string, count: number])[]): string =>
  counts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

const inWords = ({ pending, completed, overdue, today, priorities: counts, tags }: SummaryWithTags): string => {
  const byPriority = listed([...priorities, 'none' as const].map((name) => [name, counts[name]] as const));
  const byTag = listed(tags.map(({ name, pending: open }) => [`#${shown(name)}`, open] as const));
  return [
    line('Open', String(pending)),
    line('Overdue', overdue > 0 ? styleText('red', String(overdue)) : '0'),
    line('Due today', String(today)),
    line('Done', String(completed)),
    ...(byPriority === '' ? [] : [line('Priorities', byPriority)]),
    ...(byTag === '' ? [] : [line('Tags', byTag)]),
  ].join('');
};

const summary = async (options: OfUser & WithJson) => {
  const counted = await withTaskward(({ useCases }) => useCases.taskSummary(operator, { owner: options.user }));
  const { revision: _revision, ...counts } = counted;
  await writeResult(options, inWords(counted), counts);
};

/** `taskward summary` */
export const addSummaryCommand = (program: Command): void => {
  withExamples(
    withJson(
      ofUser(program.command('summary').description('count open tasks by due date, priority and tag, and done ones')),
    ),
    'taskward summary --user demo',
    'taskward summary --user demo | jq .overdue',
  ).action(summary);
};
