import { type Actor, assertMayAct, type UserId } from '@taskward/domain';
import type { ImportedName, ImportStore } from './ports.ts';

/**
 * Under which external ids the owner's tasks were imported, a page at a time, also those that are deleted by now.
 * @param input.after the last external id of the page before
 * @returns at most `limit`, in the order of the store's own; fewer on the last page
 * @throws DomainError `auth/wrong-user`, `database/unavailable`.
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
