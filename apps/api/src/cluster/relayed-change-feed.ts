import type { PolledChangeFeed } from '@taskward/adapters-postgres';
import type { UserId } from '@taskward/domain';
import type { SharedChangeFeed } from '../container/redis-change-feed.ts';
import { onPrimaryMessage, tellPrimary } from './messages.ts';

// A message for many changes costs as much as for one.
const gatherMilliseconds = 10;

/**
 * Makes a feed of changes that announces owners to the other processes of this machine through the primary, so that they
 * need not wait for their next look at the database. They go on looking.
 */
export const makeRelayedChangeFeed = ({ polledFeed }: { polledFeed: PolledChangeFeed }): SharedChangeFeed => {
  const changed = new Set<UserId>();
  let gathering: NodeJS.Timeout | undefined;
  const tell = () => {
    gathering = undefined;
    tellPrimary({ taskward: 'changed', owners: [...changed] });
    changed.clear();
  };
  onPrimaryMessage((message) => {
    if (message.taskward === 'changed') for (const owner of message.owners) polledFeed.announce(owner);
  });
  return {
    announce(owner) {
      polledFeed.announce(owner);
      changed.add(owner);
      gathering ??= setTimeout(tell, gatherMilliseconds).unref();
    },
    subscribe: polledFeed.subscribe,
    close: () => clearTimeout(gathering),
  };
};
