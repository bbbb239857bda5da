export { isLoopback, isPublic } from './addresses.ts';
export { makeWebhookSecrets } from './secrets.ts';
export { type HttpWebhookSender, makeWebhookSender, parseRetryAfter, type SenderOptions } from './sender.ts';
