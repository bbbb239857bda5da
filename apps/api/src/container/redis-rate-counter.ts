import { createRequire } from 'node:module';
import type { RateCounter } from '@taskward/adapters-http';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { RateLimiterRes } from 'rate-limiter-flexible';
import type { Resources } from '../configuration/local-resources.ts';

// Loaded only if Redis is configured.
const load = createRequire(import.meta.url);

/**
 * Makes a rate counter in Redis, which all processes share, or returns `undefined` if no Redis or no limit is configured.
 * It rejects while Redis does not respond, and logs the beginning and end of an outage.
 */
export const makeRedisRateCounter = ({
  config,
  log,
  redis,
}: {
  config: Resources['config'];
  log: Logger;
  redis: Redis | undefined;
}): RateCounter | undefined => {
  if (redis === undefined || config.rateLimit === undefined) return undefined;
  const { RateLimiterRedis, RateLimiterRes } = load('rate-limiter-flexible') as typeof import('rate-limiter-flexible');
  const { max, windowSeconds } = config.rateLimit;
  const limiter = new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: 'taskward-rate',
    points: max,
    duration: windowSeconds,
  });
  let isUp = true;
  const setUp = (now: boolean): void => {
    if (now !== isUp)
      log.warn(now ? 'Redis answers again: counts are shared.' : 'Redis does not answer: counting alone.');
    isUp = now;
  };
  const consume = async (name: string): Promise<RateLimiterRes> => {
    try {
      return await limiter.consume(name);
    } catch (rejected) {
      // The library rejects with the count if the limit is exceeded, and with an Error for anything else.
      if (rejected instanceof RateLimiterRes) return rejected;
      setUp(false);
      throw rejected;
    }
  };
  return {
    count: async (name) => {
      const { consumedPoints, remainingPoints, msBeforeNext } = await consume(name);
      setUp(true);
      return {
        remaining: remainingPoints,
        ttlInSeconds: Math.ceil(msBeforeNext / 1_000),
        isExceeded: consumedPoints > max,
      };
    },
  };
};
