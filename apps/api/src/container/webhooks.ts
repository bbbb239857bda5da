import { type HttpWebhookSender, makeWebhookSecrets, makeWebhookSender } from '@taskward/adapters-webhooks';
import type { WebhookSecrets } from '@taskward/application';
import type { Resources } from '../configuration/local-resources.ts';

/** Makes the sender of events. Only in development may they go to this machine. */
export const makeConfiguredSender = ({ config }: { config: Resources['config'] }): HttpWebhookSender =>
  makeWebhookSender({
    source: config.publicUrl ?? 'urn:taskward',
    allowsLoopback: config.environment === 'development',
  });

/** Returns what the secrets of endpoints are made from, if anything. One secret is enough in development. */
export const webhookKey = ({ environment, webhooks, auth }: Resources['config']): string | undefined =>
  webhooks.secret ?? (environment === 'development' ? auth.secret : undefined);

/** Makes the secrets of endpoints. @throws Error, saying what to set, where there is nothing to make them from */
export const makeConfiguredSecrets = ({ config }: { config: Resources['config'] }): WebhookSecrets => {
  const key = webhookKey(config);
  if (key !== undefined) return makeWebhookSecrets(key);
  throw new Error(
    'WEBHOOK_SECRET is not set. The secrets that sign events are made from it: set it, to the same value for every process.',
  );
};
