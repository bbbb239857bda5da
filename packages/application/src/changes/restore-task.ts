import {
  type Actor,
  assertMayAct,
  type Condition,
  originOf,
  restoreTask,
  type Task,
  type UserId,
} from '@taskward/domain';
import { defaultLimits } from '../limits.ts';
import type { WritePorts } from '../ports/write-ports.ts';

/**
 * Restores one of the owner's deleted tasks: the same id and content, at a new revision. A task that exists is returned.
 * @param input.condition `match` is about the revision of the deletion
 * @throws DomainError `auth/wrong-user`, `task/not-found`, `task/purged`, `task/stale`, `task/quota-exceeded`,
 * `database/unavailable`
 */
export const makeRestoreTask =
  ({ tasks, clock, calendar, limits = defaultLimits }: WritePorts) =>
  async (actor: Actor, input: { owner: UserId; id: number; condition?: Condition }): Promise<Task> => {
    const { owner, id, condition = {} } = input;
    assertMayAct(actor, owner);
    const now = clock.now();
    return tasks.transact(owner, { ids: [id], restored: [id] }, originOf(actor, now), (unit) => ({
      result: restoreTask(unit, id, condition, { actor, owner, now, calendar, quota: limits.tasksPerUser }),
      store: true,
    }));
  };
