import type { TaskFilter, TaskPosition, TaskQuery, TaskRepository, UnitScope } from '@taskward/application';
import {
  type Change,
  type ChangeOrigin,
  foldText,
  searchedFields,
  type Task,
  taskNotFound,
  type UnitOfWork,
  type UserId,
} from '@taskward/domain';
import { byCodePoint, copiedTasks, type OwnerState, type PlaceOf, storedAfter, unitOver } from './memory-state.ts';

const sortValue = (task: Task, sort: TaskQuery['sort']): string =>
  sort === 'title' ? task.title : sort === 'created_at' ? task.createdAt : task.updatedAt;

const compare = (a: TaskPosition, b: TaskPosition, { sort, order }: TaskQuery): number => {
  const key = ({ value }: TaskPosition) => (sort === 'title' ? foldText(value) : value);
  const ascending = byCodePoint(key(a), key(b)) || a.id - b.id;
  return order === 'asc' ? ascending : -ascending;
};

/** Whether each filter admits a task. */
const filters = {
  status: (task, { status }) => status === 'all' || task.completed === (status === 'completed'),
  search: (task, { search }) => {
    if (search === undefined) return true;
    return searchedFields.some((name) => foldText(task[name] ?? '').includes(foldText(search)));
  },
} satisfies Record<keyof TaskFilter, (task: Task, filter: TaskFilter) => boolean>;

const matches = (task: Task, filter: TaskFilter): boolean =>
  Object.values(filters).every((admits) => admits(task, filter));

const madeTogether = (changes: readonly Change[], revision: number): readonly Change[] => {
  const named = changes.find((change) => change.revision === revision);
  if (named?.batch === undefined) return named === undefined ? [] : [named];
  return changes.filter(({ batch }) => batch === named.batch);
};

/** What a scope names of the tasks, and of the log: newest first. */
const named = ({ tasks, changes }: OwnerState, { ids, undone = [], restored = [] }: UnitScope) => {
  const firstUndone = new Map<number, number>();
  for (const change of undone.flatMap((revision) => madeTogether(changes, revision))) {
    const first = Math.min(change.revision, firstUndone.get(change.taskId) ?? change.revision);
    firstUndone.set(change.taskId, first);
  }
  const lastOfRestored = new Set(restored.map((id) => changes.findLast(({ taskId }) => taskId === id)));
  const log = changes.filter(
    (change) => change.revision >= (firstUndone.get(change.taskId) ?? Infinity) || lastOfRestored.has(change),
  );
  return {
    tasks: tasks.filter(({ id }) => ids.includes(id) || firstUndone.has(id)),
    log: log.reverse(),
  };
};

/** The task repository over the states of owners. */
export const tasksIn = (placeOf: PlaceOf): TaskRepository => {
  type Loaded = { readonly tasks: readonly Task[]; readonly log?: readonly Change[] };
  const inUnit = <T>(
    owner: UserId,
    load: (state: OwnerState) => Loaded,
    origin: ChangeOrigin,
    work: (unit: UnitOfWork) => { result: T; store: boolean },
  ): Promise<T> =>
    placeOf(owner).write((before) => {
      const { tasks, log } = load(before);
      const unit = unitOver(before, tasks, log);
      const { result, store } = work(unit);
      return { result, ...(store && { after: storedAfter(before, unit, origin) }) };
    });
  const one = (id: number) => (state: OwnerState) => ({ tasks: state.tasks.filter((task) => task.id === id) });

  return {
    add: (draft, origin, quota) =>
      inUnit(
        draft.owner,
        () => ({ tasks: [] }),
        origin,
        (unit) => ({ result: unit.add(draft, quota), store: true }),
      ),

    async get(owner, id) {
      const [task] = copiedTasks(one(id)(placeOf(owner).get()).tasks);
      if (task === undefined) throw taskNotFound(id);
      return task;
    },

    async list(owner, query) {
      const { revision, tasks: all } = placeOf(owner).get();
      const matching = copiedTasks(all).filter((task) => matches(task, query));
      const place = (task: Task) => ({ value: sortValue(task, query.sort), id: task.id });
      const { after } = query;
      const rest = matching
        .sort((a, b) => compare(place(a), place(b), query))
        .filter((task) => after === undefined || compare(place(task), after, query) > 0)
        .slice(query.offset);
      const tasks = rest.slice(0, query.limit);
      const last = rest.length > query.limit ? tasks.at(-1) : undefined;
      const total = matching.length;
      return { revision, tasks, ...(last && { next: place(last) }), ...(query.count && { total }) };
    },

    revision: async (owner) => placeOf(owner).get().revision,

    update: (owner, id, change, origin) =>
      inUnit(owner, one(id), origin, (unit) => ({ result: unit.update(id, change), store: true })),

    remove: (owner, id, origin, allow = () => {}) =>
      inUnit(owner, one(id), origin, (unit) => {
        unit.remove(id, allow);
        return { result: undefined, store: true };
      }),

    transact: (owner, scope, origin, work) => inUnit(owner, (state) => named(state, scope), origin, work),
  };
};
