import type { UserDirectory } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { Database } from './database.ts';
import { unavailableOr } from './failures.ts';
import { jobsRole, userSetting } from './names.ts';

type Execute = <T>(sql: string, parameters: unknown[]) => Promise<T[]>;

// All of a user's tasks go in one statement, however many: longer than any request may take.
const longest = '10min';

/** The directory of users over PostgreSQL. It works in the role of jobs, which sees ids and nothing else of a user. */
export const makeUserDirectory = ({ database }: { database: Database }): UserDirectory => {
  const asJob = async <T>(named: string, work: (execute: Execute) => Promise<T>): Promise<T> => {
    try {
      return await database.orm.em.fork().transactional(async (em) => {
        await em.execute(
          `select set_config('role', ?, true), set_config(?, ?, true), set_config('statement_timeout', ?, true)`,
          [jobsRole, userSetting, named, longest],
        );
        return work((sql, parameters) => em.execute(sql, parameters));
      });
    } catch (error) {
      throw unavailableOr(error);
    }
  };

  return {
    list: (after, limit) =>
      asJob('', async (execute) => {
        const beyond = after === undefined ? '' : 'where id > ?';
        const sql = `select id from taskward.users ${beyond} order by id limit ?`;
        const rows = await execute<{ id: UserId }>(sql, [...(after === undefined ? [] : [after]), limit]);
        return rows.map(({ id }) => id);
      }),

    // The user's row first: so a write of theirs that is under way ends before, or finds nothing after.
    erase: (owner) =>
      asJob(owner, async (execute) => {
        const users = await execute('delete from taskward.users where id = ? returning id', [owner]);
        const answers = await execute('delete from taskward.answers where user_id = ? returning user_id', [owner]);
        return users.length + answers.length > 0;
      }),
  };
};
