import { type Actor, assertMayAct, type Change, type Instant, type UserId } from '@taskward/domain';
import { assertLimit } from '../limits.ts';
import { pageOf } from '../page.ts';
import type { ChangeLog } from '../ports/change-log.ts';
import type { TaskRepository } from '../ports/task-repository.ts';

/** A completed occurrence of a recurring task, as it is serialised over HTTP and in files. */
export interface OccurrenceRecord {
  /** The revision of its completion, by which that can be undone. */
  readonly revision: number;
  readonly completed_at: Instant;
  /** When it was due; `null` once the deleted task has been purged. */
  readonly due_date: string | null;
  readonly request_id?: string;
}

/** Some of a task's completed occurrences, newest first. */
export interface OccurrencePage {
  readonly occurrences: readonly OccurrenceRecord[];
  /** Where the next page starts: `before` of the next call. Absent on the last page. */
  readonly next?: number;
}

const toOccurrenceRecord = (change: Change): OccurrenceRecord => ({
  revision: change.revision,
  completed_at: change.at,
  due_date: (change.kind === 'occurrence_completed' && change.before.due_date) || null,
  ...(change.requestId !== undefined && { request_id: change.requestId }),
});

/**
 * Returns the completed occurrences of one of the owner's tasks, newest first, also of a deleted one.
 * @param input.before only completions before this revision
 * @throws DomainError `auth/wrong-user`, `request/invalid` for a limit out of range, `task/not-found`; ApplicationError
 * `database/unavailable`
 */
export const makeListOccurrences =
  ({ tasks, changes }: { tasks: TaskRepository; changes: ChangeLog }) =>
  async (
    actor: Actor,
    input: { owner: UserId; id: number; before?: number; limit: number },
  ): Promise<OccurrencePage> => {
    const { owner, id, before, limit } = input;
    assertMayAct(actor, owner);
    assertLimit(limit);
    const found = await changes.occurrences(owner, id, before, limit + 1);
    // A task without any may exist or not.
    if (found.length === 0) await tasks.get(owner, id);
    const { items, last } = pageOf(found.map(toOccurrenceRecord), limit);
    return { occurrences: items, ...(last && { next: last.revision }) };
  };
