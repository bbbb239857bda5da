import { type Actor, assertMayAct, type Calendar, type UserId } from '@taskward/domain';
import type { Clock } from '../ports/clock.ts';
import type { PlanningStore, TagCount, TaskSummary } from '../ports/planning-store.ts';
import { dayWith } from '../tasks/task-filter.ts';

/** An owner's tags, and the change counter at reading. */
export interface TagList {
  readonly revision: number;
  readonly tags: readonly TagCount[];
}

/** How many tasks there are of each kind, and with each tag. */
export type SummaryWithTags = TaskSummary & TagList;

/** Counts the owner's tasks. @throws DomainError `auth/wrong-user`; ApplicationError `database/unavailable` */
export const makeTaskSummary =
  ({ planning, clock, calendar }: { planning: PlanningStore; clock: Clock; calendar: Calendar }) =>
  async (actor: Actor, { owner }: { owner: UserId }): Promise<SummaryWithTags> => {
    assertMayAct(actor, owner);
    const now = clock.now();
    const settings = await planning.settings(owner);
    const today = dayWith(now, { calendar, settings });
    // Read before the tags: what changes meanwhile has a later revision than the result.
    const summary = await planning.summary(owner, { now, today });
    const { tags } = await planning.tags(owner);
    return { ...summary, tags };
  };

/** Returns the owner's tags with their counts. @throws DomainError `auth/wrong-user`; ApplicationError `database/unavailable` */
export const makeListTags =
  ({ planning }: { planning: PlanningStore }) =>
  async (actor: Actor, { owner }: { owner: UserId }): Promise<TagList> => {
    assertMayAct(actor, owner);
    return planning.tags(owner);
  };
