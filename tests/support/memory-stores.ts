import {
  type IdempotencyBounds,
  type IdempotencyStore,
  type ImportStore,
  idempotencyInFlight,
  idempotencyMismatch,
  type TaskFilter,
  type TaskPosition,
  type TaskQuery,
  type TaskRepository,
  tooManyIdempotencyKeys,
  type UserDirectory,
} from '@taskward/application';
import {
  foldText,
  searchedFields,
  Task,
  taskNotFound,
  UnitOfWork,
  type UnitOfWorkState,
  type UserId,
} from '@taskward/domain';

type Stored = ReadonlyMap<UserId, UnitOfWorkState>;

interface StoredResponse {
  readonly fingerprint: string;
  readonly response: string;
  readonly at: number;
}

const nothing: UnitOfWorkState = { lastTaskId: 0, revision: 0, taskCount: 0, tasks: [] };

const byCodePoint = (a: string, b: string): number => {
  const left = Array.from(a, (character) => character.codePointAt(0) as number);
  const right = Array.from(b, (character) => character.codePointAt(0) as number);
  const differs = left.findIndex((point, index) => point !== right[index]);
  if (differs === -1) return left.length - right.length;
  return differs < right.length ? (left[differs] as number) - (right[differs] as number) : 1;
};

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

const storedAfter = (before: UnitOfWorkState, unit: UnitOfWork): UnitOfWorkState => {
  const gone = new Set([...unit.removed, ...unit.written.map(({ id }) => id)]);
  return {
    lastTaskId: unit.lastTaskId,
    revision: unit.revision,
    taskCount: unit.taskCount,
    tasks: [...before.tasks.filter(({ id }) => !gone.has(id)), ...unit.written],
  };
};

// Copies all the way: what a caller does to a task must not reach the store.
const copied = (state: UnitOfWorkState): UnitOfWorkState => ({
  ...state,
  tasks: state.tasks.map((task) => Task.restore(task)),
});

/** Where one owner's tasks are: read, and replaced by what they are next. */
interface Place {
  get(): UnitOfWorkState;
  /** Runs when no other write of this owner is under way. */
  write<T>(work: (before: UnitOfWorkState) => { after?: UnitOfWorkState; result: T }): Promise<T>;
}

const tasksIn = (placeOf: (owner: UserId) => Place): TaskRepository => {
  const inUnit = <T>(owner: UserId, work: (unit: UnitOfWork) => { result: T; store: boolean }): Promise<T> =>
    placeOf(owner).write((before) => {
      const unit = new UnitOfWork(copied(before));
      const { result, store } = work(unit);
      return { result, ...(store && { after: copied(storedAfter(before, unit)) }) };
    });

  return {
    add: (draft, quota) => inUnit(draft.owner, (unit) => ({ result: unit.add(draft, quota), store: true })),

    async get(owner, id) {
      const task = copied(placeOf(owner).get()).tasks.find((one) => one.id === id);
      if (task === undefined) throw taskNotFound(id);
      return task;
    },

    async list(owner, query) {
      const { revision, tasks: all } = copied(placeOf(owner).get());
      const matching = all.filter((task) => matches(task, query));
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

    update: (owner, id, change) => inUnit(owner, (unit) => ({ result: unit.update(id, change), store: true })),

    remove: (owner, id, allow = () => {}) => inUnit(owner, (unit) => ({ result: unit.remove(id, allow), store: true })),

    transact: (owner, ids, work) =>
      placeOf(owner).write((before) => {
        const named = before.tasks.filter(({ id }) => ids.includes(id));
        const unit = new UnitOfWork(copied({ ...before, tasks: named }));
        const { result, store } = work(unit);
        return { result, ...(store && { after: copied(storedAfter(before, unit)) }) };
      }),
  };
};

/** All stores, over the same tasks. */
export interface MemoryStores {
  readonly tasks: TaskRepository;
  readonly idempotency: IdempotencyStore;
  readonly imports: ImportStore;
  readonly users: UserDirectory;
}

/** The stores in memory: what the contract suites and the HTTP tests run against besides PostgreSQL. */
export const makeMemoryStores = (): MemoryStores => {
  const stored = new Map<UserId, UnitOfWorkState>();
  const responses = new Map<string, StoredResponse>();
  const usage = new Map<UserId, { since: number; keys: number; bytes: number }>();
  const inFlight = new Set<string>();
  const imported = new Map<UserId, ReadonlyMap<string, number>>();
  const locks = new Map<UserId, Promise<unknown>>();
  const stateIn = (states: Stored, owner: UserId) => states.get(owner) ?? nothing;

  const exclusively = <T>(owner: UserId, work: () => T | Promise<T>): Promise<T> => {
    const done = (locks.get(owner) ?? Promise.resolve()).then(work);
    locks.set(
      owner,
      done.catch(() => {}),
    );
    return done;
  };

  const placeIn =
    (states: Map<UserId, UnitOfWorkState>, run: <T>(owner: UserId, work: () => T) => Promise<T>) =>
    (owner: UserId): Place => ({
      get: () => stateIn(states, owner),
      write: (work) =>
        run(owner, () => {
          const { after, result } = work(stateIn(states, owner));
          if (after !== undefined) states.set(owner, after);
          return result;
        }),
    });

  const countUse = (
    owner: UserId,
    bytes: number,
    { now, lifetime, bounds }: { now: string; lifetime: number; bounds: IdempotencyBounds },
  ) => {
    const at = Date.parse(now);
    const last = usage.get(owner);
    const current = last !== undefined && last.since > at - lifetime ? last : { since: at, keys: 0, bytes: 0 };
    const next = { since: current.since, keys: current.keys + 1, bytes: current.bytes + bytes };
    if (next.keys <= bounds.keys && next.bytes <= bounds.bytes) return next;
    throw tooManyIdempotencyKeys(Math.ceil((current.since + lifetime - at) / 1_000));
  };

  return {
    tasks: tasksIn(placeIn(stored, exclusively)),
    idempotency: {
      async runIdempotently({ owner, key, fingerprint, hasEffect, now, lifetime, bounds }, work) {
        const name = JSON.stringify([owner, key]);
        if (inFlight.has(name)) throw idempotencyInFlight();
        const kept = responses.get(name);
        if (kept !== undefined && kept.at > Date.parse(now) - lifetime) {
          if (kept.fingerprint !== fingerprint) throw idempotencyMismatch();
          return { response: kept.response, replayed: true };
        }
        inFlight.add(name);
        try {
          return await exclusively(owner, async () => {
            const states = new Map(stored);
            const placeOf = placeIn(states, async (_owner, write) => write());
            const tasks = tasksIn((other) => {
              if (other !== owner) throw new Error('a call under one user’s key reached for the tasks of another');
              return placeOf(other);
            });
            const response = await work({ tasks });
            if (!hasEffect) return { response: response, replayed: false };
            usage.set(owner, countUse(owner, response.length, { now, lifetime, bounds }));
            stored.set(owner, stateIn(states, owner));
            responses.set(name, { fingerprint, response, at: Date.parse(now) });
            return { response: response, replayed: false };
          });
        } finally {
          inFlight.delete(name);
        }
      },

      async purge({ now, lifetime, limit }) {
        const old = [...responses].filter(([, { at }]) => at <= Date.parse(now) - lifetime).slice(0, limit);
        for (const [name] of old) responses.delete(name);
        return old.length;
      },
    },

    imports: {
      transact: (owner, externalIds, work) =>
        exclusively(owner, () => {
          const before = stateIn(stored, owner);
          const unit = new UnitOfWork({ ...before, tasks: [] });
          const names = imported.get(owner) ?? new Map<string, number>();
          const known = new Set(externalIds.filter((externalId) => names.has(externalId)));
          const { result, store, imported: fresh } = work(unit, known);
          if (store && unit.revision > before.revision) {
            stored.set(owner, copied(storedAfter(before, unit)));
            imported.set(owner, new Map([...names, ...fresh]));
          }
          return result;
        }),

      async list(owner, after, limit) {
        return [...(imported.get(owner) ?? [])]
          .map(([externalId, taskId]) => ({ externalId, taskId }))
          .sort((a, b) => byCodePoint(a.externalId, b.externalId))
          .filter(({ externalId }) => after === undefined || byCodePoint(externalId, after) > 0)
          .slice(0, limit);
      },
    },

    users: {
      async list(after, limit) {
        const ids = [...stored.keys()].sort(byCodePoint);
        return ids.filter((id) => after === undefined || byCodePoint(id, after) > 0).slice(0, limit);
      },

      erase: (owner) =>
        exclusively(owner, () => {
          const kept = [...responses.keys()].filter((name) => JSON.parse(name)[0] === owner);
          for (const name of kept) responses.delete(name);
          usage.delete(owner);
          imported.delete(owner);
          return stored.delete(owner) || kept.length > 0;
        }),
    },
  };
};

/** The task repository in memory. */
export const makeMemoryTaskRepository = (): TaskRepository => makeMemoryStores().tasks;
