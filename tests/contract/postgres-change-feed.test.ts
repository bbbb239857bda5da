import { makeOwnerPorts, makePolledChangeFeed } from '@taskward/adapters-postgres';
import t from 'tap';
import { sharedDatabase } from '../support/postgres/database.ts';
import { testChangeFeed } from './change-feed.ts';

testChangeFeed(t, async (scope) => {
  const feed = makePolledChangeFeed(await sharedDatabase(scope));
  scope.teardown(async () => feed.close());
  return { feed, elsewhere: makeOwnerPorts({ database: await sharedDatabase(scope) }).tasks };
});
