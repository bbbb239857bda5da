import t from 'tap';
import { aWebhookDatabase } from '../support/postgres/webhook-database.ts';
import { testWebhookStore } from './webhook-store.ts';

const stores = aWebhookDatabase(t);

testWebhookStore(t, async () => {
  const { clear, ...rest } = await stores;
  await clear();
  return rest;
});
