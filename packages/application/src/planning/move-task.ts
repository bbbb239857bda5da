import {
  type Actor,
  anchorOf,
  assertMayAct,
  type Condition,
  moveTask,
  originOf,
  type Place,
  type PositionKeys,
  type Task,
  type UserId,
} from '@taskward/domain';
import type { Clock } from '../ports/clock.ts';
import { neighbourCount, type TaskRepository } from '../ports/task-repository.ts';

/**
 * Moves one of the owner's tasks before or after another, or to an end of the list. A task that is there already stays as it is.
 * @throws DomainError `auth/wrong-user`, `task/not-found`, `task/stale`, `task/anchor-gone`; ApplicationError
 * `database/unavailable`
 */
export const makeMoveTask =
  ({ tasks, clock, keys }: { tasks: TaskRepository; clock: Clock; keys: PositionKeys }) =>
  async (actor: Actor, input: { owner: UserId; id: number; to: Place; condition?: Condition }): Promise<Task> => {
    const { owner, id, to, condition = {} } = input;
    assertMayAct(actor, owner);
    const now = clock.now();
    const around = anchorOf(to);
    const ids = typeof around === 'number' ? [id, around] : [id];
    return tasks.transact(owner, { ids, around }, originOf(actor, now), (unit) => {
      unit.get(id).assertMeets(condition);
      return { result: moveTask(unit, id, to, { actor, now, keys, neighbourCount }), store: true };
    });
  };
