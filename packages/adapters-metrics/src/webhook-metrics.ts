import type { Registry } from 'prom-client';
import { addGauge } from './read-metrics.ts';
import type { MetricsSources, WebhookQueue } from './sources.ts';

// Several scrapers, and several metrics of one scrape, share an answer.
const holdMilliseconds = 5_000;

/** Remembers the last answer for some seconds: also that there was none, so that a failing database is not asked more often. */
const makeCached = (read: () => Promise<WebhookQueue>): (() => Promise<WebhookQueue | undefined>) => {
  let asked = Number.NEGATIVE_INFINITY;
  let answer: Promise<WebhookQueue | undefined> = Promise.resolve(undefined);
  return () => {
    const now = performance.now();
    if (now - asked < holdMilliseconds) return answer;
    asked = now;
    answer = read().catch(() => undefined);
    return answer;
  };
};

/** Adds the metrics of events for other systems. Where the queue cannot be read, its series are missing and the others are there. */
export const addWebhookMetrics = (registry: Registry, { webhookQueue }: Pick<MetricsSources, 'webhookQueue'>): void => {
  const read = makeCached(webhookQueue);
  // Every process reads the same queue.
  const aggregator = 'max';
  addGauge(
    registry,
    {
      name: 'taskward_webhook_queue_depth',
      help: 'Events and deliveries that endpoints have not been sent yet, counted up to 20 000.',
      aggregator,
    },
    async () => (await read())?.depth,
  );
  addGauge(
    registry,
    {
      name: 'taskward_webhook_queue_oldest_age_seconds',
      help: 'The age of the oldest event that an endpoint has not been sent yet; 0 if there is none.',
      aggregator,
    },
    async () => (await read())?.oldestSeconds,
  );
  addGauge(
    registry,
    { name: 'taskward_webhook_queue_readable', help: 'Whether the queue could be read: 1 or 0.', aggregator: 'min' },
    async () => ((await read()) === undefined ? 0 : 1),
  );
};
