import { randomUUID } from 'node:crypto';
import type { Clock, TaskQuery } from '@taskward/application';
import {
  type ChangeOrigin,
  type Instant,
  ownerActor,
  Task,
  type TaskChanges,
  type TaskContent,
  type TaskDraft,
  toInstant,
  toUserId,
  type UserId,
} from '@taskward/domain';

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

export const aDraft = (owner: UserId, content: Partial<TaskContent> = {}, now = anInstant()): TaskDraft =>
  Task.draft(ownerActor(owner), owner, { title: 'Buy milk', ...content }, now);

/** A change of these fields, by their owner. */
export const changing =
  (owner: UserId, changes: TaskChanges, now = anInstant('2026-11-20T10:00:00.000Z')) =>
  (task: Task) =>
    task.change(ownerActor(owner), changes, now);

export const aQuery = (query: Partial<TaskQuery> = {}): TaskQuery => ({
  status: 'all',
  sort: 'created_at',
  order: 'desc',
  limit: 100,
  offset: 0,
  count: false,
  ...query,
});
