import type { UnitOfWorkState } from '@taskward/domain';
import type { Row } from '@taskward/owner-transactions';

/**
 * Statement text: an owner's counters, as `countersFromRow` reads them, from their row of `taskward.users`. Their tasks
 * are counted only while nobody knows how many were removed.
 */
export const counters = `last_task_id, revision, coalesce(removed_count,
  last_task_id - (select count(*)::integer from taskward.tasks where user_id = $1))`;

/** An owner's counters from a row of `counters`; of an unknown owner there is none. */
export const countersFromRow = (row: Row = ['0', '0', '0']): Omit<UnitOfWorkState, 'tasks'> => {
  const [lastTaskId = 0, revision = 0, removedCount = 0] = row.map(Number);
  return { lastTaskId, revision, taskCount: lastTaskId - removedCount };
};
