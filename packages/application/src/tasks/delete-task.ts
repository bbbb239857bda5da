import { type Actor, assertMayAct, type Condition, originOf, type UserId } from '@taskward/domain';
import type { Clock } from '../ports/clock.ts';
import type { TaskRepository } from '../ports/task-repository.ts';

/**
 * Deletes one of the owner's tasks.
 * @throws DomainError `auth/wrong-user`, `task/not-found`, `task/stale`; ApplicationError `database/unavailable`
 */
export const makeDeleteTask =
  ({ tasks, clock }: { tasks: TaskRepository; clock: Clock }) =>
  async (
    actor: Actor,
    { owner, id, condition }: { owner: UserId; id: number; condition?: Condition },
  ): Promise<void> => {
    assertMayAct(actor, owner);
    return tasks.remove(owner, id, originOf(actor, clock.now()), condition && ((task) => task.assertMeets(condition)));
  };
