import { type Actor, assertMayAct, originOf, type TaskOutcome, type UserId, undoChange } from '@taskward/domain';
import { defaultLimits } from '../limits.ts';
import type { WritePorts } from '../ports/write-ports.ts';

/**
 * Takes back a change of the owner's tasks, with all that were made in one step with it, by new changes.
 * @param input.revision the revision of the change
 * @returns what has become of each task
 * @throws DomainError `auth/wrong-user`, `change/not-found`, `undo/superseded`, `task/purged`, `task/quota-exceeded`,
 * `database/unavailable`
 */
export const makeUndoChange =
  ({ tasks, clock, calendar, limits = defaultLimits }: WritePorts) =>
  async (actor: Actor, { owner, revision }: { owner: UserId; revision: number }): Promise<readonly TaskOutcome[]> => {
    assertMayAct(actor, owner);
    const now = clock.now();
    return tasks.transact(owner, { ids: [], undone: [revision] }, originOf(actor, now), (unit) => ({
      result: undoChange(unit, revision, { actor, owner, now, calendar, quota: limits.tasksPerUser }),
      store: true,
    }));
  };
