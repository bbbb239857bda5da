import { makeWebhookStore } from '@taskward/adapters-postgres';
import { makeWebhookSecrets, makeWebhookSender } from '@taskward/adapters-webhooks';
import { startWebhookWorker } from '@taskward/api';
import { makeWebhookUseCases } from '@taskward/application';
import { toInstant } from '@taskward/domain';
import { aLog } from '../http/doubles.ts';

/** What makes the secrets of all tests' endpoints. */
export const webhookKey = 'k'.repeat(32);

/** The use-cases about webhooks over PostgreSQL. @param ahead milliseconds by which the clock is ahead */
export const webhooksOver = (database: Parameters<typeof makeWebhookStore>[0]['database'], ahead = 0) => {
  const sender = makeWebhookSender({ source: 'https://api.example', allowsLoopback: true, timeout: 2_000 });
  const webhooks = makeWebhookUseCases({
    webhookStore: makeWebhookStore({ database }),
    webhookSender: sender,
    webhookSecrets: makeWebhookSecrets(webhookKey),
    clock: { now: () => toInstant(new Date(Date.now() + ahead).toISOString()) },
    random: Math.random,
  });
  return { webhooks, sender };
};

/** A worker that looks often. */
export const aWorker = (database: Parameters<typeof webhooksOver>[0], ahead = 0) => {
  const { webhooks, sender } = webhooksOver(database, ahead);
  const { lines, logger } = aLog();
  const worker = startWebhookWorker(webhooks, logger, {
    ...{ busy: 20, idle: 20, purge: 60_000 },
    ...{ changesAtOnce: 100, deliveriesAtOnce: 20 },
  });
  const stop = async () => {
    await worker.stop();
    sender.close();
  };
  return { lines, stop };
};
