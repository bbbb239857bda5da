import { type Actor, assertMayAct, type TaskOutcome, type UserId } from '@taskward/domain';
import { changesGone } from '../errors.ts';
import { assertLimit } from '../limits.ts';
import type { ChangeLog, LogBounds, LoggedReminder } from '../ports/change-log.ts';

/** A position in an owner's log of changes. */
export interface ChangePosition {
  /** The account's history that it belongs to. */
  readonly epoch: number;
  /** The last revision that was read. */
  readonly revision: number;
  /** Within a snapshot of all tasks, which is taken at that revision: the last task that was read. */
  readonly afterId?: number;
}

/** Some of an owner's changes. */
export interface ChangePage {
  /** The latest state of each task that changed, in the order of the changes; in a snapshot, all tasks by id. */
  readonly changes: readonly TaskOutcome[];
  /** The reminders that were fired among them, in their order; none in a snapshot. They change no task. */
  readonly reminders: readonly LoggedReminder[];
  /** Where to go on. */
  readonly next: ChangePosition;
  readonly hasMore: boolean;
  /** The owner's change counter: while it is the same, so is the page. */
  readonly revision: number;
}

/** Returns where the log ends. */
export const endOf = ({ epoch, revision }: LogBounds): ChangePosition => ({ epoch, revision });

/**
 * Returns whether the log reaches a position. Who has seen nothing of an account may begin with its first change, even if the
 * account did not exist yet.
 */
export const isWithin = ({ epoch, revision }: ChangePosition, bounds: LogBounds): boolean =>
  revision >= bounds.oldest && revision <= bounds.revision && (epoch === bounds.epoch || revision === 0);

const snapshotPage = async (
  changes: ChangeLog,
  owner: UserId,
  position: ChangePosition | undefined,
  limit: number,
): Promise<ChangePage> => {
  const page = await changes.snapshot(owner, position?.afterId ?? 0, limit);
  if (position !== undefined && !isWithin(position, page)) throw changesGone();
  const { epoch, revision } = position ?? page;
  const last = page.tasks.at(-1);
  return {
    changes: page.tasks.map((task) => ({ kind: 'put', task })),
    reminders: [],
    next: { epoch, revision, ...(page.hasMore && last && { afterId: last.id }) },
    hasMore: page.hasMore,
    revision: page.revision,
  };
};

// Only the last of several changes of a task says what has become of it.
const lastOfEach = (changes: readonly TaskOutcome[]): readonly TaskOutcome[] => {
  const idOf = (one: TaskOutcome) => (one.kind === 'put' ? one.task.id : one.id);
  const last = new Map(changes.map((one) => [idOf(one), one]));
  return last.size === changes.length ? changes : changes.filter((one) => last.get(idOf(one)) === one);
};

/**
 * Returns what changed in the owner's tasks since a position, a page at a time. Without a position, all tasks, and then
 * what has changed since the first of these pages was read.
 * @throws DomainError `auth/wrong-user`, `request/invalid` for a limit out of range, `changes/gone` for a position that the
 * log does not reach, `database/unavailable`
 */
export const makeListChanges =
  ({ changes }: { changes: ChangeLog }) =>
  async (actor: Actor, input: { owner: UserId; since?: ChangePosition; limit: number }): Promise<ChangePage> => {
    const { owner, since, limit } = input;
    assertMayAct(actor, owner);
    assertLimit(limit);
    if (since === undefined || since.afterId !== undefined) return snapshotPage(changes, owner, since, limit);
    const page = await changes.since(owner, since.revision, limit);
    if (!isWithin(since, page)) throw changesGone();
    const next = { epoch: page.epoch, revision: page.upTo };
    const { reminders, hasMore, revision } = page;
    return { changes: lastOfEach(page.changes), reminders, next, hasMore, revision };
  };

/** Returns where the owner's log ends now. @throws DomainError `auth/wrong-user`, `database/unavailable` */
export const makeEndOfChanges =
  ({ changes }: { changes: ChangeLog }) =>
  async (actor: Actor, { owner }: { owner: UserId }): Promise<ChangePosition> => {
    assertMayAct(actor, owner);
    return endOf(await changes.bounds(owner));
  };
