import type { UnitScope, Work } from '@taskward/application';
import { type ChangeOrigin, UnitOfWork, type UserId } from '@taskward/domain';
import { distributable, type OwnerSession, type Query, query, type Row, statement } from '@taskward/owner-transactions';
import * as onCitus from '../../citus/stores.ts';
import { changeFromRow, entriesOf, entryColumns, insertEntries } from '../changes/change-mapper.ts';
import { neighboursQuery } from './neighbours.ts';
import { counters, countersFromRow, settingsColumnsOf } from './owner-counters.ts';
import { selectMatching } from './task-lists.ts';
import { recordsOf, selectRecords, setExcluded, storedColumns, taskFromRow, unitColumns } from './task-mapper.ts';

// Not locked: `storeUnitOfWork` checks that the owner's revision is still the one read here.
const selectCounters = statement(`select ${counters} from taskward.users where id = $1`);

const selectSome = statement(
  `select ${unitColumns} from taskward.tasks where user_id = $1 and id = any ($2::integer[])`,
);

// Each statement names the owner once, and passes `user_id` on from there. A lateral join that is ordered is read by an index
// in that order, from where it begins to where it ends, even if it was planned while the table was empty. Where it ends is
// computed before it: row security lets no expression with `coalesce` into the condition of an index.

// The changes to take back ($2) and those that were made in one step with them, whose revisions follow each other.
const undone = `select made.* from unnest($2::bigint[]) as wanted (revision)
  cross join lateral (
    select c.user_id, coalesce(c.batch, c.revision) as first, case when c.batch is null then c.revision else coalesce(
      (select min(other.revision) - 1 from taskward.changes other where other.user_id = c.user_id
        and other.revision > c.revision and other.batch is distinct from c.batch), ${Number.MAX_SAFE_INTEGER}) end as last
    from taskward.changes c
    where c.user_id = $1 and c.revision between wanted.revision and wanted.revision order by c.revision
  ) named
  cross join lateral (
    select c.user_id, c.task_id, c.revision from taskward.changes c
    where c.user_id = named.user_id and c.revision between named.first and named.last order by c.revision
  ) made`;

const undoneTasks = `select ${unitColumns} from taskward.tasks t
   where (t.user_id, t.id) in (select user_id, task_id from (${undone}) undone)`;
const selectUndone = distributable(statement(undoneTasks), onCitus.namingOwner(undoneTasks));

// The last change of each task to restore ($3).
const latest = `select last.* from unnest($3::integer[]) as wanted (id) cross join lateral (
    select l.user_id, l.task_id, l.revision from taskward.changes l
    where l.user_id = $1 and l.task_id = wanted.id order by l.revision desc limit 1
  ) last`;

// All changes of each task since the earliest one that is needed.
const logSince = `select ${entryColumns('c')} from (
     select user_id, task_id, min(revision) as revision from (${undone} union all ${latest}) needed
     group by user_id, task_id
   ) since cross join lateral (
     select * from taskward.changes c
     where c.user_id = since.user_id and c.task_id = since.task_id and c.revision >= since.revision order by c.revision
   ) c order by c.revision desc`;
const selectLog = distributable(statement(logSince), onCitus.namingOwner(logSince));

// Of several concurrent first writes, one inserts the owner's row; the others find a revision other than 0.
const storeUnitOfWork = distributable(
  statement(
    `with owner as (
     insert into taskward.users as u
       (id, last_task_id, revision, removed_count, created_at, time_zone, day_starts_at, week_starts_on)
     values ($1, $2::integer, $3::bigint, $7::integer, now(), $11, $12, $13)
     on conflict (id) do update set last_task_id = excluded.last_task_id, revision = excluded.revision,
       removed_count = excluded.removed_count, time_zone = excluded.time_zone,
       day_starts_at = excluded.day_starts_at, week_starts_on = excluded.week_starts_on
     where u.revision = $6::bigint returning id
   ), gone as (
     delete from taskward.tasks t using owner where t.user_id = owner.id and t.id = any ($4::integer[])
   ), written as (
     insert into taskward.tasks as t (user_id, ${storedColumns})
     ${selectRecords('$5')}
     on conflict (user_id, id) do update set ${setExcluded}
   ), entries as (
     ${insertEntries('$8', '$9', '$10')}
   )
   select id from owner`,
  ),
  onCitus.storeUnitOfWork,
);

const storeQuery = (owner: UserId, unit: UnitOfWork, before: number, { at, requestId }: ChangeOrigin): Query =>
  query(
    storeUnitOfWork,
    owner,
    unit.lastTaskId,
    unit.revision,
    `{${unit.removed.join()}}`,
    recordsOf(unit.written),
    before,
    unit.lastTaskId - unit.taskCount,
    entriesOf(unit.changes),
    at,
    requestId ?? null,
    ...settingsColumnsOf(unit.settings),
  );

const arrayOf = (values: readonly number[]): string => `{${values.join()}}`;

/** What is read for a unit of work: the owner first, then tasks and changes of several kinds. */
interface Read {
  readonly kind: 'owner' | 'tasks' | 'log' | 'selected';
  readonly query: Query;
}

const readsFor = (owner: UserId, { ids, undone = [], restored = [], matching = [], around }: UnitScope): Read[] => [
  { kind: 'owner', query: query(selectCounters, owner) },
  { kind: 'tasks', query: query(selectSome, owner, arrayOf(typeof around === 'number' ? [...ids, around] : ids)) },
  ...(undone.length + restored.length > 0
    ? [{ kind: 'log', query: query(selectLog, owner, arrayOf(undone), arrayOf(restored)) } as const]
    : []),
  ...(undone.length > 0 ? [{ kind: 'tasks', query: query(selectUndone, owner, arrayOf(undone)) } as const] : []),
  ...(around === undefined ? [] : [{ kind: 'tasks', query: neighboursQuery(owner, around) } as const]),
  ...matching.map((filter): Read => ({ kind: 'selected', query: selectMatching(owner, filter) })),
];

const unitOf = (owner: UserId, reads: readonly Read[], rows: readonly Row[][]): UnitOfWork => {
  const rowsOf = (...kinds: Read['kind'][]) => rows.filter((_, index) => kinds.includes(reads[index]?.kind as never));
  return new UnitOfWork({
    ...countersFromRow(rows[0]?.[0]),
    tasks: rowsOf('tasks', 'selected')
      .flat()
      .map((row) => taskFromRow(owner, row)),
    log: rowsOf('log').flat().map(changeFromRow),
    selected: rowsOf('selected').map((found) => found.map(([id]) => Number(id))),
  });
};

/** Runs `work` on a unit of work of the owner, as `TaskRepository.transact` promises. */
export const transact = <T>(
  session: OwnerSession,
  owner: UserId,
  scope: UnitScope,
  origin: ChangeOrigin,
  work: (unit: UnitOfWork) => Work<T>,
): Promise<T> => {
  const reads = readsFor(owner, scope);
  return session.readThenWrite(
    reads.map((read) => read.query),
    (...rows) => {
      const unit = unitOf(owner, reads, rows);
      const { revision } = unit;
      const { result, store } = work(unit);
      return {
        result: () => result,
        ...(store && unit.revision > revision && { write: storeQuery(owner, unit, revision, origin) }),
      };
    },
  );
};
