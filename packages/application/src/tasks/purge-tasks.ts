import { type Actor, assertMayAct, type Instant, originOf, type UserId } from '@taskward/domain';
import type { Clock } from '../ports/clock.ts';
import type { TaskPosition, TaskRepository } from '../ports/task-repository.ts';

/** The result of one step of a purge. */
export interface PurgeProgress {
  /** How many tasks were removed, or would be in a dry run. */
  readonly removed: number;
  /** Where the next step starts; absent when there are no more. */
  readonly next?: TaskPosition;
}

/**
 * Removes the owner's completed tasks that last changed before a moment, at most `limit` per step. A task that is
 * reopened meanwhile stays. With `dryRun` nothing is removed.
 * @param input.after where to start: `next` of the previous step
 * @throws DomainError `auth/wrong-user`; ApplicationError `database/unavailable`
 */
export const makePurgeTasks =
  ({ tasks, clock }: { tasks: TaskRepository; clock: Clock }) =>
  async (
    actor: Actor,
    input: { owner: UserId; before: Instant; after?: TaskPosition; limit: number; dryRun: boolean },
  ): Promise<PurgeProgress> => {
    const { owner, before, after, limit, dryRun } = input;
    assertMayAct(actor, owner);
    const order = {
      status: 'completed',
      sort: [{ field: 'updated_at', order: 'asc' }],
      offset: 0,
      count: false,
    } as const;
    const page = await tasks.list(owner, { ...order, limit, ...(after && { after }) });
    const due = page.tasks.filter((task) => task.isDoneBefore(before));
    const next = due.length === page.tasks.length && page.next ? { next: page.next } : {};
    if (dryRun || due.length === 0) return { removed: due.length, ...next };
    const ids = due.map(({ id }) => id);
    return tasks.transact(owner, { ids }, originOf(actor, clock.now()), (unit) => {
      for (const id of ids) if (unit.find(id)?.isDoneBefore(before)) unit.remove(id);
      return { result: { removed: unit.removed.length, ...next }, store: true };
    });
  };
