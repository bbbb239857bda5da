import type {
  ChangeFeed,
  ChangeLog,
  ChangeRetention,
  IdempotencyStore,
  ImportStore,
  PlanningStore,
  ReminderQueue,
  TaskRepository,
  UserDirectory,
  WebhookStore,
} from '@taskward/application';
import type { UserId } from '@taskward/domain';
import { aFeed, changesIn, retentionIn } from './memory-changes.ts';
import { type InTransaction, makeMemoryIdempotency } from './memory-idempotency.ts';
import { planningIn, remindersIn } from './memory-planning.ts';
import {
  byCodePoint,
  nothing,
  type OwnerState,
  type Place,
  type PlaceOf,
  storedAfter,
  unitOver,
} from './memory-state.ts';
import { tasksIn } from './memory-tasks.ts';
import { makeMemoryWebhooks } from './memory-webhooks.ts';

/** All stores, over the same tasks. */
export interface MemoryStores {
  readonly tasks: TaskRepository;
  readonly changes: ChangeLog;
  readonly planning: PlanningStore;
  readonly reminderQueue: ReminderQueue;
  readonly changeRetention: ChangeRetention;
  readonly feed: ChangeFeed;
  readonly idempotency: IdempotencyStore;
  readonly imports: ImportStore;
  readonly users: UserDirectory;
  readonly webhooks: WebhookStore;
}

/** Where a state is, which changes at once. */
const placeAt = (get: () => OwnerState, set: (state: OwnerState) => void): Place => ({
  get,
  async write(work) {
    const before = get();
    const { after = before, result } = work(before);
    if (after !== before) set(after);
    return result;
  },
});

/** The states of all owners, in which each write waits for the owner's earlier ones. */
const makeStates = (onWrite: (owner: UserId, before: OwnerState, after: OwnerState) => void) => {
  const stored = new Map<UserId, OwnerState>();
  const locks = new Map<UserId, Promise<unknown>>();
  let epochs = 0;

  const exclusively = <T>(owner: UserId, work: () => T | Promise<T>): Promise<T> => {
    const done = (locks.get(owner) ?? Promise.resolve()).then(work);
    locks.set(
      owner,
      done.catch(() => {}),
    );
    return done;
  };
  const get = (owner: UserId) => stored.get(owner) ?? nothing;
  const begun = (state: OwnerState): OwnerState => {
    if (state.epoch > 0) return state;
    epochs += 1;
    return { ...state, epoch: epochs };
  };
  const set = (owner: UserId, state: OwnerState) => {
    const before = get(owner);
    stored.set(owner, begun(state));
    onWrite(owner, before, state);
  };
  const placeOf: PlaceOf = (owner) => {
    const place = placeAt(
      () => get(owner),
      (state) => set(owner, state),
    );
    return { get: place.get, write: (work) => exclusively(owner, () => place.write(work)) };
  };
  const inTransaction: InTransaction = (owner, work) =>
    exclusively(owner, () => {
      let state = get(owner);
      const own = placeAt(
        () => state,
        (after) => {
          state = begun(after);
        },
      );
      const placeOf: PlaceOf = (other) => {
        if (other === owner) return own;
        throw new Error('a call under one user’s key reached for the tasks of another');
      };
      const ports = { tasks: tasksIn(placeOf), changes: changesIn(placeOf), planning: planningIn(placeOf) };
      return work(ports, () => set(owner, state));
    });
  return { stored, exclusively, placeOf, inTransaction };
};

const importsIn = (placeOf: PlaceOf): ImportStore & { erase(owner: UserId): void } => {
  const imported = new Map<UserId, ReadonlyMap<string, number>>();
  return {
    transact: (owner, externalIds, origin, work) =>
      placeOf(owner).write((before) => {
        const unit = unitOver(before, { tasks: [] });
        const names = imported.get(owner) ?? new Map<string, number>();
        const known = new Set(externalIds.filter((externalId) => names.has(externalId)));
        const { result, store, imported: fresh } = work(unit, known);
        const after = store ? storedAfter(before, unit, origin) : before;
        if (after !== before) imported.set(owner, new Map([...names, ...fresh]));
        return { result, after };
      }),

    async list(owner, after, limit) {
      return [...(imported.get(owner) ?? [])]
        .map(([externalId, taskId]) => ({ externalId, taskId }))
        .sort((a, b) => byCodePoint(a.externalId, b.externalId))
        .filter(({ externalId }) => after === undefined || byCodePoint(externalId, after) > 0)
        .slice(0, limit);
    },

    erase: (owner) => void imported.delete(owner),
  };
};

/** The stores in memory: what the contract suites and the HTTP tests run against besides PostgreSQL. */
export const makeMemoryStores = (): MemoryStores => {
  const feed = aFeed();
  const webhooks = makeMemoryWebhooks();
  const { stored, exclusively, placeOf, inTransaction } = makeStates((owner, before, after) => {
    webhooks.record(owner, before, after);
    feed.announce(owner);
  });
  const imports = importsIn(placeOf);
  const idempotency = makeMemoryIdempotency(inTransaction);
  return {
    tasks: tasksIn(placeOf),
    changes: changesIn(placeOf),
    planning: planningIn(placeOf),
    reminderQueue: remindersIn(() => [...stored.keys()], placeOf),
    changeRetention: retentionIn(() => [...stored.keys()], placeOf),
    feed,
    idempotency,
    imports,
    webhooks: webhooks.store,
    users: {
      async list(after, limit) {
        const ids = [...stored.keys()].sort(byCodePoint);
        return ids.filter((id) => after === undefined || byCodePoint(id, after) > 0).slice(0, limit);
      },

      // A state without an epoch gets the next one.
      renewEpoch: (owner) =>
        placeOf(owner).write((state) =>
          stored.has(owner) ? { result: true, after: { ...state, epoch: 0 } } : { result: false },
        ),

      erase: (owner) =>
        exclusively(owner, () => {
          const hadResponses = idempotency.erase(owner);
          imports.erase(owner);
          webhooks.erase(owner);
          return stored.delete(owner) || hadResponses;
        }),
    },
  };
};

/** The task repository in memory. */
export const makeMemoryTaskRepository = (): TaskRepository => makeMemoryStores().tasks;
