import { type Actor, assertMayAct, type Condition, originOf, type Task, type UserId } from '@taskward/domain';
import type { Clock } from '../ports/clock.ts';
import type { TaskRepository } from '../ports/task-repository.ts';
import { applyChange, completionRuleOf, type TaskChange } from './task-changes.ts';

/**
 * Changes one of the owner's tasks. `update` changes the named fields and keeps the others. `complete` sets the given
 * state, or toggles it if none is given. A change without effect writes nothing.
 * @throws DomainError `auth/wrong-user`, `request/invalid` with every fault, `task/not-found`, `task/stale`;
 * ApplicationError `database/unavailable`
 */
export const makeChangeTask =
  ({ tasks, clock }: { tasks: TaskRepository; clock: Clock }) =>
  async (
    actor: Actor,
    input: { owner: UserId; id: number; change: TaskChange; condition?: Condition },
  ): Promise<Task> => {
    const { owner, id, change, condition } = input;
    assertMayAct(actor, owner);
    const now = clock.now();
    const apply = (task: Task) => {
      if (condition !== undefined) task.assertMeets(condition);
      return applyChange(task, change, { actor, now });
    };
    // A precondition needs the task itself, so the rule alone does not suffice.
    return tasks.update(
      owner,
      id,
      apply,
      originOf(actor, now),
      condition === undefined ? completionRuleOf(change, now) : undefined,
    );
  };
