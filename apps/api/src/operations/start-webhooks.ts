import { setTimeout as wait } from 'node:timers/promises';
import { operator } from '@taskward/domain';
import type { Cradle } from '../container/container.ts';
import { webhookKey } from '../container/webhooks.ts';
import { startWebhookWorker, type WebhookWorker } from './webhook-worker.ts';

// Attempts that take longer when the process stops are repeated by another.
const graceMilliseconds = 3_000;

/**
 * Adds the endpoints of WEBHOOK_URLS, and starts to deliver events. Without WEBHOOK_SECRET nothing is delivered by this process.
 * @throws DomainError `request/invalid` for a URL that events may not be sent to; ApplicationError `database/unavailable`
 */
export const startWebhooks = async (cradle: Cradle): Promise<WebhookWorker> => {
  const { config, log, webhookSender } = cradle;
  if (webhookKey(config) === undefined) {
    const endpoints = await cradle.webhookStore.list();
    if (endpoints.length > 0)
      log.warn('There are webhook endpoints, but WEBHOOK_SECRET is not set: this process delivers no events.');
    return { stop: async () => {} };
  }
  const { webhooks } = cradle;
  for (const { id, url } of await webhooks.addConfiguredEndpoints(operator, { urls: config.webhooks.urls })) {
    const { host } = new URL(url);
    log.info(
      { endpoint: id },
      `Events are sent to ${host} from now on; \`taskward webhook rotate ${id}\` shows a secret.`,
    );
  }
  const worker = startWebhookWorker(webhooks, log);
  return {
    async stop() {
      const stopped = worker.stop();
      await Promise.race([stopped, wait(graceMilliseconds, undefined, { ref: false })]);
      webhookSender.close();
      await stopped;
    },
  };
};
