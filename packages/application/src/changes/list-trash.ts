import { type Actor, assertMayAct, type UserId } from '@taskward/domain';
import { assertLimit } from '../limits.ts';
import { pageOf } from '../page.ts';
import type { ChangeLog, DeletedTask } from '../ports/change-log.ts';

/** Some of an owner's deleted tasks, newest deletion first. */
export interface TrashPage {
  readonly tasks: readonly DeletedTask[];
  /** Where the next page starts: `before` of the next call. Absent on the last page. */
  readonly next?: number;
}

/**
 * Returns the owner's deleted tasks that can be restored, newest deletion first.
 * @param input.before only deletions before this revision
 * @throws DomainError `auth/wrong-user`, `request/invalid` for a limit out of range, `database/unavailable`
 */
export const makeListTrash =
  ({ changes }: { changes: ChangeLog }) =>
  async (actor: Actor, input: { owner: UserId; before?: number; limit: number }): Promise<TrashPage> => {
    const { owner, before, limit } = input;
    assertMayAct(actor, owner);
    assertLimit(limit);
    const { items, last } = pageOf(await changes.trash(owner, before, limit + 1), limit);
    return { tasks: items, ...(last && { next: last.revision }) };
  };
