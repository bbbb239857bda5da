import { type Actor, assertMayAct, type Calendar, invalid, type Revisions, type UserId } from '@taskward/domain';
import { rangeFault } from '../limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { PlanningStore } from '../ports/planning-store.ts';
import type { TaskPage, TaskRepository } from '../ports/task-repository.ts';
import { type AskedQuery, changesWithTime, filterFaults, resolveFilter } from './task-filter.ts';

const assertValid = (query: AskedQuery, calendar: Calendar): void => {
  const { limit, offset } = query;
  const faults = [...filterFaults(query, calendar), ...rangeFault('limit', limit), ...rangeFault('offset', offset)];
  if (faults.length > 0) throw invalid(faults);
};

/** A page of tasks for a caller that may have it already. */
export interface ListedTasks extends TaskPage {
  /** Whether the caller has the page already; then `tasks` is empty. */
  readonly unchanged: boolean;
}

interface ListPorts {
  readonly tasks: TaskRepository;
  readonly planning: PlanningStore;
  readonly clock: Clock;
  readonly calendar: Calendar;
}

/**
 * Lists the owner's tasks, one page at a time.
 * @param input.known revisions of the owner at which the caller has the page already; at one of these the result is
 * marked `unchanged` and has no tasks
 * @throws DomainError `auth/wrong-user`, `request/invalid` for a query beyond `requestLimits`; ApplicationError
 * `search/too-slow`, `database/busy`, `database/unavailable`
 */
export const makeListTasks =
  ({ tasks, planning, clock, calendar }: ListPorts) =>
  async (
    actor: Actor,
    { owner, query, known = [] }: { owner: UserId; query: AskedQuery; known?: Revisions },
  ): Promise<ListedTasks> => {
    assertMayAct(actor, owner);
    assertValid(query, calendar);
    // A caller that has the page usually has the current one: the counter alone decides that.
    if (!changesWithTime(query) && (known === 'any' || known.length > 0)) {
      const revision = await tasks.revision(owner);
      if (known === 'any' || known.includes(revision)) return { revision, unchanged: true, tasks: [] };
    }
    const resolved = await resolveFilter(owner, query, clock.now(), { planning, calendar });
    return { ...(await tasks.list(owner, resolved)), unchanged: false };
  };
