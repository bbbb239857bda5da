import { defaultSettings, type UnitOfWorkState, type UserSettings } from '@taskward/domain';
import type { Row, Value } from '@taskward/owner-transactions';

/** Statement text: how an owner counts days, as `settingsFromRow` reads it, from their row of `taskward.users`. */
export const settingsColumns = 'time_zone, day_starts_at, week_starts_on';

/** Returns how an owner counts days, from the columns of `settingsColumns`. */
export const settingsFromRow = ([timeZone, dayStartsAt, weekStartsOn]: Row): UserSettings =>
  // All three are stored together.
  typeof timeZone === 'string'
    ? ({ time_zone: timeZone, day_starts_at: dayStartsAt, week_starts_on: weekStartsOn } as UserSettings)
    : defaultSettings;

/** Returns the values of `settingsColumns`. */
export const settingsColumnsOf = (settings: UserSettings): readonly Value[] =>
  settings === defaultSettings
    ? [null, null, null]
    : [settings.time_zone, settings.day_starts_at, settings.week_starts_on];

/**
 * Statement text: an owner's counters and settings, as `countersFromRow` reads them, from their row of `taskward.users`. Counts
 * tasks only while `removed_count` is unknown.
 */
export const counters = `last_task_id, revision, coalesce(removed_count,
  last_task_id - (select count(*)::integer from taskward.tasks where user_id = $1)), ${settingsColumns}`;

/** Returns an owner's counters and settings from a row of `counters`; those of an unknown owner are 0. */
export const countersFromRow = (row: Row = ['0', '0', '0']): Omit<UnitOfWorkState, 'tasks'> => {
  const [lastTaskId = 0, revision = 0, removedCount = 0] = row.slice(0, 3).map(Number);
  return { lastTaskId, revision, taskCount: lastTaskId - removedCount, settings: settingsFromRow(row.slice(3)) };
};
