import type { ChangeRetention } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import * as onCitus from '../../citus/jobs.ts';
import type { Database } from '../../database.ts';
import { asJob } from '../../isolation/job.ts';

// In milliseconds, for each statement.
const timeout = 20_000;
const countTimeout = 600_000;
const usersAtOnce = 100;

const isOld = `at <= ?::timestamptz - ?::bigint * interval '1 ms'`;
const selectUsers = `select distinct user_id from (select user_id from taskward.changes where ${isOld} limit ?) old limit ?`;

// As every write of the user's does it, the user first: emptying the trash changes entries, too.
const lockUser = 'select id from taskward.users where id = ? for no key update';
// All up to the latest old one, so that no change is kept without those that followed it, should clocks differ.
const latestExpired = `select user_id, revision from taskward.changes
  where user_id = ? and ${isOld} order by revision desc limit 1`;
const expired = `select c.user_id, c.revision from taskward.changes c
  where c.user_id = latest.user_id and c.revision <= latest.revision`;
const purgeOfUser = `with latest as (${latestExpired}), old as (
    select old.* from latest cross join lateral (${expired} order by c.revision limit ?) old
  ), gone as (
    delete from taskward.changes where (user_id, revision) in (select user_id, revision from old)
    returning user_id, revision
  ), moved as (
    update taskward.users u set oldest_revision = greatest(u.oldest_revision, gone.revision)
    from (select user_id, max(revision) as revision from gone group by user_id) gone where u.id = gone.user_id
  )
  select count(*)::integer as count from gone`;
const countOfUser = `select count(*)::integer as count from (${latestExpired}) latest cross join lateral (${expired}) expired`;

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
      removed += await asJob(database, { user, timeout }, async (execute) => {
        const [locked] = await execute<{ id: UserId }>(lockUser, [user]);
        if (locked === undefined) return 0;
        if (await database.transactions.isDistributed())
          return onCitus.purgeChanges(execute, locked.id, { now, lifetime }, left);
        const [row] = await execute<{ count: number }>(purgeOfUser, [locked.id, now, lifetime, left]);
        return row?.count ?? 0;
      });
    }
    return removed;
  },

  async count({ now, lifetime, owner }) {
    return asJob(database, { user: owner, timeout: countTimeout }, async (execute) => {
      if (await database.transactions.isDistributed()) return onCitus.countChanges(execute, owner, { now, lifetime });
      const [row] = await execute<{ count: number }>(countOfUser, [owner, now, lifetime]);
      return row?.count ?? 0;
    });
  },
});
