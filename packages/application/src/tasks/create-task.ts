import {
  type Actor,
  changesDates,
  defaultSettings,
  originOf,
  Task,
  type TaskContent,
  type UserId,
} from '@taskward/domain';
import { defaultLimits } from '../limits.ts';
import type { WritePorts } from '../ports/write-ports.ts';

/**
 * Creates a task for the owner.
 * @throws DomainError `auth/wrong-user`, `request/invalid` with every fault, `task/quota-exceeded`;
 * ApplicationError `database/unavailable`
 */
export const makeCreateTask =
  ({ tasks, clock, calendar, limits = defaultLimits }: WritePorts) =>
  async (actor: Actor, { owner, content }: { owner: UserId; content: TaskContent }): Promise<Task> => {
    const now = clock.now();
    const origin = originOf(actor, now);
    const draft = (settings = defaultSettings) => Task.draft(actor, owner, content, now, { calendar, settings });
    if (!changesDates(content)) return tasks.add(draft(), origin, limits.tasksPerUser);
    // Dates depend on the owner's settings, which a unit of work has.
    return tasks.transact(owner, { ids: [] }, origin, (unit) => ({
      result: unit.add(draft(unit.settings), limits.tasksPerUser),
      store: true,
    }));
  };
