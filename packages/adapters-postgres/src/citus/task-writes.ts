import { lastStateOf } from '../stores/changes/change-mapper.ts';
import { content, contentButTexts, wholeContent } from '../stores/tasks/task-columns.ts';
import { selectedColumns, storedColumns } from '../stores/tasks/task-mapper.ts';
import { lockOwner, makeOwner } from './lock-owner.ts';

// The parameters are those of the statements of the same names in `stores/tasks/task-writes.ts`.

const logged = 'insert into taskward.changes (user_id, revision, task_id, kind, at, before, request_id)';
const ofTask = 'user_id = $1 and id = $2::integer';
const itsTask = 't.user_id = $1 and t.id = $2::integer';

const hasRoom = 'u.last_task_id - coalesce(u.removed_count, 0) < $4::integer';

const insertAfter = (lock: string): string[] => [
  lock,
  `insert into taskward.tasks as t (user_id, ${storedColumns})
   select u.id, u.last_task_id + 1, $2::timestamptz, $3::timestamptz, u.revision + 1, ${wholeContent.places(7)}
   from taskward.users u where u.id = $1 and ${hasRoom}
   returning ${selectedColumns}`,
  `${logged} select u.id, u.revision + 1, u.last_task_id + 1, 'created', $5::timestamptz, null, $6::text
   from taskward.users u where u.id = $1 and ${hasRoom}`,
  `update taskward.users u set last_task_id = u.last_task_id + 1, revision = u.revision + 1 where u.id = $1 and ${hasRoom}`,
];

/** Inserts a task of an owner who exists. */
export const insert = insertAfter(lockOwner);
/** Inserts a task of an owner who may not exist. */
export const insertFirst = insertAfter(makeOwner);
/** Which of the statements returns the row. */
export const inserted = 1;

const nextRevision = '(select revision + 1 from taskward.users where id = $1)';
const countUp = 'update taskward.users set revision = revision + 1 where id = $1';
// The task was changed in this transaction: no other has the owner's next revision.
const isChanged = 'u.id = $1 and t.user_id = $1 and t.id = $2::integer and t.revision = u.revision + 1';

const updating = (assignments: string): string[] => [
  lockOwner,
  `update taskward.tasks set updated_at = $4::timestamptz, revision = ${nextRevision}, ${assignments}
   where ${ofTask} and revision = $3::bigint returning revision`,
  `${logged} select u.id, t.revision, t.id, 'updated', $6::timestamptz, $5::json, $7::text
   from taskward.users u join taskward.tasks t on t.user_id = u.id where ${isChanged}`,
  countUp,
];

/** Updates a task that was read. */
export const update = updating(content.assignments(8));
/** The same without texts. */
export const updateLeavingTexts = updating(contentButTexts.assignments(8));
/** Which of the statements returns the row. */
export const updated = 1;

/** Which of the statements of `setCompleted` returns the row. */
export const completed = 2;

/**
 * Completes or reopens a task.
 * @param changesCompleted the condition that it changes
 */
export const setCompleted = (changesCompleted: string): string[] => [
  lockOwner,
  `update taskward.tasks
   set completed = not completed, completed_at = case when completed then null else $5::timestamptz end,
     updated_at = $5::timestamptz, revision = ${nextRevision}
   where ${ofTask} and ${changesCompleted}`,
  // Not returned by the update: Citus takes only functions there whose results depend on nothing else.
  `select ${selectedColumns} from taskward.tasks where ${ofTask} and revision = ${nextRevision}`,
  `${logged} select u.id, t.revision, t.id, 'updated', $5::timestamptz,
     case when t.completed then '{"completed":false}'::json else '{"completed":true}'::json end, $6::text
   from taskward.users u join taskward.tasks t on t.user_id = u.id where ${isChanged}`,
  `update taskward.users u set revision = u.revision + 1
   where u.id = $1 and exists (select from taskward.tasks t where ${itsTask} and t.revision = u.revision + 1)`,
];

/** Removes a task, if a condition on its row `t` holds. */
export const removing = (condition: string): string[] => [
  lockOwner,
  `${logged} select u.id, u.revision + 1, t.id, 'deleted', $3::timestamptz, ${lastStateOf('t')}, $4::text
   from taskward.users u join taskward.tasks t on t.user_id = u.id where u.id = $1 and ${itsTask}${condition}`,
  `update taskward.users u set revision = u.revision + 1, removed_count = u.removed_count + 1
   where u.id = $1 and exists (select from taskward.tasks t where ${itsTask}${condition})`,
  `delete from taskward.tasks t where ${itsTask}${condition} returning t.revision`,
];
