import { type Actor, assertMayAct, type Task, type UserId } from '@taskward/domain';
import type { Clock, TaskRepository } from './ports.ts';

/**
 * Ticks one of the owner's tasks off, or on again: to `completed` where it is given, which is safe to repeat,
 * else to the opposite of what it was.
 * @throws DomainError `auth/wrong-user`, `task/not-found`, `database/unavailable`.
 */
export const makeCompleteTask =
  ({ tasks, clock }: { tasks: TaskRepository; clock: Clock }) =>
  async (actor: Actor, input: { owner: UserId; id: number; completed?: boolean | undefined }): Promise<Task> => {
    assertMayAct(actor, input.owner);
    const now = clock.now();
    return tasks.update(input.owner, input.id, (task) => {
      if (input.completed === undefined) return task.toggle(actor, now);
      return input.completed ? task.complete(actor, now) : task.reopen(actor, now);
    });
  };
