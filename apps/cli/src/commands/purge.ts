import type { Jobs, TaskPosition } from '@taskward/application';
import { type Instant, invalid, operator, toInstant, type UserId } from '@taskward/domain';
import { type Command, Option } from 'commander';
import { toJson } from '../formats/json.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { duration, userOption, type WithJson, withExamples, withJson } from '../options.ts';
import { CommandExit, outputFormatOf, printNotice, write } from '../output.ts';
import { withTaskward } from '../session.ts';

interface Purge extends WithJson {
  readonly user?: UserId;
  readonly allUsers?: boolean;
  /** Milliseconds. */
  readonly olderThan: number;
  readonly dryRun?: boolean;
}

// Tasks per transaction: short enough not to block other writes for long.
const tasksAtOnce = 500;
const usersAtOnce = 500;

/** Yields all users, with one page in memory at a time. */
async function* allUsers({ listUsers }: Jobs): AsyncGenerator<UserId> {
  for (let after: UserId | undefined; ; ) {
    const page = await listUsers(operator, { limit: usersAtOnce, ...(after !== undefined && { after }) });
    yield* page;
    after = page.at(-1);
    if (page.length < usersAtOnce) return;
  }
}

async function* only(user: UserId): AsyncGenerator<UserId> {
  yield user;
}

const purgeOf = async (
  { purgeTasks }: Jobs,
  input: { owner: UserId; before: Instant; dryRun: boolean },
  signal: AbortSignal,
): Promise<number> => {
  let removed = 0;
  for (let after: TaskPosition | undefined; !signal.aborted; ) {
    const step = await purgeTasks(operator, { ...input, limit: tasksAtOnce, ...(after && { after }) });
    removed += step.removed;
    after = step.next;
    if (after === undefined) break;
  }
  return removed;
};

const purge = async (options: Purge, command: Command) => {
  const { user, allUsers: all = false, olderThan, dryRun = false } = options;
  const isNamed = command.getOptionValueSource('user') === 'cli';
  if (all && isNamed) throw invalid([{ field: '--all-users', message: 'cannot be combined with --user' }]);
  if (!all && user === undefined) throw invalid([{ field: 'purge', message: 'needs --user or --all-users' }]);
  const before = toInstant(new Date(Date.now() - olderThan).toISOString());
  const interrupt = listenForInterrupt();
  const sum = { removed: 0, users: 0 };
  await withTaskward(async ({ jobs }) => {
    for await (const owner of all ? allUsers(jobs) : only(user as UserId)) {
      if (interrupt.signal.aborted) break;
      const removed = await purgeOf(jobs, { owner, before, dryRun }, interrupt.signal);
      sum.removed += removed;
      if (removed > 0) sum.users += 1;
    }
  }).finally(() => interrupt.dispose());
  const what = `${sum.removed} ${sum.removed === 1 ? 'task' : 'tasks'} of ${sum.users} ${sum.users === 1 ? 'user' : 'users'}`;
  if (outputFormatOf(options) === 'human')
    await write(`${dryRun ? 'Would remove' : 'Removed'} ${what}, done before ${before}.\n`);
  else await write(`${toJson({ ...sum, before, dry_run: dryRun })}\n`);
  if (!interrupt.signal.aborted) return;
  printNotice('Stopped before the end; what is removed is removed.');
  throw new CommandExit(interrupt.exitCode());
};

/** `taskward purge` */
export const addPurgeCommand = (program: Command): void => {
  withExamples(
    withJson(program.command('purge').description('delete tasks that were completed long ago, in small transactions'))
      .addOption(
        new Option(
          '--completed',
          'delete completed tasks (required; there is no other choice yet)',
        ).makeOptionMandatory(),
      )
      .addOption(
        new Option('--older-than <time>', 'only tasks unchanged for this long: 90d, 12h, 4w')
          .argParser(duration)
          .makeOptionMandatory(),
      )
      .addOption(userOption())
      .option('--all-users', 'purge the tasks of all users')
      .option('--dry-run', 'delete nothing; print how many tasks would be deleted'),
    'taskward purge --completed --older-than 90d --user demo',
    'taskward purge --completed --older-than 52w --all-users --dry-run',
  ).action(purge);
};
