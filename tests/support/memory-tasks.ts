import type { TaskRepository, UnitScope } from '@taskward/application';
import { type Change, type ChangeOrigin, Task, taskNotFound, type UnitOfWork, type UserId } from '@taskward/domain';
import { matching, neighboursOf, pageOf, selectedBy } from './memory-lists.ts';
import { copiedTasks, type Loaded, type OwnerState, type PlaceOf, storedAfter, unitOver } from './memory-state.ts';

const madeTogether = (changes: readonly Change[], revision: number): readonly Change[] => {
  const named = changes.find((change) => change.revision === revision);
  if (named?.batch === undefined) return named === undefined ? [] : [named];
  return changes.filter(({ batch }) => batch === named.batch);
};

/** What a scope names of the tasks, and of the log: newest first. */
const named = ({ tasks, changes }: OwnerState, scope: UnitScope): Loaded => {
  const { ids, undone = [], restored = [], matching: filters = [], around } = scope;
  const firstUndone = new Map<number, number>();
  for (const change of undone.flatMap((revision) => madeTogether(changes, revision))) {
    const first = Math.min(change.revision, firstUndone.get(change.taskId) ?? change.revision);
    firstUndone.set(change.taskId, first);
  }
  const lastOfRestored = new Set(restored.map((id) => changes.findLast(({ taskId }) => taskId === id)));
  const log = changes.filter(
    (change) => change.revision >= (firstUndone.get(change.taskId) ?? Infinity) || lastOfRestored.has(change),
  );
  const selected = filters.map((filter) => selectedBy(tasks, filter));
  const found = new Set([...selected.flat(), ...(around === undefined ? [] : neighboursOf(tasks, around))]);
  return {
    tasks: tasks.filter((task) => ids.includes(task.id) || firstUndone.has(task.id) || found.has(task)),
    log: log.reverse(),
    selected: selected.map((found) => found.map(({ id }) => id)),
  };
};

/** The task repository over the states of owners. */
export const tasksIn = (placeOf: PlaceOf): TaskRepository => {
  const inUnit = <T>(
    owner: UserId,
    load: (state: OwnerState) => Loaded,
    origin: ChangeOrigin,
    work: (unit: UnitOfWork) => { result: T; store: boolean },
  ): Promise<T> =>
    placeOf(owner).write((before) => {
      const unit = unitOver(before, load(before));
      const { result, store } = work(unit);
      return { result, ...(store && { after: storedAfter(before, unit, origin) }) };
    });
  const one = (id: number) => (state: OwnerState) => ({ tasks: state.tasks.filter((task) => task.id === id) });

  return {
    async add(draft, origin, quota) {
      const load = () => ({ tasks: [] });
      const work = (unit: UnitOfWork) => ({ result: unit.add(draft, quota), store: true });
      const [added] = copiedTasks([await inUnit(draft.owner, load, origin, work)]);
      return added as Task;
    },

    async get(owner, id) {
      const [task] = copiedTasks(one(id)(placeOf(owner).get()).tasks);
      if (task === undefined) throw taskNotFound(id);
      return task;
    },

    async list(owner, query) {
      const { revision, tasks: all } = placeOf(owner).get();
      const found = matching(all, query);
      const { page, ...next } = pageOf(found, query);
      return { revision, tasks: copiedTasks(page), ...next, ...(query.count && { total: found.length }) };
    },

    revision: async (owner) => placeOf(owner).get().revision,

    update: (owner, id, change, origin) =>
      placeOf(owner).write((before) => {
        const { tasks } = one(id)(before);
        const unit = unitOver(before, { tasks: copiedTasks(tasks) });
        const result = unit.update(id, change);
        // What is stored of its reminders stays.
        const remindAt = tasks.flatMap((task) => task.remindAt);
        const written = unit.written.map((task) => Task.restore({ ...task, remindAt }));
        return { result, after: storedAfter(before, unit, origin, written) };
      }),

    remove: (owner, id, origin, allow = () => {}) =>
      inUnit(owner, one(id), origin, (unit) => {
        unit.remove(id, allow);
        return { result: undefined, store: true };
      }),

    transact: (owner, scope, origin, work) => inUnit(owner, (state) => named(state, scope), origin, work),
  };
};
