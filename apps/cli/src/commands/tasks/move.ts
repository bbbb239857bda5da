import { invalid, operator, type Place } from '@taskward/domain';
import type { Command } from 'commander';
import { conditional, ofUser, repeatable, taskId, type Written, withExamples, withJson } from '../../input/options.ts';
import { outputFormatOf } from '../../output/output.ts';
import { printResults, runWrite, taskResult } from '../../output/results.ts';
import { withTaskward } from '../../runtime/session.ts';

interface Move extends Written {
  readonly before?: number;
  readonly after?: number;
  readonly top?: boolean;
  readonly bottom?: boolean;
  readonly ifRevision?: number;
}

const placeOf = ({ before, after, top, bottom }: Move): Place => {
  const places: Place[] = [
    ...(before === undefined ? [] : [{ before }]),
    ...(after === undefined ? [] : [{ after }]),
    ...(top ? [{ to: 'top' } as const] : []),
    ...(bottom ? [{ to: 'bottom' } as const] : []),
  ];
  const [place, another] = places;
  if (place === undefined || another !== undefined)
    throw invalid([{ field: 'move', message: 'needs one of --before, --after, --top and --bottom' }]);
  return place;
};

const move = async (id: number, options: Move) => {
  const { user: owner, ifRevision } = options;
  const to = placeOf(options);
  const condition = ifRevision !== undefined && { condition: { match: [ifRevision] } };
  const results = await withTaskward(({ useCases }) =>
    runWrite(useCases, options, ['move', id, to], async ({ moveTask }) => [
      taskResult(await moveTask(operator, { owner, id, to, ...condition })),
    ]),
  );
  await printResults(results, outputFormatOf(options), { several: false });
};

/** `taskward move` */
export const addMoveCommand = (program: Command): void => {
  withExamples(
    conditional(
      repeatable(
        withJson(
          ofUser(
            program
              .command('move')
              .argument('<id>', 'id of the task', taskId)
              .description('move a task in your own order, which `list --sort position` shows'),
          ),
        ),
      ),
    )
      .option('--before <id>', 'to just before this task', taskId)
      .option('--after <id>', 'to just after this task', taskId)
      .option('--top', 'before all others')
      .option('--bottom', 'after all others'),
    'taskward move 12 --before 7 --user demo',
    'taskward move 12 --top --user demo',
  ).action(move);
};
