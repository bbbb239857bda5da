import {
  type Actor,
  assertMayAct,
  type Change,
  type ChangedFields,
  changedFields,
  contentAfterEach,
  contentBefore,
  taskNotFound,
  type UserId,
} from '@taskward/domain';
import { assertLimit } from '../limits.ts';
import { pageOf } from '../page.ts';
import type { ChangeLog } from '../ports/change-log.ts';

/** One change of a task, with what it changed. */
export type HistoryEntry = Pick<Change, 'revision' | 'kind' | 'at' | 'requestId' | 'batch'> & {
  /** The fields that changed, each with its value before and after. Empty for what was purged. */
  readonly changed: ChangedFields;
};

/** Some of a task's changes, newest first. */
export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  /** Where the next page starts; absent on the last one. */
  readonly next?: number;
}

/**
 * Returns what was done to one of the owner's tasks, newest first, also to a deleted one.
 * @param input.before only changes before this revision
 * @throws DomainError `auth/wrong-user`, `request/invalid` for a limit out of range, `task/not-found` if the log knows
 * nothing of the task, `database/unavailable`
 */
export const makeTaskHistory =
  ({ changes }: { changes: ChangeLog }) =>
  async (actor: Actor, input: { owner: UserId; id: number; before?: number; limit: number }): Promise<HistoryPage> => {
    const { owner, id, before = Number.POSITIVE_INFINITY, limit } = input;
    assertMayAct(actor, owner);
    assertLimit(limit);
    const { current, changes: all } = await changes.history(owner, id, before, limit + 1);
    if (current === undefined && all.length === 0) throw taskNotFound(id);
    const after = contentAfterEach(current, all);
    const entries = all.flatMap((change, index): HistoryEntry[] => {
      if (change.revision >= before) return [];
      const { revision, kind, at, requestId, batch } = change;
      const changed = changedFields(contentBefore(change, after[index]), after[index]);
      return [{ revision, kind, at, changed, ...(requestId && { requestId }), ...(batch && { batch }) }];
    });
    const { items, last } = pageOf(entries, limit);
    return { entries: items, ...(last && { next: last.revision }) };
  };
