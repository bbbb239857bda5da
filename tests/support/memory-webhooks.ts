import { randomUUID } from 'node:crypto';
import type { ClaimedDelivery, DeliveryRecord, Endpoint, OutboxEntry, WebhookStore } from '@taskward/application';
import { contentAfterEach, type Instant, type TaskFields, type TaskState, type UserId } from '@taskward/domain';
import { copiedChanges, type OwnerState } from './memory-state.ts';

interface Kept {
  readonly logged: OutboxEntry;
  isDispatched: boolean;
}

interface Delivery {
  readonly id: string;
  readonly endpoint: string;
  readonly kept: Kept;
  record: Omit<DeliveryRecord, 'id' | 'eventId' | 'owner' | 'revision'>;
}

const later = (now: Instant, milliseconds: number): Instant =>
  new Date(Date.parse(now) + milliseconds).toISOString() as Instant;

/** The task after each of the changes that lead from one state to another. */
const loggedBetween = (owner: UserId, before: OwnerState, after: OwnerState): OutboxEntry[] => {
  const fresh = copiedChanges(after.changes.filter(({ revision }) => revision > before.revision));
  return fresh.map((change) => {
    const { taskId: id } = change;
    if (change.kind === 'deleted') {
      if (change.before === undefined) throw new Error('a deletion without what was deleted');
      return { id: randomUUID(), owner, change, task: { ...change.before, dueAt: null, owner, id } };
    }
    const rest = fresh.filter((other) => other.taskId === id).reverse();
    const current = after.tasks.find((task) => task.id === id);
    const content = contentAfterEach(current, rest)[rest.indexOf(change)];
    const gone = rest.find((other) => other.kind === 'deleted' && other.revision > change.revision);
    const times = gone?.kind === 'deleted' ? gone.before : current;
    const { createdAt, updatedAt, ...last } = times as TaskState;
    const { completed, ...fields } = content as TaskFields;
    const completedAt = completed ? (last.completedAt ?? updatedAt) : null;
    const moments = { createdAt, updatedAt, completedAt, dueAt: current?.dueAt ?? null };
    // A reminder changes no task.
    const { revision } = change.kind === 'reminded' ? (times as TaskState) : change;
    const task = { ...fields, completed, owner, id, ...moments, revision };
    return { id: randomUUID(), owner, change, task };
  });
};

const deliveryRecord = ({ id, kept, record }: Delivery): DeliveryRecord => {
  const { id: eventId, owner, change } = kept.logged;
  return { id, eventId, owner, revision: change.revision, ...record };
};

/** The webhook store in memory, and what keeps changes in it. */
export const makeMemoryWebhooks = () => {
  let endpoints: Endpoint[] = [];
  let outbox: Kept[] = [];
  let deliveries: Delivery[] = [];
  let count = 0;

  const enabled = () => endpoints.filter(({ disabled }) => disabled === undefined);
  const dueOf = (endpoint: string, now: Instant) =>
    deliveries.filter(({ endpoint: to, record }) => to === endpoint && record.state === 'pending' && record.at <= now);
  const forget = (isGone: (kept: Kept) => boolean): number => {
    const gone = new Set(outbox.filter(isGone));
    outbox = outbox.filter((kept) => !gone.has(kept));
    deliveries = deliveries.filter(({ kept }) => !gone.has(kept));
    return gone.size;
  };

  const store: WebhookStore = {
    async add({ url, events }, now) {
      if (endpoints.some((one) => one.url === url)) return undefined;
      const endpoint = { id: randomUUID(), url, events: [...events], createdAt: now, secretVersion: 1 };
      endpoints.push(endpoint);
      return endpoint;
    },

    list: async () => [...endpoints],

    async change(id, change, now) {
      const before = endpoints.find((one) => one.id === id);
      if (before === undefined) return undefined;
      const { disabled, givesUpAt, ...rest } = before;
      const failing = givesUpAt === undefined ? {} : { givesUpAt };
      const off = disabled === undefined ? {} : { disabled };
      const after: Endpoint = {
        enable: () => rest,
        disable: () => ({ ...rest, ...failing, disabled: change.kind === 'disable' ? change.reason : 'operator' }),
        rotate: () => ({
          ...before,
          secretVersion: before.secretVersion + 1,
          previousUntil: later(now, change.kind === 'rotate' ? change.overlap : 0),
        }),
        succeeded: () => ({ ...rest, ...off }),
        failed: () => ({
          ...before,
          givesUpAt: givesUpAt ?? later(now, change.kind === 'failed' ? change.patience : 0),
        }),
      }[change.kind]() as Endpoint;
      endpoints = endpoints.map((one) => (one === before ? after : one));
      return after;
    },

    async remove(id) {
      const had = endpoints.some((one) => one.id === id);
      endpoints = endpoints.filter((one) => one.id !== id);
      deliveries = deliveries.filter(({ endpoint }) => endpoint !== id);
      return had;
    },

    async dispatch(limit, now, route) {
      const fresh = outbox.filter(({ isDispatched }) => !isDispatched).slice(0, limit);
      for (const kept of fresh) {
        kept.isDispatched = true;
        for (const endpoint of route(kept.logged, enabled())) {
          count += 1;
          deliveries.push({ id: `${count}`, endpoint, kept, record: { state: 'pending', attempts: 0, at: now } });
        }
      }
      return fresh.length;
    },

    due: async (now) => enabled().filter(({ id }) => dueOf(id, now).length > 0),

    async claim(endpoint, now, { lease, limit }) {
      if (!enabled().some(({ id }) => id === endpoint)) return [];
      return dueOf(endpoint, now)
        .slice(0, limit)
        .map((delivery): ClaimedDelivery => {
          const attempt = delivery.record.attempts + 1;
          delivery.record = { ...delivery.record, attempts: attempt, at: later(now, lease) };
          return { ...delivery.kept.logged, deliveryId: delivery.id, attempt };
        });
    },

    async settle(settled, now) {
      for (const { deliveryId, attempt, outcome, retryIn } of settled) {
        const delivery = deliveries.find(({ id }) => id === deliveryId);
        if (delivery?.record.state !== 'pending' || delivery.record.attempts !== attempt) continue;
        const { status, error } = outcome;
        const failed = retryIn === undefined ? ('failed' as const) : ('pending' as const);
        delivery.record = {
          state: error === undefined ? 'delivered' : failed,
          attempts: attempt,
          at: later(now, error === undefined ? 0 : (retryIn ?? 0)),
          milliseconds: Math.round(outcome.milliseconds),
          ...(status !== undefined && { status }),
          ...(error !== undefined && { error }),
        };
      }
    },

    async deliveries(endpoint, before, limit) {
      return deliveries
        .filter((one) => one.endpoint === endpoint && (before === undefined || Number(one.id) < Number(before)))
        .reverse()
        .slice(0, limit)
        .map(deliveryRecord);
    },

    async redeliver(id, now) {
      const delivery = deliveries.find((one) => one.id === id);
      if (delivery === undefined) return false;
      delivery.record = { ...delivery.record, state: 'pending', attempts: 0, at: now };
      return true;
    },

    async purge({ now, lifetime, limit }) {
      const old = outbox.filter(({ logged }) => logged.change.at <= later(now, -lifetime)).slice(0, limit);
      return forget((kept) => old.includes(kept));
    },
  };

  return {
    store,
    /** Keeps what changed from one state of an owner to the next, if there is an endpoint for it. */
    record(owner: UserId, before: OwnerState, after: OwnerState): void {
      if (enabled().length === 0 || after.revision <= before.revision) return;
      outbox.push(...loggedBetween(owner, before, after).map((logged) => ({ logged, isDispatched: false })));
    },
    erase: (owner: UserId): void => void forget(({ logged }) => logged.owner === owner),
  };
};
