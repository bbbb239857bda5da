import { type HttpWebhookSender, makeWebhookSecrets, makeWebhookSender } from '@taskward/adapters-webhooks';
import type { WebhookSecrets } from '@taskward/application';
import type { Resources } from '../configuration/local-resources.ts';

/** Makes the sender of events. Only in development may they go to this machine. */
export const makeConfiguredSender = ({ config }: { config: Resources['config'] }): HttpWebhookSender =>
  makeWebhookSender({
    source: config.publicUrl ?? 'urn:taskward',
    allowsLoopback: config.environment === 'development',
  });

/** Makes the secrets of endpoints. Without WEBHOOK_SECRET there are none. @throws Error, saying what to set, when one is needed */
export const makeConfiguredSecrets = ({ config }: { config: Resources['config'] }): WebhookSecrets => {
  const { secret } = config.webhooks;
  if (secret !== undefined) return makeWebhookSecrets(secret);
  throw new Error(
    'WEBHOOK_SECRET is not set. The secrets that sign events are made from it: set it for this command too.',
  );
};
