import {
  type Actor,
  assertMayAct,
  type Calendar,
  type Condition,
  defaultSettings,
  originOf,
  type Task,
  type UserId,
} from '@taskward/domain';
import type { Clock } from '../ports/clock.ts';
import type { TaskRepository } from '../ports/task-repository.ts';
import { applyChange, completionRuleOf, movesOn, needsSettings, type TaskChange } from './task-changes.ts';

/**
 * Changes one of the owner's tasks. `update` changes the named fields and keeps the others. `complete` sets the given
 * state, or toggles it if none is given; a recurring task moves on to its next occurrence. A change without effect writes
 * nothing.
 * @throws DomainError `auth/wrong-user`, `request/invalid` with every fault, `task/not-found`, `task/stale`,
 * `task/occurrence-passed`; ApplicationError `database/unavailable`
 */
export const makeChangeTask =
  ({ tasks, clock, calendar }: { tasks: TaskRepository; clock: Clock; calendar: Calendar }) =>
  async (
    actor: Actor,
    input: { owner: UserId; id: number; change: TaskChange; condition?: Condition },
  ): Promise<Task> => {
    const { owner, id, change, condition } = input;
    assertMayAct(actor, owner);
    const now = clock.now();
    const origin = originOf(actor, now);
    const apply = (task: Task, settings = defaultSettings) => {
      if (condition !== undefined) task.assertMeets(condition);
      return applyChange(task, change, { actor, now, planning: { calendar, settings } });
    };
    if (!needsSettings(change)) {
      // A precondition needs the task itself, so the rule alone does not suffice.
      const rule = condition === undefined ? completionRuleOf(change, now) : undefined;
      // Whether the task is to move on: told by the task as it was, since a toggle may have reopened it by now.
      let isOccurrence = false;
      const changed = (task: Task) => {
        isOccurrence = movesOn(task, change);
        return isOccurrence ? task : apply(task);
      };
      const task = await tasks.update(owner, id, changed, origin, rule);
      if (!isOccurrence) return task;
    }
    return tasks.transact(owner, { ids: [id] }, origin, (unit) => ({
      result: unit.update(id, (task) => apply(task, unit.settings)),
      store: true,
    }));
  };
