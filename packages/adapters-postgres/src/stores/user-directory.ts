import type { UserDirectory } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { Database } from '../database.ts';
import { asJob } from '../isolation/job.ts';

// All of a user's tasks go in one statement, however many: longer than any request may take.
const longest = 600_000;

/** The directory of users over PostgreSQL. It works in the role of jobs, which sees ids and nothing else of a user. */
export const makeUserDirectory = ({ database }: { database: Database }): UserDirectory => ({
  list: (after, limit) =>
    asJob(database, { timeout: longest }, async (execute) => {
      const beyond = after === undefined ? '' : 'where id > ?';
      const sql = `select id from taskward.users ${beyond} order by id limit ?`;
      const rows = await execute<{ id: UserId }>(sql, [...(after === undefined ? [] : [after]), limit]);
      return rows.map(({ id }) => id);
    }),

  // The user's row first: so a write of theirs that is under way ends before, or finds nothing after.
  erase: (owner) =>
    asJob(database, { user: owner, timeout: longest }, async (execute) => {
      const users = await execute('delete from taskward.users where id = ? returning id', [owner]);
      const keys = await execute('delete from taskward.idempotency_keys where user_id = ? returning user_id', [owner]);
      await execute('delete from taskward.idempotency_usage where user_id = ?', [owner]);
      return users.length + keys.length > 0;
    }),
});
