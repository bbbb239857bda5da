import { type Actor, assertMayAct, type UserId } from '@taskward/domain';
import { assertLimit } from '../limits.ts';
import { pageOf } from '../page.ts';
import type { ChangeLog, LoggedChange } from '../ports/change-log.ts';

/** Some of an owner's changes, newest first. */
export interface LogEntries {
  readonly entries: readonly LoggedChange[];
  /** Where the next page starts: `before` of the next call. Absent on the last page. */
  readonly next?: number;
}

/**
 * Returns what was done to all of the owner's tasks, newest first.
 * @param input.before only changes before this revision
 * @param input.after only changes after this revision
 * @throws DomainError `auth/wrong-user`, `request/invalid` for a limit out of range; ApplicationError `database/unavailable`
 */
export const makeListLog =
  ({ changes }: { changes: ChangeLog }) =>
  async (
    actor: Actor,
    input: { owner: UserId; before?: number; after?: number; limit: number },
  ): Promise<LogEntries> => {
    const { owner, limit, before, after } = input;
    assertMayAct(actor, owner);
    assertLimit(limit);
    const { items, last } = pageOf(await changes.latest(owner, { before, after }, limit + 1), limit);
    return { entries: items, ...(last && { next: last.change.revision }) };
  };
