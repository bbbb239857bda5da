import { type Actor, assertMayAct, type UserId } from '@taskward/domain';
import type { ImportedName, ImportStore } from '../ports/import-store.ts';

/**
 * Lists the external ids of the owner's imported tasks, one page at a time, including those of deleted tasks.
 * @param input.after the last external id of the previous page
 * @returns at most `limit`, in the store's own order; fewer on the last page
 * @throws DomainError `auth/wrong-user`; ApplicationError `database/unavailable`
 */
export const makeListImports =
  ({ imports }: { imports: ImportStore }) =>
  async (
    actor: Actor,
    { owner, after, limit }: { owner: UserId; after?: string; limit: number },
  ): Promise<readonly ImportedName[]> => {
    assertMayAct(actor, owner);
    return imports.list(owner, after, limit);
  };
