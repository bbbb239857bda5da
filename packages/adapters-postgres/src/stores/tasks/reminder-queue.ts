import type { DueTask, ReminderQueue } from '@taskward/application';
import type { Database } from '../../database.ts';
import { asJob } from '../../isolation/job.ts';

// In milliseconds.
const timeout = 5_000;

// Read from tasks_remind_at_idx, which has its condition.
const selectDue = `select user_id as owner, id from taskward.tasks
  where remind_at is not null and remind_at[1] <= ?::timestamptz and user_id <> all (?::text[])
  order by remind_at[1] limit ?`;

/** Makes the queue of reminders over PostgreSQL. It runs in the role of jobs, which sees nothing else of tasks. */
export const makeReminderQueue = ({ database }: { database: Database }): ReminderQueue => ({
  due: ({ now, limit, except }) =>
    asJob(database, { timeout }, (execute) => execute<DueTask>(selectDue, [now, [...except], limit])),
});
