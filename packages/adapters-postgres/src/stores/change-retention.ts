import type { ChangeRetention } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { Database } from '../database.ts';
import { asJob } from '../isolation/job.ts';

// In milliseconds, for each statement.
const timeout = 20_000;
const countTimeout = 600_000;
const usersAtOnce = 100;

const isOld = `at <= ?::timestamptz - ?::bigint * interval '1 ms'`;
const selectUsers = `select distinct user_id from (select user_id from taskward.changes where ${isOld} limit ?) old limit ?`;

// As every write of the user's does it, the user first: emptying the trash changes entries, too.
const lockUser = 'select from taskward.users where id = ? for no key update';
// All up to the latest old one, so that no change is kept without those that followed it, should clocks differ.
const expired = `user_id = ? and revision <= (select max(revision) from taskward.changes where user_id = ? and ${isOld})`;
const purgeOfUser = `with old as (
    select revision from taskward.changes where ${expired} order by revision limit ?
  ), gone as (
    delete from taskward.changes where user_id = ? and revision in (select revision from old) returning revision
  ), moved as (
    update taskward.users set oldest_revision = greatest(oldest_revision, (select max(revision) from gone))
    where id = ? and exists (select from gone)
  )
  select count(*)::integer as count from gone`;

/** Makes the bound on logs over PostgreSQL. It runs in the role of jobs, a transaction for each user. */
export const makeChangeRetention = ({ database }: { database: Database }): ChangeRetention => ({
  async purge({ now, lifetime, owner, limit }) {
    const users =
      owner === undefined
        ? await asJob(database, { timeout }, (execute) =>
            execute<{ user_id: UserId }>(selectUsers, [now, lifetime, limit, usersAtOnce]),
          )
        : [{ user_id: owner }];
    let removed = 0;
    for (const { user_id: user } of users) {
      if (removed >= limit) break;
      const left = limit - removed;
      const [row] = await asJob(database, { user, timeout }, async (execute) => {
        await execute(lockUser, [user]);
        return execute<{ count: number }>(purgeOfUser, [user, user, now, lifetime, left, user, user]);
      });
      removed += row?.count ?? 0;
    }
    return removed;
  },

  async count({ now, lifetime, owner }) {
    const [row] = await asJob(database, { user: owner, timeout: countTimeout }, (execute) =>
      execute<{ count: number }>(`select count(*)::integer as count from taskward.changes where ${expired}`, [
        owner,
        owner,
        now,
        lifetime,
      ]),
    );
    return row?.count ?? 0;
  },
});
