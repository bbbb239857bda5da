import type { Instant, UserId } from '@taskward/domain';
import type { Execute } from '../isolation/job.ts';

/** Runs work in a transaction of its own in the role of jobs, for one user or for all. */
export type InJob = <T>(user: UserId | undefined, work: (execute: Execute) => Promise<T>) => Promise<T>;

/** What is old at a moment, after so many milliseconds. */
export interface Age {
  readonly now: Instant;
  readonly lifetime: number;
}

// Citus locks rows of one worker only, and deletes no part of what a statement finds on several. So what is old is found
// first, and then deleted user by user. Another process that does the same finds nothing left to delete.
const isOld = (column: string): string => `${column} <= ?::timestamptz - ?::bigint * interval '1 ms'`;

const byUser = <T extends { user_id: UserId }>(rows: readonly T[]): Map<UserId, T[]> =>
  Map.groupBy(rows, (row) => row.user_id);

/** Deletes keys of calls that are old. @returns how many were deleted, at most `limit` */
export const purgeKeys = async (inJob: InJob, { now, lifetime }: Age, limit: number): Promise<number> => {
  const old = await inJob(undefined, (execute) =>
    execute<{ user_id: UserId; key: string }>(
      `select user_id, key from taskward.idempotency_keys where ${isOld('created_at')} limit ?`,
      [now, lifetime, limit],
    ),
  );
  let purged = 0;
  for (const [user, rows] of byUser(old)) {
    const gone = await inJob(user, (execute) =>
      execute(
        `delete from taskward.idempotency_keys where user_id = ? and key = any (?::text[]) and ${isOld('created_at')}
         returning key`,
        [user, rows.map(({ key }) => key), now, lifetime],
      ),
    );
    purged += gone.length;
  }
  return purged;
};

/** Deletes counts of keys whose window has ended, at most `limit`. */
export const purgeUsage = async (inJob: InJob, { now, lifetime }: Age, limit: number): Promise<void> => {
  const old = await inJob(undefined, (execute) =>
    execute<{ user_id: UserId }>(`select user_id from taskward.idempotency_usage where ${isOld('since')} limit ?`, [
      now,
      lifetime,
      limit,
    ]),
  );
  for (const { user_id: user } of old)
    await inJob(user, (execute) =>
      execute(`delete from taskward.idempotency_usage where user_id = ? and ${isOld('since')}`, [user, now, lifetime]),
    );
};

const latestOld = `select max(revision) as revision from taskward.changes where user_id = ? and ${isOld('at')}`;

/** Deletes the oldest entries of a user's log, who is locked. @returns how many were deleted, at most `limit` */
export const purgeChanges = async (
  execute: Execute,
  user: UserId,
  { now, lifetime }: Age,
  limit: number,
): Promise<number> => {
  const expired = await execute<{ revision: string }>(
    `select revision from taskward.changes where user_id = ? and revision <= (${latestOld}) order by revision limit ?`,
    [user, user, now, lifetime, limit],
  );
  const last = expired.at(-1)?.revision;
  if (last === undefined) return 0;
  await execute('delete from taskward.changes where user_id = ? and revision <= ?::bigint', [user, last]);
  await execute('update taskward.users set oldest_revision = greatest(oldest_revision, ?::bigint) where id = ?', [
    last,
    user,
  ]);
  return expired.length;
};

/** Counts the entries of a user's log that can be deleted. */
export const countChanges = async (execute: Execute, user: UserId, { now, lifetime }: Age): Promise<number> => {
  const [row] = await execute<{ count: number }>(
    `select count(*)::integer as count from taskward.changes where user_id = ? and revision <= (${latestOld})`,
    [user, user, now, lifetime],
  );
  return row?.count ?? 0;
};
