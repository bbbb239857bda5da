import { type Actor, assertMayAct, type Condition, Task, type UserId } from '@taskward/domain';
import type { Clock, TaskRepository } from './ports.ts';

/**
 * Ticks one of the owner's tasks off, or on again: to `completed` where it is given, which is safe to repeat,
 * else to the opposite of what it was.
 * @throws DomainError `auth/wrong-user`, `task/not-found`, `task/stale`, `database/unavailable`.
 */
export const makeCompleteTask =
  ({ tasks, clock }: { tasks: TaskRepository; clock: Clock }) =>
  async (
    actor: Actor,
    input: { owner: UserId; id: number; completed?: boolean | undefined; condition?: Condition },
  ): Promise<Task> => {
    const { owner, id, completed, condition } = input;
    assertMayAct(actor, owner);
    const now = clock.now();
    const setCompleted = (task: Task) => {
      task.assertMeets(condition ?? {});
      return task.setCompleted(actor, completed, now);
    };
    if (condition !== undefined) return tasks.update(owner, id, setCompleted);
    return tasks.update(owner, id, setCompleted, Task.completionRule(actor, owner, completed, now));
  };
