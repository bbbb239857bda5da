import { type Actor, assertMayAct, type Revisions, type UserId } from '@taskward/domain';
import type { TaskPage, TaskQuery, TaskRepository } from './ports.ts';

/**
 * Lists the owner's tasks, a page at a time. A caller that names revisions of the owner's under which it knows the
 * page already is told that nothing changed, instead of being given it again.
 * @throws DomainError `auth/wrong-user`, `search/too-slow`, `database/busy`, `database/unavailable`.
 */
export const makeListTasks =
  ({ tasks }: { tasks: TaskRepository }) =>
  async (actor: Actor, input: { owner: UserId; query: TaskQuery; known?: Revisions }): Promise<TaskPage> => {
    assertMayAct(actor, input.owner);
    return tasks.list(input.owner, input.query, input.known);
  };
