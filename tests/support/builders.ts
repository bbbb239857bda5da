import { randomUUID } from 'node:crypto';
import type { Clock, SortKey, TaskQuery, TaskSort } from '@taskward/application';
import {
  type ChangeOrigin,
  type Instant,
  ownerActor,
  Task,
  type TaskContent,
  type TaskDraft,
  type TaskEdit,
  type TaskFields,
  toInstant,
  toUserId,
  type UserId,
} from '@taskward/domain';
import { contentOf } from './contents.ts';
import { aPlanning } from './planning.ts';

/** How the ids of all tests' users begin, so that `npm test` can sweep up on a server that is not its own. */
export const userPrefix = 'taskward-test|';

/** A user that no other test knows. */
export const aUser = (): UserId => toUserId(`${userPrefix}${randomUUID()}`);

export const anInstant = (text = '2026-11-20T09:30:00.123Z'): Instant => toInstant(text);

/** Where a change comes from, in tests that do not look at it. */
export const anOrigin = (origin: Partial<ChangeOrigin> = {}): ChangeOrigin => ({ at: anInstant(), ...origin });

/** A clock that goes on by a millisecond each time it is asked. */
export const aSteadyClock = (start = '2026-11-20T09:30:00.000Z'): Clock => {
  let time = Date.parse(start);
  return {
    now: () => {
      time += 1;
      return toInstant(new Date(time).toISOString());
    },
  };
};

/** A draft of a task. Fields that only Taskward sets are taken as they are. */
export const aDraft = (
  owner: UserId,
  content: Partial<TaskContent> & Pick<Partial<TaskFields>, 'position'> = {},
  now = anInstant(),
  planning = aPlanning(),
): TaskDraft => ({
  ...Task.draft(ownerActor(owner), owner, { title: 'Buy milk', ...content }, now, planning),
  position: content.position ?? null,
});

const later = anInstant('2026-11-20T10:00:00.000Z');

/** A change of these fields, by their owner. */
export const changing =
  (owner: UserId, changes: TaskEdit, now = later, planning = aPlanning()) =>
  (task: Task) =>
    task.change(ownerActor(owner), changes, now, planning);

/** A change to these values as they are: whatever the domain makes of them otherwise, and of any field. */
export const giving =
  (owner: UserId, values: Partial<TaskFields>, now = later, planning = aPlanning()) =>
  (task: Task) =>
    task.revert(ownerActor(owner), { ...contentOf(task), ...values }, now, planning);

/** A task as it is outside of a unit of work: without the reminders that are still to come. */
export const asRead = (task: Task): Task => Task.restore({ ...task, remindAt: [] });

/** The order of a list: by these fields, each downwards where it has a minus. */
export const sortedBy = (...keys: readonly (TaskSort | `-${TaskSort}`)[]): readonly SortKey[] =>
  keys.map((key) => ({ field: key.replace('-', '') as TaskSort, order: key.startsWith('-') ? 'desc' : 'asc' }));

/** What queries of use-cases and of the repository have in common. */
type CommonQuery = Omit<TaskQuery, 'due' | 'completed' | 'updated' | 'dated'>;

interface MakeQuery {
  (query?: Partial<CommonQuery>): CommonQuery;
  (query: Partial<TaskQuery>): TaskQuery;
}

export const aQuery: MakeQuery = (query: Partial<TaskQuery> = {}): TaskQuery => ({
  status: 'all',
  sort: sortedBy('-created_at'),
  limit: 100,
  offset: 0,
  count: false,
  ...query,
});
