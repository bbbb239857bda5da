import type { ChangeOrigin, UnitOfWork, UserId } from '@taskward/domain';
import type { Work } from './task-repository.ts';

/** The external id of an imported task. */
export interface ImportedName {
  readonly externalId: string;
  /** The id of the task, which may have been deleted since. */
  readonly taskId: number;
}

/** Stores external ids beside the tasks, so that nothing is imported twice. Its contract suite is in `tests/contract`. */
export interface ImportStore {
  /**
   * Loads the owner's counters, but no tasks, into a unit of work, passes it to `work` with those of the external ids that
   * were imported before, and stores the added tasks and their external ids, as one atomic step with a constant number of
   * statements. `work` must be pure and synchronous. Nothing is written if it throws or returns `store: false`. Of
   * concurrent imports, a later one sees the external ids of an earlier one.
   * @throws ApplicationError `database/unavailable`, or what `work` throws
   */
  transact<T>(
    owner: UserId,
    externalIds: readonly string[],
    origin: ChangeOrigin,
    work: (unit: UnitOfWork, known: ReadonlySet<string>) => ImportWork<T>,
  ): Promise<T>;

  /**
   * Lists external ids and their tasks, in the store's own order.
   * @param after the external id to start after; `undefined` starts from the beginning
   * @returns at most `limit`
   * @throws ApplicationError `database/unavailable`
   */
  list(owner: UserId, after: string | undefined, limit: number): Promise<readonly ImportedName[]>;
}

/** The result of an import, and whether to store it. */
export interface ImportWork<T> extends Work<T> {
  /** The task id of each external id that was imported. */
  readonly imported: ReadonlyMap<string, number>;
}
