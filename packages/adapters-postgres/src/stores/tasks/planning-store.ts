import type { PlanningStore, TaskSummary } from '@taskward/application';
import { priorities, type UserId } from '@taskward/domain';
import { type OwnerSession, query, statement } from '@taskward/owner-transactions';
import { settingsColumns, settingsFromRow } from './owner-counters.ts';
import type { OwnerSizes } from './owner-sizes.ts';
import { revisionIn, selectRevision } from './task-lists.ts';

const selectSettings = statement(`select ${settingsColumns} from taskward.users where id = $1`);

const open = (condition: string): string => `count(*) filter (where not completed and ${condition})`;

// $1 to $4: owner, now, and the bounds of today.
const selectSummary = statement(
  `select count(*) filter (where not completed), count(*) filter (where completed), ${open('due_at < $2::timestamptz')},
     ${open('due_at >= $3::timestamptz and due_at < $4::timestamptz')}, ${open('priority is null')},
     ${priorities.map((priority) => open(`priority = '${priority}'`)).join(', ')}
   from taskward.tasks where user_id = $1`,
);

// Tasks with the same tags are counted together first: there are far fewer lists of tags than tasks.
const selectTags = statement(
  `select (array_agg(tag.name order by counted.revision desc))[1], sum(counted.pending), sum(counted.completed)
   from (
     select tags, tag_keys, max(revision) as revision, count(*) filter (where not completed) as pending,
       count(*) filter (where completed) as completed
     from taskward.tasks where user_id = $1 and tags is not null
     group by tags, tag_keys
   ) counted cross join lateral unnest(counted.tags, counted.tag_keys) as tag (name, key)
   group by tag.key order by tag.key collate "C"`,
);

/**
 * Makes the planning store over sessions, each of which is a transaction of its own or part of one.
 * @param sizes the cached owner sizes, as lists have them. Counts scan all of the owner's tasks: of an owner of unknown size that
 * may take long
 */
export const planningOver = (sessionOf: (owner: UserId) => OwnerSession, sizes?: OwnerSizes): PlanningStore => ({
  async settings(owner) {
    const [[row = []] = []] = await sessionOf(owner).read(query(selectSettings, owner));
    return settingsFromRow(row);
  },

  async summary(owner, { now, today }) {
    // The counter before the counts: if a write comes between them, the caller only asks once more.
    const [counter, rows] = await sessionOf(owner).search(
      [selectRevision(owner), query(selectSummary, owner, now, today.from, today.before)],
      sizes?.isLarge(owner) ?? true,
    );
    const [pending = 0, completed = 0, overdue = 0, dueToday = 0, ...byPriority] = (rows?.[0] ?? []).map(Number);
    const named = ['none', ...priorities].map((name, index) => [name, byPriority[index] ?? 0]);
    return {
      revision: revisionIn(counter),
      pending,
      completed,
      overdue,
      today: dueToday,
      priorities: Object.fromEntries(named) as TaskSummary['priorities'],
    };
  },

  async tags(owner) {
    const [counter, rows = []] = await sessionOf(owner).search(
      [selectRevision(owner), query(selectTags, owner)],
      sizes?.isLarge(owner) ?? true,
    );
    return {
      revision: revisionIn(counter),
      tags: rows.map(([name, pending, completed]) => ({
        name: name as string,
        pending: Number(pending),
        completed: Number(completed),
      })),
    };
  },
});
