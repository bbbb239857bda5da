import { type Actor, assertMayAct, taskNotFound, type UserId } from '@taskward/domain';
import type { ChangeLog } from '../ports/change-log.ts';

const atOnce = 1_000;

/**
 * Removes deleted tasks of the owner for good: they can no longer be restored, and their history loses its values.
 * @param input.id the task; without it, everything in the trash
 * @returns how many were removed
 * @throws DomainError `auth/wrong-user`, `task/not-found` if a named task is not in the trash, `database/unavailable`
 */
export const makePurgeTrash =
  ({ changes }: { changes: ChangeLog }) =>
  async (actor: Actor, { owner, id }: { owner: UserId; id?: number }): Promise<number> => {
    assertMayAct(actor, owner);
    let removed = 0;
    for (let some = atOnce; some === atOnce; removed += some) some = await changes.purgeTrash(owner, id, atOnce);
    if (id !== undefined && removed === 0) throw taskNotFound(id);
    return removed;
  };
