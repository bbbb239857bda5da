import { type Actor, assertMayAct, type Condition, type Task, type TaskChanges, type UserId } from '@taskward/domain';
import type { Clock, TaskRepository } from './ports.ts';

/**
 * Changes the named fields of one of the owner's tasks, be it one of them or all: a field that is not named keeps
 * its value. A change to the values that the task already has writes nothing.
 * @throws DomainError `auth/wrong-user`, `request/invalid` with every fault, `task/not-found`, `task/stale`,
 * `database/unavailable`.
 */
export const makeUpdateTask =
  ({ tasks, clock }: { tasks: TaskRepository; clock: Clock }) =>
  async (
    actor: Actor,
    input: { owner: UserId; id: number; changes: TaskChanges; condition?: Condition },
  ): Promise<Task> => {
    assertMayAct(actor, input.owner);
    const now = clock.now();
    return tasks.update(input.owner, input.id, (task) => {
      task.assertMeets(input.condition ?? {});
      return task.change(actor, input.changes, now);
    });
  };
