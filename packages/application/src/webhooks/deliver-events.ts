import { type Actor, assertOperator, type Instant, millisecondsPerDay, taskEventOf } from '@taskward/domain';
import type { Clock } from '../ports/clock.ts';
import type { WebhookSecrets, WebhookSender } from '../ports/webhook-sender.ts';
import type {
  Attempt,
  ClaimedDelivery,
  Endpoint,
  EndpointChange,
  Route,
  SettledDelivery,
  WebhookStore,
} from '../ports/webhook-store.ts';
import { retryDelay } from './retry-delays.ts';

const patience = 5 * millisecondsPerDay;
// Longer than the ten attempts of a delivery take.
const lifetime = 7 * millisecondsPerDay;
// Twice as long as an attempt may take: whoever is alive has settled by then.
const lease = 20_000;
const gone = 410;

interface DeliveryPorts {
  webhookStore: WebhookStore;
  webhookSender: WebhookSender;
  webhookSecrets: WebhookSecrets;
  clock: Clock;
  /** At least 0 and less than 1. */
  random: () => number;
}

const route: Route = (logged, endpoints) => {
  const { type } = taskEventOf(logged.change, logged.task);
  return endpoints.filter(({ events }) => events.includes(type)).map(({ id }) => id);
};

/** What is to be delivered. */
export interface DispatchedEvents {
  /** Whether an endpoint is enabled. */
  readonly isNeeded: boolean;
  /** How many changes got their deliveries. */
  readonly dispatched: number;
  /** The endpoints that have deliveries due. */
  readonly due: readonly Endpoint[];
}

/**
 * Turns stored changes into deliveries, one for each endpoint that wants the event.
 * @param input.limit the maximum number of changes
 * @throws DomainError `auth/wrong-user` unless the actor is an operator; ApplicationError `database/unavailable`
 */
export const makeDispatchEvents =
  ({ webhookStore, clock }: Pick<DeliveryPorts, 'webhookStore' | 'clock'>) =>
  async (actor: Actor, { limit }: { limit: number }): Promise<DispatchedEvents> => {
    assertOperator(actor);
    const endpoints = await webhookStore.list();
    if (endpoints.every(({ disabled }) => disabled !== undefined)) return { isNeeded: false, dispatched: 0, due: [] };
    const now = clock.now();
    const dispatched = await webhookStore.dispatch(limit, now, route);
    return { isNeeded: true, dispatched, due: await webhookStore.due(now) };
  };

/** Returns the secrets that sign at this moment, the latest first. */
const secretsAt = (now: Instant, { id, secretVersion, previousUntil }: Endpoint, { secretOf }: WebhookSecrets) => [
  secretOf(id, secretVersion),
  ...(previousUntil !== undefined && previousUntil > now ? [secretOf(id, secretVersion - 1)] : []),
];

/** Returns what several attempts say about their endpoint; `undefined` if nothing new. */
const verdictOn = (endpoint: Endpoint, attempts: readonly Attempt[], now: Instant): EndpointChange | undefined => {
  if (attempts.some(({ status }) => status === gone)) return { kind: 'disable', reason: 'gone' };
  const { givesUpAt } = endpoint;
  if (attempts.some(({ error }) => error === undefined)) return givesUpAt && { kind: 'succeeded' };
  if (givesUpAt === undefined) return { kind: 'failed', patience };
  return givesUpAt <= now ? { kind: 'disable', reason: 'failing' } : undefined;
};

/** The outcome of some deliveries to one endpoint. */
export interface DeliveredEvents {
  /** How many were attempted. */
  readonly attempted: number;
  /** How many of those the endpoint accepted. */
  readonly accepted: number;
  /** The endpoint, if it was disabled because of them. */
  readonly disabled?: Endpoint;
}

/**
 * Attempts the deliveries to one endpoint that are due, all at once. What this process does not settle, because it ends, is due
 * again within seconds.
 * @param input.limit the maximum number of deliveries
 * @throws DomainError `auth/wrong-user` unless the actor is an operator; ApplicationError `database/unavailable`
 */
export const makeDeliverEvents =
  ({ webhookStore, webhookSender, webhookSecrets, clock, random }: DeliveryPorts) =>
  async (actor: Actor, { endpoint, limit }: { endpoint: Endpoint; limit: number }): Promise<DeliveredEvents> => {
    assertOperator(actor);
    const now = clock.now();
    const { url } = endpoint;
    const secrets = secretsAt(now, endpoint, webhookSecrets);

    const attempt = async ({ id, change, task, deliveryId, attempt }: ClaimedDelivery): Promise<SettledDelivery> => {
      const outcome = await webhookSender.send(taskEventOf(change, task), { id, url, secrets });
      const retryIn =
        outcome.error === undefined || outcome.status === gone
          ? undefined
          : retryDelay(attempt, outcome.retryAfter, random());
      return { deliveryId, attempt, outcome, ...(retryIn !== undefined && { retryIn }) };
    };

    const claimed = await webhookStore.claim(endpoint.id, now, { lease, limit });
    if (claimed.length === 0) return { attempted: 0, accepted: 0 };
    const results = await Promise.allSettled(claimed.map(attempt));
    const settled = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const ended = clock.now();
    await webhookStore.settle(settled, ended);
    const outcomes = settled.map(({ outcome }) => outcome);
    const verdict = outcomes.length > 0 ? verdictOn(endpoint, outcomes, ended) : undefined;
    const after = verdict && (await webhookStore.change(endpoint.id, verdict, ended));
    return {
      attempted: claimed.length,
      accepted: outcomes.filter(({ error }) => error === undefined).length,
      ...(after?.disabled !== undefined && { disabled: after }),
    };
  };

/**
 * Removes events that are older than seven days, with their deliveries.
 * @param input.limit the maximum number of events
 * @returns how many were removed
 * @throws DomainError `auth/wrong-user` unless the actor is an operator; ApplicationError `database/unavailable`
 */
export const makePurgeEvents =
  ({ webhookStore, clock }: Pick<DeliveryPorts, 'webhookStore' | 'clock'>) =>
  async (actor: Actor, { limit }: { limit: number }): Promise<number> => {
    assertOperator(actor);
    return webhookStore.purge({ now: clock.now(), lifetime, limit });
  };
