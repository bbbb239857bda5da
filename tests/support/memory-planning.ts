import type { PlanningStore, ReminderQueue, TagCount } from '@taskward/application';
import { defaultSettings, type Priority, priorities, type Task, tagKey, type UserId } from '@taskward/domain';
import { matching } from './memory-lists.ts';
import { byCodePoint, type PlaceOf } from './memory-state.ts';

const countIn = (tasks: readonly Task[]) => {
  const completed = matching(tasks, { status: 'completed' }).length;
  return { pending: tasks.length - completed, completed };
};

const tagCount = (key: string, tasks: readonly Task[]): TagCount => {
  const tagged = tasks.filter(({ tags }) => tags.some((tag) => tagKey(tag) === key));
  const latest = tagged.toSorted((a, b) => b.revision - a.revision)[0];
  return { name: latest?.tags.find((tag) => tagKey(tag) === key) ?? key, ...countIn(tagged) };
};

/** The planning store over the states of owners. */
export const planningIn = (placeOf: PlaceOf): PlanningStore => ({
  settings: async (owner) => ({ ...(placeOf(owner).get().settings ?? defaultSettings) }),

  async summary(owner, { now, today }) {
    const { revision, tasks } = placeOf(owner).get();
    const count = (filter: object) => matching(tasks, { status: 'pending', ...filter }).length;
    const named = (['none', ...priorities] as const).map((priority) => [priority, count({ priority: [priority] })]);
    return {
      revision,
      ...countIn(tasks),
      priorities: Object.fromEntries(named) as Record<Priority | 'none', number>,
      overdue: count({ due: { before: now } }),
      today: count({ due: today }),
    };
  },

  async tags(owner) {
    const { revision, tasks } = placeOf(owner).get();
    const keys = [...new Set(tasks.flatMap(({ tags }) => tags.map(tagKey)))].sort(byCodePoint);
    return { revision, tags: keys.map((key) => tagCount(key, tasks)) };
  },
});

/** The reminders of these owners that have come due. */
export const remindersIn = (owners: () => readonly UserId[], placeOf: PlaceOf): ReminderQueue => ({
  due: async ({ now, limit, except }) =>
    owners()
      .filter((owner) => !except.includes(owner))
      .flatMap((owner) =>
        placeOf(owner)
          .get()
          .tasks.flatMap(({ id, remindAt: [at] }) => (at ? { owner, id, at } : [])),
      )
      .filter(({ at }) => at <= now)
      .sort((a, b) => byCodePoint(a.at, b.at))
      .slice(0, limit)
      .map(({ owner, id }) => ({ owner, id })),
});
