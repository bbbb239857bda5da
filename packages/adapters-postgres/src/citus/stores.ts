import { entryRecord } from '../stores/changes/change-mapper.ts';
import { setExcluded, storedColumns, taskRecord, taskRecordColumns } from '../stores/tasks/task-mapper.ts';
import { lockOwner, makeOwner } from './lock-owner.ts';

// The parameters are those of the statements of the same names in `stores`.

const entriesAre = 'insert into taskward.changes (user_id, revision, task_id, kind, at, before, batch, request_id)';
const entriesOf = (parameter: string, at: string, requestId: string): string =>
  `${entriesAre}
   select u.id, e.revision, e.task_id, e.kind, ${at}::timestamptz, e.before, e.batch, ${requestId}::text
   from taskward.users u, json_to_recordset(${parameter}::json) as e (${entryRecord}) where u.id = $1`;
const tasksOf = (parameter: string): string =>
  `insert into taskward.tasks as t (user_id, ${storedColumns})
   select u.id, ${taskRecordColumns}
   from taskward.users u, json_to_recordset(${parameter}::json) as w (${taskRecord}) where u.id = $1`;

/** Stores a unit of work, if the owner's revision is still $6. */
export const storeUnitOfWork = [
  makeOwner,
  `delete from taskward.tasks where user_id = $1 and id = any ($4::integer[])
     and exists (select from taskward.users where id = $1 and revision = $6::bigint)`,
  `${tasksOf('$5')} and u.revision = $6::bigint on conflict (user_id, id) do update set ${setExcluded}`,
  `${entriesOf('$8', '$9', '$10')} and u.revision = $6::bigint`,
  `update taskward.users set last_task_id = $2::integer, revision = $3::bigint, removed_count = $7::integer,
     time_zone = $11::text, day_starts_at = $12::text, week_starts_on = $13::text
   where id = $1 and revision = $6::bigint returning id`,
];

/** Clears what entries of the log say, if the owner's revision is still $2. */
export const clear = [
  lockOwner,
  `update taskward.changes c set before = case when c.kind in ('updated', 'occurrence_completed') then '{}'::json
     when c.kind = 'reminded' then c.before end
   where c.user_id = $1 and c.task_id = any ($3::integer[]) and c.before is not null
     and exists (select from taskward.users where id = $1 and revision = $2::bigint)`,
  'update taskward.users set revision = revision + 1 where id = $1 and revision = $2::bigint returning id',
];

/** Stores an import of an owner who is locked. */
export const storeImport = [
  `insert into taskward.imports (user_id, external_id, task_id)
   select u.id, named.key, named.value::integer
   from taskward.users u, json_each_text($5::json) named where u.id = $1`,
  entriesOf('$7', '$8', '$9'),
  tasksOf('$4'),
  `update taskward.users set last_task_id = $2::integer, revision = $3::bigint, removed_count = $6::integer where id = $1`,
];

/** Counts the use of a key. Citus has no expressions that depend on the session's time zone in a `case`. */
export const countUse = [
  `insert into taskward.idempotency_usage (user_id, since, keys, bytes, max_keys, max_bytes)
   values ($1, $6::timestamptz, 0, 0, $9::integer, $10::bigint) on conflict (user_id) do nothing`,
  `update taskward.idempotency_usage set since = $6::timestamptz, keys = 0, bytes = 0
   where user_id = $1 and since <= $6::timestamptz - $7::bigint * interval '1 ms'`,
  `update taskward.idempotency_usage
   set keys = keys + 1, bytes = bytes + $8::bigint, max_keys = $9::integer, max_bytes = $10::bigint where user_id = $1`,
];

/** Returns a read whose parts take the owner from each other, so that each names the owner, $1, by itself. */
export const namingOwner = (text: string): string[] => [
  text
    .replace(/(\w+)\.user_id = \w+\.user_id/g, '$1.user_id = $$1')
    .replace('(t.user_id, t.id) in (select user_id, task_id from', 't.user_id = $1 and t.id in (select task_id from'),
];
