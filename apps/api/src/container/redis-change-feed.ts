import { randomUUID } from 'node:crypto';
import type { PolledChangeFeed } from '@taskward/adapters-postgres';
import type { ChangeFeed } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';

const channel = 'taskward-changes';
// Notices a connection that is dead although nobody closed it.
const pingMilliseconds = 10_000;

/** A feed that all processes share, and how to end it. */
export interface SharedChangeFeed extends ChangeFeed {
  close(): void;
}

const separator = ' ';

/**
 * Makes a feed of changes that announces the owner, and nothing else, to all processes through Redis, so that they need not
 * wait for their next look at the database. They go on looking: while Redis is down, nothing is lost. Without a Redis it
 * is the polled feed.
 */
export const makeSharedChangeFeed = ({
  redis,
  polledFeed,
  log,
}: {
  redis: Redis | undefined;
  polledFeed: PolledChangeFeed;
  log: Logger;
}): SharedChangeFeed => {
  if (redis === undefined) return { ...polledFeed, close: () => {} };
  const self = randomUUID();
  // A connection that subscribes cannot publish.
  const subscriber = redis.duplicate({ autoResubscribe: false });
  subscriber.on('error', (error) => log.debug({ err: error }, 'Redis'));
  subscriber.on('ready', () => {
    subscriber.subscribe(channel).catch(() => subscriber.disconnect(true));
  });
  subscriber.on('message', (_channel: string, message: string) => {
    const [sender, ...owner] = message.split(separator);
    if (sender !== self) polledFeed.announce(owner.join(separator) as UserId);
  });
  const timer = setInterval(() => {
    if (subscriber.status === 'ready') subscriber.ping().catch(() => subscriber.disconnect(true));
  }, pingMilliseconds).unref();

  return {
    announce(owner) {
      polledFeed.announce(owner);
      redis.publish(channel, `${self}${separator}${owner}`).catch((error) => log.debug({ err: error }, 'Redis'));
    },
    subscribe: polledFeed.subscribe,
    close() {
      clearInterval(timer);
      subscriber.disconnect();
    },
  };
};
