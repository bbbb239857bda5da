import type { UnitOfWorkState } from '@taskward/domain';
import type { Row } from '@taskward/owner-transactions';

/**
 * Statement text: an owner's counters, as `countersFromRow` reads them, from their row of `taskward.users`. Counts tasks
 * only while `removed_count` is unknown.
 */
export const counters = `last_task_id, revision, coalesce(removed_count,
  last_task_id - (select count(*)::integer from taskward.tasks where user_id = $1))`;

/** Returns an owner's counters from a row of `counters`; all are 0 for an unknown owner, who has no row. */
export const countersFromRow = (row: Row = ['0', '0', '0']): Omit<UnitOfWorkState, 'tasks'> => {
  const [lastTaskId = 0, revision = 0, removedCount = 0] = row.map(Number);
  return { lastTaskId, revision, taskCount: lastTaskId - removedCount };
};
