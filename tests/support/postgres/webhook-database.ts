import { makeOwnerPorts, makeUserDirectory, makeWebhookStore } from '@taskward/adapters-postgres';
import type { Test } from 'tap';
import { ownMigratedDatabase, sqlOn } from './database.ts';

/** Stores over a database of its own: an endpoint in the shared one would be sent the changes of other tests. */
export const aWebhookDatabase = async (scope: Test) => {
  const { url, database } = await ownMigratedDatabase(scope);
  const sql = sqlOn(database);
  return {
    url,
    database,
    sql,
    tasks: makeOwnerPorts({ database }).tasks,
    users: makeUserDirectory({ database }),
    webhooks: makeWebhookStore({ database }),
    clear: async () => {
      for (const table of ['outbox', 'webhook_endpoints']) await sql(`delete from taskward.${table}`);
      await sql('select taskward.switch_outbox(false)');
    },
  };
};
