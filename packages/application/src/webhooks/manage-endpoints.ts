import {
  type Actor,
  assertOperator,
  invalid,
  millisecondsPerDay,
  type TaskEventType,
  taskEventTypes,
} from '@taskward/domain';
import { assertLimit } from '../limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { WebhookSecrets, WebhookSender } from '../ports/webhook-sender.ts';
import type { DeliveryRecord, Endpoint, EndpointChange, WebhookStore } from '../ports/webhook-store.ts';

/** An endpoint, and the secret that the receiver verifies events with. */
export interface EndpointWithSecret {
  readonly endpoint: Endpoint;
  readonly secret: string;
}

interface EndpointPorts {
  webhookStore: WebhookStore;
  webhookSender: WebhookSender;
  webhookSecrets: WebhookSecrets;
  clock: Clock;
}

const unknownEndpoint = (id: string) =>
  invalid([{ field: 'id', message: `\`${id}\` is no webhook endpoint: \`taskward webhook list\` shows all` }]);

const changeEndpoint = async (
  { webhookStore, clock }: Pick<EndpointPorts, 'webhookStore' | 'clock'>,
  id: string,
  change: EndpointChange,
): Promise<Endpoint> => {
  const endpoint = await webhookStore.change(id, change, clock.now());
  if (endpoint === undefined) throw unknownEndpoint(id);
  return endpoint;
};

/**
 * Adds an endpoint, which is sent the events of all users from then on.
 * @param input.events all, if absent
 * @throws DomainError `auth/wrong-user` unless the actor is an operator, `request/invalid` for a URL that events may not be sent
 * to or that has an endpoint; ApplicationError `database/unavailable`
 */
export const makeAddEndpoint =
  ({ webhookStore, webhookSender, webhookSecrets, clock }: EndpointPorts) =>
  async (
    actor: Actor,
    { url, events = taskEventTypes }: { url: string; events?: readonly TaskEventType[] },
  ): Promise<EndpointWithSecret> => {
    assertOperator(actor);
    const fault = webhookSender.urlFault(url);
    if (fault !== undefined) throw invalid([{ field: 'url', message: fault }]);
    const endpoint = await webhookStore.add({ url, events: [...new Set(events)] }, clock.now());
    if (endpoint === undefined) {
      const message = 'has an endpoint already: `taskward webhook list` shows it, `taskward webhook remove` removes it';
      throw invalid([{ field: 'url', message }]);
    }
    return { endpoint, secret: webhookSecrets.secretOf(endpoint.id, endpoint.secretVersion) };
  };

/**
 * Adds an endpoint for all events of each URL that has none, as the configuration names them.
 * @returns those that were added
 * @throws DomainError `auth/wrong-user` unless the actor is an operator, `request/invalid` for a URL that events may not be sent
 * to; ApplicationError `database/unavailable`
 */
export const makeAddConfiguredEndpoints =
  ({ webhookStore, webhookSender, clock }: Omit<EndpointPorts, 'webhookSecrets'>) =>
  async (actor: Actor, { urls }: { urls: readonly string[] }): Promise<readonly Endpoint[]> => {
    assertOperator(actor);
    const faults = urls.flatMap((url) => {
      const fault = webhookSender.urlFault(url);
      return fault === undefined ? [] : [{ field: url, message: fault }];
    });
    if (faults.length > 0) throw invalid(faults);
    const known = await webhookStore.list();
    const missing = urls.filter((wanted) => !known.some(({ url }) => url === wanted));
    const added: Endpoint[] = [];
    for (const url of missing) {
      const endpoint = await webhookStore.add({ url, events: taskEventTypes }, clock.now());
      if (endpoint !== undefined) added.push(endpoint);
    }
    return added;
  };

/** Returns all endpoints, the oldest first. @throws DomainError `auth/wrong-user`; ApplicationError `database/unavailable` */
export const makeListEndpoints =
  ({ webhookStore }: { webhookStore: WebhookStore }) =>
  async (actor: Actor): Promise<readonly Endpoint[]> => {
    assertOperator(actor);
    return webhookStore.list();
  };

/**
 * Lets an endpoint be sent events again, or no more. What happens while it is disabled is never sent to it.
 * @throws DomainError `auth/wrong-user`, `request/invalid` for an unknown id; ApplicationError `database/unavailable`
 */
export const makeSetEndpointEnabled =
  (ports: Pick<EndpointPorts, 'webhookStore' | 'clock'>) =>
  async (actor: Actor, { id, enabled }: { id: string; enabled: boolean }): Promise<Endpoint> => {
    assertOperator(actor);
    return changeEndpoint(ports, id, enabled ? { kind: 'enable' } : { kind: 'disable', reason: 'operator' });
  };

/**
 * Gives an endpoint a new secret. The previous one signs too for 24 hours, so that the receiver can change over.
 * @throws DomainError `auth/wrong-user`, `request/invalid` for an unknown id; ApplicationError `database/unavailable`
 */
export const makeRotateSecret =
  (ports: Pick<EndpointPorts, 'webhookStore' | 'webhookSecrets' | 'clock'>) =>
  async (actor: Actor, { id }: { id: string }): Promise<EndpointWithSecret> => {
    assertOperator(actor);
    const endpoint = await changeEndpoint(ports, id, { kind: 'rotate', overlap: millisecondsPerDay });
    return { endpoint, secret: ports.webhookSecrets.secretOf(id, endpoint.secretVersion) };
  };

/**
 * Removes an endpoint with its deliveries.
 * @throws DomainError `auth/wrong-user`, `request/invalid` for an unknown id; ApplicationError `database/unavailable`
 */
export const makeRemoveEndpoint =
  ({ webhookStore }: { webhookStore: WebhookStore }) =>
  async (actor: Actor, { id }: { id: string }): Promise<void> => {
    assertOperator(actor);
    if (!(await webhookStore.remove(id))) throw unknownEndpoint(id);
  };

/**
 * Returns the deliveries to an endpoint, the latest first.
 * @param input.before only those before this delivery
 * @throws DomainError `auth/wrong-user`, `request/invalid` for an unknown id or a limit out of range; ApplicationError
 * `database/unavailable`
 */
export const makeListDeliveries =
  ({ webhookStore }: { webhookStore: WebhookStore }) =>
  async (
    actor: Actor,
    { endpoint, before, limit }: { endpoint: string; before?: string; limit: number },
  ): Promise<readonly DeliveryRecord[]> => {
    assertOperator(actor);
    assertLimit(limit);
    const endpoints = await webhookStore.list();
    if (!endpoints.some(({ id }) => id === endpoint)) throw unknownEndpoint(endpoint);
    return webhookStore.deliveries(endpoint, before, limit);
  };

/**
 * Delivers an event again, whether it failed or not.
 * @param input.id the id of the delivery
 * @throws DomainError `auth/wrong-user`, `request/invalid` for an unknown id; ApplicationError `database/unavailable`
 */
export const makeRedeliver =
  ({ webhookStore, clock }: Pick<EndpointPorts, 'webhookStore' | 'clock'>) =>
  async (actor: Actor, { id }: { id: string }): Promise<void> => {
    assertOperator(actor);
    if (await webhookStore.redeliver(id, clock.now())) return;
    const message = `\`${id}\` is no delivery, or no longer: \`taskward webhook deliveries\` shows what is kept`;
    throw invalid([{ field: 'id', message }]);
  };
