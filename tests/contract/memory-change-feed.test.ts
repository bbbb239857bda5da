import t from 'tap';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { testChangeFeed } from './change-feed.ts';

testChangeFeed(t, async () => {
  const { feed, tasks } = makeMemoryStores();
  return { feed, elsewhere: tasks };
});
