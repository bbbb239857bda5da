import { setTimeout as wait } from 'node:timers/promises';
import type { Endpoint, WebhookUseCases } from '@taskward/application';
import { operator } from '@taskward/domain';
import type { Logger } from 'pino';

/** How often the worker looks, in milliseconds, and how much it takes at once. */
export interface WorkerPace {
  /** While an endpoint is enabled. */
  readonly busy: number;
  /** While none is. */
  readonly idle: number;
  readonly purge: number;
  readonly changesAtOnce: number;
  readonly deliveriesAtOnce: number;
}

/** Delivers events until it is stopped. */
export interface WebhookWorker {
  /** Takes no more deliveries, and waits for those under way. */
  stop(): Promise<void>;
}

const usualPace: WorkerPace = {
  busy: 1_000,
  idle: 10_000,
  purge: 60_000,
  changesAtOnce: 500,
  deliveriesAtOnce: 50,
};
const purgedAtOnce = 1_000;

const reasons = {
  gone: 'it answered 410 Gone',
  failing: 'no delivery to it has succeeded for five days',
  operator: 'an operator disabled it',
};

/**
 * Starts to deliver events. Every process may have such a worker: each change and delivery is taken by one, and endpoints do not
 * wait for each other.
 */
export const startWebhookWorker = (
  webhooks: WebhookUseCases,
  log: Pick<Logger, 'warn'>,
  pace: WorkerPace = usualPace,
): WebhookWorker => {
  const underWay = new Map<string, Promise<void>>();
  let isStopped = false;
  let purgedAt = performance.now();
  // Resolved to look again at once.
  let asked = Promise.withResolvers<void>();

  const deliverTo = async (endpoint: Endpoint): Promise<void> => {
    const limit = pace.deliveriesAtOnce;
    const { attempted, disabled } = await webhooks.deliverEvents(operator, { endpoint, limit });
    if (disabled?.disabled !== undefined) {
      const { id, disabled: reason } = disabled;
      log.warn(
        { endpoint: id, reason },
        `The webhook endpoint ${id} is disabled: ${reasons[reason]}. \`taskward webhook enable ${id}\` enables it again.`,
      );
    }
    underWay.delete(endpoint.id);
    if (attempted === limit) asked.resolve();
  };

  const startDelivery = (endpoint: Endpoint): void => {
    if (isStopped || underWay.has(endpoint.id)) return;
    const delivery = deliverTo(endpoint)
      .catch((error) => {
        if (!isStopped)
          log.warn({ err: error, endpoint: endpoint.id }, 'Events could not be delivered now; tried again.');
      })
      .finally(() => underWay.delete(endpoint.id));
    underWay.set(endpoint.id, delivery);
  };

  /** Looks for what is due. @returns milliseconds until the next look */
  const look = async (): Promise<number> => {
    if (performance.now() - purgedAt >= pace.purge) {
      const purged = await webhooks.purgeEvents(operator, { limit: purgedAtOnce });
      // If there may be more, the next look goes on.
      purgedAt = purged < purgedAtOnce ? performance.now() : Number.NEGATIVE_INFINITY;
    }
    const { isNeeded, dispatched, due } = await webhooks.dispatchEvents(operator, { limit: pace.changesAtOnce });
    due.forEach(startDelivery);
    if (dispatched === pace.changesAtOnce) return 0;
    return isNeeded ? pace.busy : pace.idle;
  };

  const work = async (): Promise<void> => {
    while (!isStopped) {
      asked = Promise.withResolvers();
      const pause = await look().catch((error) => {
        log.warn({ err: error }, 'Events for other systems could not be read now; tried again in a moment.');
        return pace.idle;
      });
      if (pause > 0) await Promise.race([asked.promise, wait(pause, undefined, { ref: false })]);
    }
  };

  const working = work();
  return {
    async stop() {
      isStopped = true;
      asked.resolve();
      await working;
      await Promise.all(underWay.values());
    },
  };
};
