import type { ImportStore } from '@taskward/application';
import { UnitOfWork } from '@taskward/domain';
import { inOwnerTransaction, ownerSession, query, type Row, statement } from '@taskward/owner-transactions';
import type { Database } from '../database.ts';
import { counters, countersFromRow } from './owner-counters.ts';
import { recordsOf, selectRecords, storedColumns } from './task-mapper.ts';

// The owner's row is made where there is none yet, because only a row can be locked. Every write locks the owner first.
const lockOwner = statement(
  `insert into taskward.users as u (id, removed_count, created_at) values ($1, 0, now())
   on conflict (id) do update set revision = u.revision`,
);

// A statement of its own, after the lock: so it counts what the lock's last holder wrote.
const selectCounters = statement(`select ${counters} from taskward.users where id = $1`);

// A statement of its own, after the lock: so it sees what the lock's last holder wrote.
const selectKnown = statement(
  `select external_id from taskward.imports
   where user_id = $1 and external_id = any (array(select json_array_elements_text($2::json)))`,
);

const storeImport = statement(
  `with owner as (
     update taskward.users set last_task_id = $2::integer, revision = $3::bigint, removed_count = $6::integer
     where id = $1 returning id
   ), named as (
     insert into taskward.imports (user_id, external_id, task_id)
     select owner.id, key, value::integer from owner, json_each_text($5::json)
   )
   insert into taskward.tasks (user_id, ${storedColumns})
   ${selectRecords('$4')}`,
);

// Every external id has a character at least, so all of them come after the empty one.
const selectPage = statement(
  `select external_id, task_id from taskward.imports
   where user_id = $1 and external_id > $2 order by external_id limit $3`,
);

/** The import store over PostgreSQL: external ids stand beside the tasks, behind the same row security. */
export const makeImportStore = ({ database }: { database: Database }): ImportStore => ({
  transact: (owner, externalIds, work) => {
    const first = [
      query(lockOwner, owner),
      query(selectCounters, owner),
      query(selectKnown, owner, JSON.stringify(externalIds)),
    ];
    return inOwnerTransaction(database.transactions, owner, first, async ([, owned, found = []], tx) => {
      const before = countersFromRow((owned as Row[])[0]);
      const unit = new UnitOfWork({ ...before, tasks: [] });
      const { result, store, imported } = work(unit, new Set(found.map(([externalId]) => externalId as string)));
      if (store && unit.revision > before.revision) {
        // Written by hand, because an object's keys may not be in the order of a map's, nor may they be `__proto__`.
        const named = [...imported].map(([name, id]) => `${JSON.stringify(name)}:${id}`).join();
        const tasks = recordsOf(unit.written);
        const removedCount = unit.lastTaskId - unit.taskCount;
        const values = [unit.lastTaskId, unit.revision, tasks, `{${named}}`, removedCount] as const;
        await tx.commit(query(storeImport, owner, ...values));
      }
      return result;
    });
  },

  async list(owner, after, limit) {
    const [rows = []] = await ownerSession(database.transactions, owner).read(
      query(selectPage, owner, after ?? '', limit),
    );
    return rows.map(([externalId, taskId]) => ({ externalId: externalId as string, taskId: Number(taskId) }));
  },
});
