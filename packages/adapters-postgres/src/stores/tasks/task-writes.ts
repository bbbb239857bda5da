import {
  type ChangeOrigin,
  type CompletionRule,
  previousValues,
  type Task,
  type TaskDraft,
  type UserId,
} from '@taskward/domain';
import { distributable, type Query, query, statement } from '@taskward/owner-transactions';
import * as onCitus from '../../citus/task-writes.ts';
import { lastStateOf } from '../changes/change-mapper.ts';
import { content, contentButTexts, leavesTexts, wholeContent } from './task-columns.ts';
import { selectedColumns, storedColumns } from './task-mapper.ts';

// Each statement also writes the entry of the log, so that neither is ever stored without the other.
const logged = 'insert into taskward.changes (user_id, revision, task_id, kind, at, before, request_id)';

// $1 to $6: owner, created_at, updated_at, quota, the change's moment and request. From $7 on: the content.
const insertUnder = (owner: string, parts: readonly string[]) =>
  distributable(
    statement(
      `with owner as (${owner} returning id, last_task_id, revision), entry as (
       ${logged} select id, revision, last_task_id, 'created', $5::timestamptz, null, $6 from owner
     )
     insert into taskward.tasks (user_id, ${storedColumns})
     select id, last_task_id, $2::timestamptz, $3::timestamptz, revision, ${wholeContent.places(7)} from owner
     returning ${selectedColumns}`,
    ),
    parts,
    onCitus.inserted,
  );

// Every assigned id is that of an existing or a removed task. An unknown `removed_count` counts as 0.
const hasRoom = (user = 'users') => `${user}.last_task_id - coalesce(${user}.removed_count, 0) < $4::integer`;

// Nearly every owner has tasks already, and an update costs less than an insert that conflicts.
const insert = insertUnder(
  `update taskward.users set last_task_id = last_task_id + 1, revision = revision + 1 where id = $1 and ${hasRoom()}`,
  onCitus.insert,
);
const insertFirst = insertUnder(
  `insert into taskward.users as u (id, last_task_id, revision, removed_count, created_at)
   values ($1, 1, 1, 0, $2::timestamptz)
   on conflict (id) do update set last_task_id = u.last_task_id + 1, revision = u.revision + 1
   where ${hasRoom('u')}`,
  onCitus.insertFirst,
);

/**
 * Inserts a task of an owner who has room for it.
 * @param isFirst whether the owner may have no row yet
 */
export const insertQuery = (
  draft: TaskDraft,
  { at, requestId }: ChangeOrigin,
  quota: number,
  { isFirst = false } = {},
): Query => {
  const { owner, createdAt, updatedAt } = draft;
  const values = [owner, createdAt, updatedAt, quota, at, requestId ?? null, ...wholeContent.values(draft)] as const;
  return query(isFirst ? insertFirst : insert, ...values);
};

// $1 to $7: owner, id, the revision that was read, updated_at, previous values, the change's moment and request. From $8 on:
// the content. Writes only if the task still has that revision. If not, the owner's counter skips a value, which is harmless.
const updating = (assignments: string, parts: readonly string[]) =>
  distributable(
    statement(
      `with owner as (
       update taskward.users set revision = revision + 1 where id = $1 returning revision
     ), written as (
       update taskward.tasks
       set updated_at = $4::timestamptz, revision = (select revision from owner), ${assignments}
       where user_id = $1 and id = $2::integer and revision = $3::bigint returning revision
     )
     ${logged} select $1, revision, $2::integer, 'updated', $6::timestamptz, $5::json, $7 from written
     returning revision`,
    ),
    parts,
    onCitus.updated,
  );
const update = updating(content.assignments(8), onCitus.update);
const updateLeavingTexts = updating(contentButTexts.assignments(8), onCitus.updateLeavingTexts);

/** Updates a task that was read. */
export const updateQuery = (before: Task, after: Task, { at, requestId }: ChangeOrigin): Query => {
  const { owner, id, revision } = before;
  const [statement, columns] = leavesTexts(before, after) ? [updateLeavingTexts, contentButTexts] : [update, content];
  const previous = JSON.stringify(previousValues(before, after));
  return query(
    statement,
    owner,
    id,
    revision,
    after.updatedAt,
    previous,
    at,
    requestId ?? null,
    ...columns.values(after),
  );
};

// $1 to $6: owner, id, whenCompleted, whenOpen, updated_at, the change's request. Writes only if `completed` changes, so its
// new value is the opposite. Of two concurrent calls, the second waits for the owner's row and then sees what the first wrote;
// if it changes nothing then, the counter skips a value here too.
const changesCompleted =
  'completed <> case when completed then $3::boolean else $4::boolean end and updated_at <= $5::timestamptz and repeat is null';
const setCompleted = distributable(
  statement(
    `with owner as (
     update taskward.users set revision = revision + 1
     where id = $1 and exists (select from taskward.tasks where user_id = $1 and id = $2::integer and ${changesCompleted})
     returning revision
   ), written as (
     update taskward.tasks
     set completed = not completed, completed_at = case when completed then null else $5::timestamptz end,
       updated_at = $5::timestamptz, revision = (select revision from owner)
     where user_id = $1 and id = $2::integer and ${changesCompleted} returning ${selectedColumns}
   ), entry as (
     ${logged}
     select $1, revision, id, 'updated', $5::timestamptz,
       case when completed then '{"completed":false}'::json else '{"completed":true}'::json end, $6 from written
   )
   select * from written`,
  ),
  onCitus.setCompleted(changesCompleted),
  onCitus.completed,
);

/** Completes or reopens a task that was not read, unless it recurs. */
export const completionQuery = (owner: UserId, id: number, rule: CompletionRule, { requestId }: ChangeOrigin): Query =>
  query(setCompleted, owner, id, rule.whenCompleted, rule.whenOpen, rule.at, requestId ?? null);

// $1 to $4: owner, id, the change's moment and request.
const removing = (condition = '') =>
  distributable(
    statement(
      `with owner as (
       select id from taskward.users where id = $1 for no key update
     ), gone as (
       delete from taskward.tasks t using owner
       where t.user_id = owner.id and t.id = $2::integer${condition} returning t.*
     ), counted as (
       update taskward.users u set revision = u.revision + 1, removed_count = u.removed_count + 1
       from gone where u.id = gone.user_id returning u.revision
     )
     ${logged}
     select gone.user_id, counted.revision, gone.id, 'deleted', $3::timestamptz, ${lastStateOf('gone')}, $4
     from gone, counted returning revision`,
    ),
    onCitus.removing(condition),
  );
const remove = removing();
// $5: the revision that was read.
const removeUnchanged = removing(' and t.revision = $5::bigint');

/** Removes a task, whatever its revision. */
export const removalQuery = (owner: UserId, id: number, { at, requestId }: ChangeOrigin): Query =>
  query(remove, owner, id, at, requestId ?? null);

/** Removes a task that was read. */
export const removalOfQuery = ({ owner, id, revision }: Task, { at, requestId }: ChangeOrigin): Query =>
  query(removeUnchanged, owner, id, at, requestId ?? null, revision);
