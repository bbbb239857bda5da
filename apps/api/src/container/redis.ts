import { createRequire } from 'node:module';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Resources } from '../configuration/local-resources.ts';

// The longest that a request waits for the shared count before it is counted locally.
const responseMilliseconds = 200;
const reconnectMilliseconds = 1_000;

// Loaded only if Redis is configured, to save start-up time and memory.
const load = createRequire(import.meta.url);

/** Makes a client of REDIS_URL, or returns `undefined` if that is not set. It fails fast and reconnects by itself. */
export const makeRedis = ({ config, log }: { config: Resources['config']; log: Logger }): Redis | undefined => {
  if (config.redisUrl === undefined) return undefined;
  const { Redis } = load('ioredis') as typeof import('ioredis');
  const redis = new Redis(config.redisUrl, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: responseMilliseconds * 5,
    commandTimeout: responseMilliseconds,
    // Closes the connection to a frozen server, so that not every request waits for the timeout.
    socketTimeout: responseMilliseconds * 2,
    retryStrategy: () => reconnectMilliseconds,
  });
  redis.on('error', (error) => log.debug({ err: error }, 'Redis'));
  return redis;
};
