import { createRequire } from 'node:module';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Resources } from './local-resources.ts';

// A request waits for the shared count no longer than this; then it is counted here.
const answerMilliseconds = 200;
const reconnectMilliseconds = 1_000;

// Loaded where it is wanted only: most have none, and it would cost every start its time and memory.
const load = createRequire(import.meta.url);

/** The Redis of REDIS_URL, where there is one. It answers at once or not at all, and comes back by itself. */
export const makeRedis = ({ config, log }: { config: Resources['config']; log: Logger }): Redis | undefined => {
  if (config.redisUrl === undefined) return undefined;
  const { Redis } = load('ioredis') as typeof import('ioredis');
  const redis = new Redis(config.redisUrl, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: answerMilliseconds * 5,
    commandTimeout: answerMilliseconds,
    // One that froze is let go, so that not every request has to find that out.
    socketTimeout: answerMilliseconds * 2,
    retryStrategy: () => reconnectMilliseconds,
  });
  redis.on('error', (error) => log.debug({ err: error }, 'Redis'));
  return redis;
};
