import { type DeletedTaskRecord, isUseCaseError, toDeletedTaskRecord, type UseCases } from '@taskward/application';
import { invalid, operator, type UserId } from '@taskward/domain';
import type { Command } from 'commander';
import { assertCanAsk, confirm } from '../../input/confirm.ts';
import { count, type OfUser, ofUser, taskIds, type WithJson, withExamples, withJson } from '../../input/options.ts';
import { type RevisionPage, revisionPages, writeList } from '../../output/list-output.ts';
import { outputFormatOf, printNotice, writeResult } from '../../output/output.ts';
import { printResults, type Result, rejection } from '../../output/results.ts';
import { trashTable } from '../../output/task-text.ts';
import { withTaskward } from '../../runtime/session.ts';

/** Yields a user's deleted tasks, page by page, newest deletion first. */
export const trashPages = (
  { listTrash }: Pick<UseCases, 'listTrash'>,
  owner: UserId,
  limit?: number,
): AsyncGenerator<readonly DeletedTaskRecord[]> =>
  revisionPages(async (page): Promise<RevisionPage<DeletedTaskRecord>> => {
    const { tasks, ...rest } = await listTrash(operator, { owner, ...page });
    return { items: tasks.map((task) => toDeletedTaskRecord(owner, task)), ...rest };
  }, limit);

const list = async (options: OfUser & WithJson & { limit?: number }) =>
  withTaskward(async ({ useCases }) => {
    const style = outputFormatOf(options);
    const found = await writeList(style, trashPages(useCases, options.user, options.limit), trashTable);
    if (found === 0 && style === 'human') printNotice('The trash is empty.');
  });

interface Purge extends OfUser, WithJson {
  readonly all?: boolean;
  readonly yes?: boolean;
}

const purgeEach = async (useCases: UseCases, owner: UserId, ids: readonly number[]): Promise<Result[]> => {
  const results: Result[] = [];
  for (const id of ids) {
    const result = await useCases.purgeTrash(operator, { owner, id }).then(
      (): Result => ({ deleted: id }),
      (error) => {
        if (!isUseCaseError(error) || error.code !== 'task/not-found') throw error;
        return rejection(error);
      },
    );
    results.push(result);
  }
  return results;
};

const purge = async (ids: readonly number[], options: Purge) => {
  const { user: owner, all = false, yes } = options;
  if (all && ids.length > 0) throw invalid([{ field: '--all', message: 'cannot be combined with ids' }]);
  if (!all && ids.length === 0) throw invalid([{ field: 'purge', message: 'needs ids of tasks, or --all' }]);
  assertCanAsk('This removes deleted tasks for good.', yes);
  if (!yes) {
    const what = all ? 'everything in the trash' : `the ${ids.length === 1 ? 'task' : 'tasks'} ${ids.join(', ')}`;
    await confirm(`Type yes to remove ${what} for good: `, 'yes', 'Nothing was removed.');
  }
  const style = outputFormatOf(options);
  await withTaskward(async ({ useCases }) => {
    if (!all) return printResults(await purgeEach(useCases, owner, ids), style, { several: true });
    const purged = await useCases.purgeTrash(operator, { owner });
    const text = `${purged} ${purged === 1 ? 'task is' : 'tasks are'} gone for good.`;
    return writeResult(options, `${text}\n`, { purged });
  });
};

/** `taskward trash`, `taskward trash purge` */
export const addTrashCommands = (program: Command): void => {
  const trash = withExamples(
    program.command('trash').description('list deleted tasks, which can be restored, or remove them for good'),
    'taskward trash --user demo',
    'taskward trash purge 12 13 --user demo',
  );
  withExamples(
    withJson(
      ofUser(
        trash
          .command('list', { isDefault: true })
          .description('list deleted tasks, newest deletion first; `taskward trash` is the same'),
      ),
    ).option('--limit <number>', 'maximum number of tasks', count),
    'taskward trash list --user demo',
    'taskward trash list --user demo | jq .id',
  ).action(list);
  withExamples(
    withJson(
      ofUser(
        trash
          .command('purge')
          .argument('[id...]', 'ids of the tasks', taskIds)
          .description('remove deleted tasks for good; their history keeps what was done, and no content'),
      ),
    )
      .option('--all', 'remove everything in the trash')
      .option('-y, --yes', 'do not ask for confirmation'),
    'taskward trash purge 12 13 --user demo',
    'taskward trash purge --all --yes --user demo',
  ).action((ids: readonly number[] | undefined, options: Purge) => purge(ids ?? [], options));
};
