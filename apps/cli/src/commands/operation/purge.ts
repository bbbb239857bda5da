import type { Jobs, TaskPosition, UseCases } from '@taskward/application';
import { type Instant, invalid, millisecondsPerDay, operator, toInstant, type UserId } from '@taskward/domain';
import { type Command, Option } from 'commander';
import { toJson } from '../../formats/json/json.ts';
import { duration, userOption, type WithJson, withExamples, withJson } from '../../input/options.ts';
import { CommandExit, outputFormatOf, printNotice, write } from '../../output/output.ts';
import { listenForInterrupt } from '../../runtime/interrupt.ts';
import { withTaskward } from '../../runtime/session.ts';
import { allUsers } from './all-users.ts';

interface Purge extends WithJson {
  readonly user?: UserId;
  readonly allUsers?: boolean;
  readonly completed?: boolean;
  readonly changes?: boolean;
  /** Milliseconds. */
  readonly olderThan: number;
  readonly dryRun?: boolean;
}

// Per transaction: short enough not to block other writes for long.
const atOnce = 500;

async function* only(user: UserId): AsyncGenerator<UserId> {
  yield user;
}

interface OfOneUser {
  readonly owner: UserId;
  readonly before: Instant;
  readonly days: number;
  readonly dryRun: boolean;
}

type PurgeOf = (ports: { jobs: Jobs; useCases: UseCases }, input: OfOneUser, signal: AbortSignal) => Promise<number>;

const purgeTasksOf: PurgeOf = async ({ jobs: { purgeTasks } }, { days: _days, ...input }, signal) => {
  let removed = 0;
  for (let after: TaskPosition | undefined; !signal.aborted; ) {
    const step = await purgeTasks(operator, { ...input, limit: atOnce, ...(after && { after }) });
    removed += step.removed;
    after = step.next;
    if (after === undefined) break;
  }
  return removed;
};

const purgeChangesOf: PurgeOf = async ({ useCases }, { owner, days, dryRun }, signal) => {
  if (dryRun) return useCases.countOldChanges(operator, { owner, days });
  let removed = 0;
  for (let some = atOnce; some > 0 && !signal.aborted; removed += some) {
    some = await useCases.purgeChanges(operator, { owner, days, limit: atOnce });
  }
  return removed;
};

const purge = async (options: Purge, command: Command) => {
  const { user, allUsers: all = false, olderThan, dryRun = false } = options;
  const isNamed = command.getOptionValueSource('user') === 'cli';
  if (all && isNamed) throw invalid([{ field: '--all-users', message: 'cannot be combined with --user' }]);
  if (!all && user === undefined) throw invalid([{ field: 'purge', message: 'needs --user or --all-users' }]);
  const { completed = false, changes = false } = options;
  if (completed === changes) throw invalid([{ field: 'purge', message: 'needs either --completed or --changes' }]);
  const before = toInstant(new Date(Date.now() - olderThan).toISOString());
  const interrupt = listenForInterrupt();
  const sum = { removed: 0, users: 0 };
  const input = { before, days: olderThan / millisecondsPerDay, dryRun };
  await withTaskward(async (ports) => {
    for await (const owner of all ? allUsers(ports.jobs) : only(user as UserId)) {
      if (interrupt.signal.aborted) break;
      const removed = await (changes ? purgeChangesOf : purgeTasksOf)(ports, { owner, ...input }, interrupt.signal);
      sum.removed += removed;
      if (removed > 0) sum.users += 1;
    }
  }).finally(() => interrupt.dispose());
  const noun = `${changes ? 'change' : 'task'}${sum.removed === 1 ? '' : 's'}`;
  const what = `${sum.removed} ${noun} of ${sum.users} ${sum.users === 1 ? 'user' : 'users'}`;
  if (outputFormatOf(options) === 'human')
    await write(`${dryRun ? 'Would remove' : 'Removed'} ${what}, ${changes ? 'made' : 'done'} before ${before}.\n`);
  else await write(`${toJson({ ...sum, before, dry_run: dryRun })}\n`);
  if (!interrupt.signal.aborted) return;
  printNotice('Stopped before the end; what is removed is removed.');
  throw new CommandExit(interrupt.exitCode());
};

/** `taskward purge` */
export const addPurgeCommand = (program: Command): void => {
  withExamples(
    withJson(
      program
        .command('purge')
        .description('delete tasks that were completed long ago, or old changes, in small transactions'),
    )
      .option('--completed', 'delete completed tasks')
      .option('--changes', 'delete entries of the log, and with them what is in the trash for as long')
      .addOption(
        new Option('--older-than <time>', 'only tasks unchanged, or changes made, this long ago: 90d, 12h, 4w')
          .argParser(duration)
          .makeOptionMandatory(),
      )
      .addOption(userOption())
      .option('--all-users', 'purge tasks or changes of all users')
      .option('--dry-run', 'delete nothing; print how many would be deleted'),
    'taskward purge --completed --older-than 90d --user demo',
    'taskward purge --completed --older-than 52w --all-users --dry-run',
    'taskward purge --changes --older-than 30d --user demo',
  ).action(purge);
};
