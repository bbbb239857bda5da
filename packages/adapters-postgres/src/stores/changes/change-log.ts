import type { ChangeLog, DeletedTask, LogBounds, LoggedChange, LoggedReminder } from '@taskward/application';
import type { TaskOutcome, UserId } from '@taskward/domain';
import { distributable, type OwnerSession, query, type Row, statement } from '@taskward/owner-transactions';
import * as onCitus from '../../citus/stores.ts';
import { ownerStatement } from '../../isolation/owner-settings.ts';
import { instantFromRow, selectedColumns, taskFromRow } from '../tasks/task-mapper.ts';
import { selectTask } from '../tasks/task-repository.ts';
import { changeFromRow, entryColumns, lastStateFrom } from './change-mapper.ts';

const bounds = 'u.revision, u.epoch, u.oldest_revision';

const selectBounds = statement(`select ${bounds} from taskward.users u where u.id = $1`);

// A task is in the row of its last change only: it may have changed again since the others. Reminders change no task.
const selectSince = ownerStatement(
  ['text', 'bigint', 'integer'],
  `select ${bounds}, c.revision as changed, c.task_id, c.kind, c.at, c.reminder, t.*
   from taskward.users u
   left join lateral (
     select revision, task_id, kind, at, case when kind = 'reminded' then before end as reminder from taskward.changes
     where user_id = $1 and revision > $2 order by revision limit $3
   ) c on true
   left join lateral (
     select ${selectedColumns} from taskward.tasks
     where user_id = $1 and id = c.task_id and (revision = c.revision or c.kind = 'reminded')
   ) t on true
   where u.id = $1 order by c.revision`,
);

const selectSnapshot = statement(
  `select ${bounds}, t.* from taskward.users u left join lateral (
     select ${selectedColumns} from taskward.tasks where user_id = $1 and id > $2::integer order by id limit $3::integer
   ) t on true
   where u.id = $1 order by t.id`,
);

const selectHistory = statement(
  `(select ${entryColumns('c')} from taskward.changes c
    where c.user_id = $1 and c.task_id = $2::integer and c.revision >= $3::bigint)
   union all
   (select ${entryColumns('c')} from taskward.changes c
    where c.user_id = $1 and c.task_id = $2::integer and c.revision < $3::bigint
    order by c.revision desc limit $4::integer)
   order by revision desc`,
);

const selectOccurrences = statement(
  `select ${entryColumns('c')} from taskward.changes c
   where c.user_id = $1 and c.task_id = $2::integer and c.revision < $3::bigint and c.kind = 'occurrence_completed'
   order by c.revision desc limit $4::integer`,
);

// Their number is bounded first: what a task was called is looked up for each.
const selectLatest = statement(
  `select coalesce(t.title, last.title), ${entryColumns('c')} from (
     select * from taskward.changes
     where user_id = $1 and revision < $2::bigint and revision > $3::bigint order by revision desc limit $4::integer
   ) c
   left join taskward.tasks t on t.user_id = $1 and t.id = c.task_id
   left join lateral (
     select before ->> 'title' as title from taskward.changes
     where user_id = $1 and task_id = c.task_id and kind = 'deleted' and t.id is null order by revision desc limit 1
   ) last on true
   order by c.revision desc`,
);

// The last change of a task that can be restored is its deletion.
const inTrash = `c.user_id = $1 and c.kind = 'deleted' and c.before is not null and not exists (
  select from taskward.changes later where later.user_id = $1 and later.task_id = c.task_id and later.revision > c.revision)`;

const selectTrash = statement(
  `select c.task_id, c.revision, c.at, c.before from taskward.changes c
   where ${inTrash} and c.revision < $2::bigint order by c.revision desc limit $3::integer`,
);

const selectPurged = statement(
  `select c.task_id from taskward.changes c
   where ${inTrash} and ($2::integer is null or c.task_id = $2::integer) order by c.revision limit $3::integer`,
);

// Writes only if nothing has changed since: a task that was restored meanwhile keeps its history. The counter skips a value,
// so that who is restoring a task finds out.
const clear = distributable(
  statement(
    `with owner as (
     update taskward.users set revision = revision + 1 where id = $1 and revision = $2::bigint returning id
   ), cleared as (
     update taskward.changes c set before = case when c.kind in ('updated', 'occurrence_completed') then '{}'::json
       when c.kind = 'reminded' then c.before end
     from owner where c.user_id = owner.id and c.task_id = any ($3::integer[]) and c.before is not null
   )
   select id from owner`,
  ),
  onCitus.clear,
);

const maxRevision = Number.MAX_SAFE_INTEGER;

const boundsOf = (row: Row = ['0', '0', '0']): LogBounds => {
  const [revision = 0, epoch = 0, oldest = 0] = row.slice(0, 3).map(Number);
  return { revision, epoch, oldest };
};

// The columns of the bounds come first, then those of the entry.
const outcomeOf = (owner: UserId, row: Row): TaskOutcome[] => {
  const [revision, id, kind, at, , task] = row.slice(3, 9);
  if (kind === 'reminded') return [];
  if (task !== null) return [{ kind: 'put', task: taskFromRow(owner, row.slice(8)) }];
  if (kind !== 'deleted') return [];
  return [{ kind, id: Number(id), revision: Number(revision), at: instantFromRow(at as string) }];
};

const reminderOf = (owner: UserId, row: Row): LoggedReminder[] => {
  const [revision, , kind, , reminder, task] = row.slice(3, 9);
  if (kind !== 'reminded' || task === null) return [];
  const own = taskFromRow(owner, row.slice(8));
  return [{ revision: Number(revision), reminder: JSON.parse(reminder as string), task: own }];
};

const loggedChangeFrom = ([title, ...entry]: Row): LoggedChange => ({
  change: changeFromRow(entry),
  title: title ?? undefined,
});

const deletedTaskFrom = ([id, revision, at, before]: Row): DeletedTask => ({
  id: Number(id),
  revision: Number(revision),
  deletedAt: instantFromRow(at as string),
  last: lastStateFrom(before as string),
});

/** Makes the log of changes over sessions, each of which is a transaction of its own or part of one. */
export const changesOver = (sessionOf: (owner: UserId) => OwnerSession): ChangeLog => ({
  async bounds(owner) {
    const [[row] = []] = await sessionOf(owner).read(query(selectBounds, owner));
    return boundsOf(row);
  },

  async since(owner, revision, limit) {
    const [rows = []] = await sessionOf(owner).read(query(selectSince, owner, revision, limit + 1));
    const found = boundsOf(rows[0]);
    const entries = rows.filter((row) => row[3] !== null);
    const hasMore = entries.length > limit;
    const page = entries.slice(0, limit);
    return {
      ...found,
      changes: page.flatMap((row) => outcomeOf(owner, row)),
      reminders: page.flatMap((row) => reminderOf(owner, row)),
      upTo: hasMore ? Number(page.at(-1)?.[3]) : found.revision,
      hasMore,
    };
  },

  async snapshot(owner, afterId, limit) {
    const [rows = []] = await sessionOf(owner).read(query(selectSnapshot, owner, afterId, limit + 1));
    const tasks = rows.flatMap((row) => (row[3] === null ? [] : taskFromRow(owner, row.slice(3))));
    return { ...boundsOf(rows[0]), tasks: tasks.slice(0, limit), hasMore: tasks.length > limit };
  },

  async history(owner, id, before, limit) {
    const from = Math.min(before, maxRevision);
    const [tasks = [], entries = []] = await sessionOf(owner).read(
      query(selectTask, owner, id),
      query(selectHistory, owner, id, from, limit),
    );
    return { current: tasks[0] && taskFromRow(owner, tasks[0]), changes: entries.map(changeFromRow) };
  },

  async occurrences(owner, id, before = maxRevision, limit) {
    const [rows = []] = await sessionOf(owner).read(query(selectOccurrences, owner, id, before, limit));
    return rows.map(changeFromRow);
  },

  async latest(owner, { before = maxRevision, after = 0 }, limit) {
    const [rows = []] = await sessionOf(owner).read(query(selectLatest, owner, before, after, limit));
    return rows.map(loggedChangeFrom);
  },

  async trash(owner, before = maxRevision, limit) {
    const [rows = []] = await sessionOf(owner).read(query(selectTrash, owner, before, limit));
    return rows.map(deletedTaskFrom);
  },

  purgeTrash: (owner, id, limit) =>
    sessionOf(owner).readThenWrite(
      [query(selectBounds, owner), query(selectPurged, owner, id ?? null, limit)],
      (owned = [], found = []) => {
        const ids = found.map(([taskId]) => taskId);
        const { revision } = boundsOf(owned[0]);
        if (ids.length === 0) return { result: () => 0 };
        return { write: query(clear, owner, revision, `{${ids.join()}}`), result: () => ids.length };
      },
    ),
});
