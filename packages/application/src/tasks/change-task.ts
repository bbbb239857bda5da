import {
  type Actor,
  assertMayAct,
  type ChangeOrigin,
  type Condition,
  defaultSettings,
  originOf,
  type Task,
  type UserId,
  type UserSettings,
} from '@taskward/domain';
import type { TaskRepository } from '../ports/task-repository.ts';
import type { WritePorts } from '../ports/write-ports.ts';
import { applyChange, completionRuleOf, movesOn, needsSettings, type TaskChange } from './task-changes.ts';

interface Asked {
  readonly owner: UserId;
  readonly id: number;
  readonly change: TaskChange;
  readonly condition?: Condition;
}

type Change = (task: Task, settings?: UserSettings) => Task;

/**
 * Changes the task without its owner's settings.
 * @returns the task, or `undefined` if the change depends on them, and is not made yet
 */
const withoutSettings = async (
  tasks: TaskRepository,
  { owner, id, change, condition }: Asked,
  apply: Change,
  origin: ChangeOrigin,
): Promise<Task | undefined> => {
  if (needsSettings(change)) return undefined;
  // A precondition needs the task itself, so the rule alone does not suffice.
  const rule = condition === undefined ? completionRuleOf(change, origin.at) : undefined;
  // Told by the task as it was: a toggle may have reopened it.
  let isToMoveOn = false;
  const task = await tasks.update(
    owner,
    id,
    (before) => {
      isToMoveOn = movesOn(before, change);
      return isToMoveOn ? before : apply(before);
    },
    origin,
    rule,
  );
  return isToMoveOn ? undefined : task;
};

/**
 * Changes one of the owner's tasks. `update` changes the named fields and keeps the others. `complete` sets the given
 * state, or toggles it if none is given; a recurring task moves on to its next occurrence. A change without effect writes
 * nothing.
 * @throws DomainError `auth/wrong-user`, `request/invalid` with every fault, `task/not-found`, `task/stale`,
 * `task/occurrence-passed`; ApplicationError `database/unavailable`
 */
export const makeChangeTask =
  ({ tasks, clock, calendar }: WritePorts) =>
  async (actor: Actor, input: Asked): Promise<Task> => {
    const { owner, id, change, condition } = input;
    assertMayAct(actor, owner);
    const now = clock.now();
    const origin = originOf(actor, now);
    const apply: Change = (task, settings = defaultSettings) => {
      if (condition !== undefined) task.assertMeets(condition);
      return applyChange(task, change, { actor, now, planning: { calendar, settings } });
    };
    const changed = await withoutSettings(tasks, input, apply, origin);
    if (changed !== undefined) return changed;
    return tasks.transact(owner, { ids: [id] }, origin, (unit) => ({
      result: unit.update(id, (task) => apply(task, unit.settings)),
      store: true,
    }));
  };
