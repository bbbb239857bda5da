import { type Actor, assertMayAct, type Condition, type Task, type UserId } from '@taskward/domain';
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
    assertMayAct(actor, input.owner);
    const now = clock.now();
    return tasks.update(input.owner, input.id, (task) => {
      task.assertMeets(input.condition ?? {});
      return task.tick(actor, input.completed, now);
    });
  };
