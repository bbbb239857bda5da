import type { ImportStore } from '@taskward/application';
import { UnitOfWork } from '@taskward/domain';
import {
  distributable,
  inOwnerTransaction,
  ownerSession,
  query,
  type Row,
  statement,
} from '@taskward/owner-transactions';
import * as onCitus from '../citus/stores.ts';
import type { Database } from '../database.ts';
import { entriesOf, insertEntries } from './changes/change-mapper.ts';
import { counters, countersFromRow } from './tasks/owner-counters.ts';
import { recordsOf, selectRecords, storedColumns } from './tasks/task-mapper.ts';

// Inserts the owner's row if it is missing, because only an existing row can be locked. Every write locks it first.
const lockOwner = statement(
  `insert into taskward.users as u (id, removed_count, created_at) values ($1, 0, now())
   on conflict (id) do update set revision = u.revision`,
);

// These are separate statements after the lock, so that their snapshots include what its previous holder wrote.
const selectCounters = statement(`select ${counters} from taskward.users where id = $1`);

const selectKnown = statement(
  `select external_id from taskward.imports
   where user_id = $1 and external_id = any (array(select json_array_elements_text($2::json)))`,
);

const storeImport = distributable(
  statement(
    `with owner as (
     update taskward.users set last_task_id = $2::integer, revision = $3::bigint, removed_count = $6::integer
     where id = $1 returning id
   ), named as (
     insert into taskward.imports (user_id, external_id, task_id)
     select owner.id, key, value::integer from owner, json_each_text($5::json)
   ), entries as (
     ${insertEntries('$7', '$8', '$9')}
   )
   insert into taskward.tasks (user_id, ${storedColumns})
   ${selectRecords('$4')}`,
  ),
  onCitus.storeImport,
);

// External ids are not empty, so all of them sort after ''.
const selectPage = statement(
  `select external_id, task_id from taskward.imports
   where user_id = $1 and external_id > $2 order by external_id limit $3`,
);

/** Makes the import store over PostgreSQL. External ids have a table under the same row security as tasks. */
export const makeImportStore = ({ database }: { database: Database }): ImportStore => ({
  transact: (owner, externalIds, { at, requestId = null }, work) => {
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
        // Not an object: it would reorder numeric keys and could not hold the key `__proto__`.
        const named = [...imported].map(([name, id]) => `${JSON.stringify(name)}:${id}`).join();
        const tasks = recordsOf(unit.written);
        const removedCount = unit.lastTaskId - unit.taskCount;
        const values = [unit.lastTaskId, unit.revision, tasks, `{${named}}`, removedCount] as const;
        await tx.commit(query(storeImport, owner, ...values, entriesOf(unit.changes), at, requestId));
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
