import { type Actor, assertMayAct, type Condition, type UserId } from '@taskward/domain';
import type { TaskRepository } from '../ports/task-repository.ts';

/**
 * Deletes one of the owner's tasks.
 * @throws DomainError `auth/wrong-user`, `task/not-found`, `task/stale`, `database/unavailable`
 */
export const makeDeleteTask =
  ({ tasks }: { tasks: TaskRepository }) =>
  async (
    actor: Actor,
    { owner, id, condition }: { owner: UserId; id: number; condition?: Condition },
  ): Promise<void> => {
    assertMayAct(actor, owner);
    return tasks.remove(owner, id, condition && ((task) => task.assertMeets(condition)));
  };
