import { type Actor, assertMayAct, type Revisions, type UserId } from '@taskward/domain';
import type { TaskPage, TaskQuery, TaskRepository } from '../ports/task-repository.ts';

/**
 * Lists the owner's tasks, one page at a time.
 * @param input.known revisions of the owner at which the caller has the page already; at one of these the result is
 * marked `unchanged` and has no tasks
 * @throws DomainError `auth/wrong-user`, `search/too-slow`, `database/busy`, `database/unavailable`
 */
export const makeListTasks =
  ({ tasks }: { tasks: TaskRepository }) =>
  async (actor: Actor, input: { owner: UserId; query: TaskQuery; known?: Revisions }): Promise<TaskPage> => {
    assertMayAct(actor, input.owner);
    return tasks.list(input.owner, input.query, input.known);
  };
