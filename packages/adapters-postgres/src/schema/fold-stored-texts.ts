import type { UserId } from '@taskward/domain';
import type { Database } from '../database.ts';
import { inTransaction, switchTo } from '../isolation/job.ts';
import { foldedForSearch } from '../stores/tasks/task-columns.ts';
import { makeUserDirectory } from '../stores/user-directory.ts';
import { requestRole } from './names.ts';

const batch = 500;

interface Unfolded {
  readonly id: number;
  readonly title: string;
  readonly description: string | null;
}

// ASCII texts need no folded copy.
const select = `select id, title, description from taskward.tasks
  where user_id = ? and id > ? and title_folded is null
    and (octet_length(title) <> char_length(title) or octet_length(description) <> char_length(description))
  order by id limit ${batch} for no key update`;

const store = `update taskward.tasks t set title_folded = w.t, description_folded = w.d
  from json_to_recordset(?::json) as w (id integer, t text, d text) where t.user_id = ? and t.id = w.id`;

// In milliseconds. A batch is small: a statement that takes longer has lost its server.
const statementLimit = 60_000;

/**
 * Folds one batch of an owner's tasks, in a transaction of its own, so that no write waits for long.
 * @returns the last id, or `undefined` if none were left
 */
const foldBatch = (database: Database, owner: UserId, after: number): Promise<number | undefined> =>
  inTransaction(database, statementLimit, async (execute) => {
    await switchTo(database, execute, requestRole, owner);
    const found = await execute<Unfolded>(select, [owner, after]);
    const folded = found.map(({ id, title, description }) => ({
      id,
      t: foldedForSearch(title),
      d: foldedForSearch(description),
    }));
    if (folded.length > 0) await execute(store, [JSON.stringify(folded), owner]);
    return found.at(-1)?.id;
  });

/**
 * Folds the texts that versions before the search index have written, owner by owner, under row security. Searches find
 * unfolded texts too, but more slowly. Safe to interrupt and run again.
 * @throws ApplicationError `database/unavailable`, or the database's error where the login role may not switch roles
 */
export const foldStoredTexts = async (database: Database): Promise<void> => {
  const users = makeUserDirectory({ database });
  for (let page = await users.list(undefined, batch); page.length > 0; page = await users.list(page.at(-1), batch)) {
    for (const owner of page) {
      for (let last: number | undefined = 0; last !== undefined; ) last = await foldBatch(database, owner, last);
    }
  }
};
