import { randomInt } from 'node:crypto';
import type { UserDirectory } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { Database } from '../database.ts';
import { asJob } from '../isolation/job.ts';

// In milliseconds. Erasing deletes all of a user's tasks in one statement, which may take longer than any request.
const jobTimeout = 600_000;

/** Makes the user directory over PostgreSQL. It runs in the role of jobs, which can read users' ids and none of their tasks. */
export const makeUserDirectory = ({ database }: { database: Database }): UserDirectory => ({
  list: (after, limit) =>
    asJob(database, { timeout: jobTimeout }, async (execute) => {
      const beyond = after === undefined ? '' : 'where id > ?';
      const sql = `select id from taskward.users ${beyond} order by id limit ?`;
      const rows = await execute<{ id: UserId }>(sql, [...(after === undefined ? [] : [after]), limit]);
      return rows.map(({ id }) => id);
    }),

  // The user's row first: its lock makes a concurrent write of theirs either finish before or find no user afterwards.
  erase: (owner) =>
    asJob(database, { user: owner, timeout: jobTimeout }, async (execute) => {
      const users = await execute('delete from taskward.users where id = ? returning id', [owner]);
      const keys = await execute('delete from taskward.idempotency_keys where user_id = ? returning user_id', [owner]);
      await execute('delete from taskward.idempotency_usage where user_id = ?', [owner]);
      await execute('delete from taskward.changes where user_id = ?', [owner]);
      await execute('delete from taskward.outbox where user_id = ?', [owner]);
      return users.length + keys.length > 0;
    }),

  renewEpoch: (owner) =>
    asJob(database, { user: owner, timeout: jobTimeout }, async (execute) => {
      // Drawn at random, as for a new user.
      const users = await execute('update taskward.users set epoch = ? where id = ? returning id', [
        randomInt(1, 2 ** 31 - 1),
        owner,
      ]);
      return users.length > 0;
    }),
});
