import {
  type Actor,
  assertMayAct,
  type Fault,
  invalid,
  type Revisions,
  textFault,
  type UserId,
} from '@taskward/domain';
import { rangeFault, requestLimits } from '../limits.ts';
import type { TaskPage, TaskQuery, TaskRepository } from '../ports/task-repository.ts';

const searchFault = (search: string | undefined): Fault[] => {
  const message = search === undefined ? undefined : textFault(search, requestLimits.search);
  return message === undefined ? [] : [{ field: 'search', message }];
};

const assertWithinLimits = ({ search, limit, offset }: TaskQuery): void => {
  const faults = [...searchFault(search), ...rangeFault('limit', limit), ...rangeFault('offset', offset)];
  if (faults.length > 0) throw invalid(faults);
};

/** A page of tasks for a caller that may have it already. */
export interface ListedTasks extends TaskPage {
  /** Whether the caller has the page already; then `tasks` is empty. */
  readonly unchanged: boolean;
}

/**
 * Lists the owner's tasks, one page at a time.
 * @param input.known revisions of the owner at which the caller has the page already; at one of these the result is
 * marked `unchanged` and has no tasks
 * @throws DomainError `auth/wrong-user`, `request/invalid` for a query beyond `requestLimits`; ApplicationError
 * `search/too-slow`, `database/busy`, `database/unavailable`
 */
export const makeListTasks =
  ({ tasks }: { tasks: TaskRepository }) =>
  async (
    actor: Actor,
    { owner, query, known = [] }: { owner: UserId; query: TaskQuery; known?: Revisions },
  ): Promise<ListedTasks> => {
    assertMayAct(actor, owner);
    assertWithinLimits(query);
    // A caller that has the page usually has the current one: the counter alone decides that.
    if (known === 'any' || known.length > 0) {
      const revision = await tasks.revision(owner);
      if (known === 'any' || known.includes(revision)) return { revision, unchanged: true, tasks: [] };
    }
    return { ...(await tasks.list(owner, query)), unchanged: false };
  };
