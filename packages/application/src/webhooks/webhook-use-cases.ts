import type { Clock } from '../ports/clock.ts';
import type { WebhookSecrets, WebhookSender } from '../ports/webhook-sender.ts';
import type { WebhookStore } from '../ports/webhook-store.ts';
import { makeDeliverEvents, makeDispatchEvents, makePurgeEvents } from './deliver-events.ts';
import {
  makeAddConfiguredEndpoints,
  makeAddEndpoint,
  makeListDeliveries,
  makeListEndpoints,
  makeRedeliver,
  makeRemoveEndpoint,
  makeRotateSecret,
  makeSetEndpointEnabled,
} from './manage-endpoints.ts';

/** Makes the use-cases about events for other systems. @param ports.random at least 0 and less than 1 */
export const makeWebhookUseCases = (ports: {
  webhookStore: WebhookStore;
  webhookSender: WebhookSender;
  webhookSecrets: WebhookSecrets;
  clock: Clock;
  random: () => number;
}) => ({
  addEndpoint: makeAddEndpoint(ports),
  addConfiguredEndpoints: makeAddConfiguredEndpoints(ports),
  listEndpoints: makeListEndpoints(ports),
  setEndpointEnabled: makeSetEndpointEnabled(ports),
  rotateSecret: makeRotateSecret(ports),
  removeEndpoint: makeRemoveEndpoint(ports),
  listDeliveries: makeListDeliveries(ports),
  redeliver: makeRedeliver(ports),
  dispatchEvents: makeDispatchEvents(ports),
  deliverEvents: makeDeliverEvents(ports),
  purgeEvents: makePurgeEvents(ports),
});

/** The use-cases about events for other systems. Only an operator may call them. */
export type WebhookUseCases = ReturnType<typeof makeWebhookUseCases>;
