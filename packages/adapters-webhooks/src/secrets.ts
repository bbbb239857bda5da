import { createHmac } from 'node:crypto';
import type { WebhookSecrets } from '@taskward/application';

/**
 * Makes the secrets of endpoints from one key, so that none has to be stored: who reads the database or a backup of it can sign
 * nothing.
 * @param key at least 32 random bytes
 */
export const makeWebhookSecrets = (key: string): WebhookSecrets => ({
  secretOf: (endpoint, version) =>
    `whsec_${createHmac('sha256', key).update(`taskward webhook ${endpoint} ${version}`).digest('base64')}`,
});
