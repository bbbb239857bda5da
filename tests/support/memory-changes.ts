import type { ChangeFeed, ChangeLog, ChangeRetention, ExpiredChanges, LoggedReminder } from '@taskward/application';
import type { Change, TaskOutcome, UserId } from '@taskward/domain';
import { copiedChanges, copiedTasks, type OwnerState, type PlaceOf } from './memory-state.ts';

const boundsOf = ({ epoch, revision, oldest }: OwnerState) => ({ epoch, revision, oldest });

const outcomeOf = ({ tasks }: OwnerState, { kind, taskId: id, revision, at }: Change): TaskOutcome[] => {
  if (kind === 'deleted') return [{ kind, id, revision, at }];
  return copiedTasks(tasks.filter((task) => task.id === id && task.revision === revision)).map((task) => ({
    kind: 'put',
    task,
  }));
};

const reminderOf = ({ tasks }: OwnerState, change: Change): LoggedReminder[] => {
  if (change.kind !== 'reminded') return [];
  const { taskId, revision, reminder } = change;
  return copiedTasks(tasks.filter(({ id }) => id === taskId)).map((task) => ({ revision, reminder, task }));
};

/** The deletions of the tasks that can be restored, newest first. */
const deletionsIn = ({ tasks, changes }: OwnerState) => {
  const present = new Set(tasks.map(({ id }) => id));
  const last = new Map(changes.map((change) => [change.taskId, change]));
  return [...last.values()]
    .flatMap((change) =>
      change.kind === 'deleted' && change.before !== undefined && !present.has(change.taskId)
        ? [{ ...change, before: change.before }]
        : [],
    )
    .sort((a, b) => b.revision - a.revision);
};

const withoutContent = (change: Change): Change => {
  if (change.kind === 'updated' || change.kind === 'occurrence_completed') return { ...change, before: {} };
  if (change.kind !== 'deleted') return change;
  const { before: _before, ...rest } = change;
  return rest;
};

/** The log of changes over the states of owners. */
export const changesIn = (placeOf: PlaceOf): ChangeLog => ({
  async bounds(owner) {
    return boundsOf(placeOf(owner).get());
  },

  async since(owner, revision, limit) {
    const state = placeOf(owner).get();
    const rest = state.changes.filter((change) => change.revision > revision);
    const page = rest.slice(0, limit);
    const hasMore = rest.length > limit;
    return {
      ...boundsOf(state),
      changes: page.flatMap((change) => outcomeOf(state, change)),
      reminders: copiedChanges(page).flatMap((change) => reminderOf(state, change)),
      upTo: hasMore ? (page.at(-1)?.revision ?? revision) : state.revision,
      hasMore,
    };
  },

  async snapshot(owner, afterId, limit) {
    const state = placeOf(owner).get();
    const rest = state.tasks.filter(({ id }) => id > afterId).sort((a, b) => a.id - b.id);
    return { ...boundsOf(state), tasks: copiedTasks(rest.slice(0, limit)), hasMore: rest.length > limit };
  },

  async history(owner, id, before, limit) {
    const { tasks, changes } = placeOf(owner).get();
    const [current] = copiedTasks(tasks.filter((task) => task.id === id));
    const all = changes.filter(({ taskId }) => taskId === id).reverse();
    const older = all.filter(({ revision }) => revision < before).slice(0, limit);
    const newer = all.filter(({ revision }) => revision >= before);
    return { current, changes: copiedChanges([...newer, ...older]) };
  },

  async occurrences(owner, id, before = Number.POSITIVE_INFINITY, limit) {
    const completed = placeOf(owner)
      .get()
      .changes.filter(
        ({ taskId, kind, revision }) => taskId === id && kind === 'occurrence_completed' && revision < before,
      );
    return copiedChanges(completed.reverse().slice(0, limit));
  },

  async latest(owner, { before = Number.POSITIVE_INFINITY, after = 0 }, limit) {
    const { tasks, changes } = placeOf(owner).get();
    const titles = new Map(changes.flatMap((one) => (one.kind === 'deleted' ? [[one.taskId, one.before?.title]] : [])));
    for (const { id, title } of tasks) titles.set(id, title);
    const found = changes.filter(({ revision }) => revision < before && revision > after).reverse();
    return copiedChanges(found.slice(0, limit)).map((change) => ({ change, title: titles.get(change.taskId) }));
  },

  async trash(owner, before = Number.POSITIVE_INFINITY, limit) {
    return deletionsIn(placeOf(owner).get())
      .filter(({ revision }) => revision < before)
      .slice(0, limit)
      .map(({ taskId, revision, at, before: last }) => ({ id: taskId, revision, deletedAt: at, last: { ...last } }));
  },

  purgeTrash: (owner, id, limit) =>
    placeOf(owner).write((state) => {
      const due = deletionsIn(state)
        .filter(({ taskId }) => id === undefined || taskId === id)
        .slice(0, limit);
      const purged = new Set(due.map(({ taskId }) => taskId));
      const changes = state.changes.map((change) => (purged.has(change.taskId) ? withoutContent(change) : change));
      if (purged.size === 0) return { result: 0 };
      return { result: purged.size, after: { ...state, changes, revision: state.revision + 1 } };
    }),
});

/** How many changes are expired: all up to the latest old one. */
const countExpired = ({ changes }: OwnerState, { now, lifetime }: ExpiredChanges): number =>
  changes.findLastIndex(({ at }) => Date.parse(at) <= Date.parse(now) - lifetime) + 1;

/** The retention of the logs of these owners. */
export const retentionIn = (owners: () => readonly UserId[], placeOf: PlaceOf): ChangeRetention => ({
  async purge({ limit, owner: only, ...expired }) {
    let removed = 0;
    for (const owner of only === undefined ? owners() : [only]) {
      removed += await placeOf(owner).write((state) => {
        const count = Math.min(countExpired(state, expired), limit - removed);
        if (count === 0) return { result: 0 };
        const oldest = state.changes[count - 1]?.revision ?? state.oldest;
        return { result: count, after: { ...state, oldest, changes: state.changes.slice(count) } };
      });
    }
    return removed;
  },

  async count({ owner, ...expired }) {
    return countExpired(placeOf(owner).get(), expired);
  },
});

/** A feed within this process. */
export const aFeed = (): ChangeFeed => {
  const subscribers = new Map<UserId, Set<() => void>>();
  return {
    announce: (owner) => queueMicrotask(() => subscribers.get(owner)?.forEach((tell) => void tell())),
    subscribe(owner, onChange) {
      const own = () => onChange();
      const all = subscribers.get(owner) ?? new Set();
      subscribers.set(owner, all.add(own));
      return () => all.delete(own);
    },
  };
};
