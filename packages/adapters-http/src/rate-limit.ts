import { createRequire } from 'node:module';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { HttpError } from './errors.ts';

/** How often one user, or one address without a valid token, may call. */
export interface RateLimitSettings {
  /** Requests in one window, ≥ 1. */
  readonly max: number;
  readonly windowSeconds: number;
  /** An ioredis client: counts are then shared by all processes; while it does not answer, each counts its own. */
  readonly redis?: unknown;
  /** Told when Redis stops or starts to answer. */
  readonly onRedis?: (isUp: boolean) => void;
}

interface Count {
  readonly remaining: number;
  readonly ttlInSeconds: number;
  readonly isExceeded: boolean;
}

type Counter = (request: FastifyRequest) => Promise<Count>;

const prefixBits = 64;

// A client that has left already has no address any more, and takes no answer either.
const ofNobody: Count = { remaining: 0, ttlInSeconds: 0, isExceeded: false };

interface LocalCount {
  current: number;
  ttl: number;
}
type Callback = (error: Error | null, count: LocalCount) => void;

const LocalStore = createRequire(import.meta.url)('@fastify/rate-limit/store/LocalStore.js') as new (
  continueExceeding: boolean,
  exponentialBackoff: boolean,
) => { incr(key: string, callback: Callback, window: number, max: number): void };

// The library's store hands out the very object that the next request counts on in, so of several requests at once
// all would see the last one's count. This one hands out what it was.
class ExactLocalStore extends LocalStore {
  constructor() {
    super(false, false);
  }

  override incr(key: string, callback: Callback, window: number, max: number): void {
    super.incr(key, (error, count) => callback(error, { ...count }), window, max);
  }

  child(): ExactLocalStore {
    return new ExactLocalStore();
  }
}

// An instance of the plugin has one store: the shared and the local one each live in a context of their own.
const makeCounter = async (
  app: FastifyInstance,
  { max, windowSeconds }: RateLimitSettings,
  redis?: unknown,
): Promise<Counter> => {
  let counter: Counter | undefined;
  await app.register(async (child) => {
    await child.register(rateLimit, {
      global: false,
      max,
      timeWindow: windowSeconds * 1000,
      ipv6Subnet: prefixBits,
      ...(redis === undefined ? { store: ExactLocalStore as never } : { redis, nameSpace: 'taskward-rate-' }),
    });
    const byAddress = child.createRateLimit() as unknown as Counter;
    const byUser = child.createRateLimit({
      keyGenerator: ({ actor }) => `user:${actor?.kind === 'owner' ? actor.userId : ''}`,
    }) as unknown as Counter;
    counter = async (request) => {
      if (request.actor !== null) return byUser(request);
      return request.ip === undefined ? ofNobody : byAddress(request);
    };
  });
  await app.after();
  return counter as unknown as Counter;
};

const withFallback = (shared: Counter, local: Counter, onRedis: (isUp: boolean) => void): Counter => {
  let isUp = true;
  const note = (now: boolean) => {
    if (now !== isUp) onRedis(now);
    isUp = now;
  };
  return async (request) => {
    try {
      const count = await shared(request);
      note(true);
      return count;
    } catch {
      note(false);
      return local(request);
    }
  };
};

const tooMany = (seconds: number): HttpError =>
  new HttpError('rate/limited', `Too many requests. Try again in ${seconds} s.`, {
    headers: { 'retry-after': String(seconds) },
  });

/**
 * Makes a sign-in hook count: requests of a verified user by user, all others by address (IPv6 by /64), so that
 * neither a wrong token nor a stolen address uses up what a user has. It throws HttpError `rate/limited` beyond that.
 */
export const withRateLimit = async (
  app: FastifyInstance,
  signIn: onRequestAsyncHookHandler,
  settings: RateLimitSettings,
): Promise<onRequestAsyncHookHandler> => {
  const local = await makeCounter(app, settings);
  const { redis, onRedis = () => {} } = settings;
  const count = redis === undefined ? local : withFallback(await makeCounter(app, settings, redis), local, onRedis);

  const take = async (request: FastifyRequest, reply: FastifyReply) => {
    const { remaining, ttlInSeconds, isExceeded } = await count(request);
    reply.headers({
      'ratelimit-limit': settings.max,
      'ratelimit-remaining': remaining,
      'ratelimit-reset': ttlInSeconds,
    });
    if (isExceeded) throw tooMany(Math.max(1, ttlInSeconds));
  };

  return async function signInAndCount(request, reply) {
    try {
      await signIn.call(this, request, reply);
    } catch (error) {
      await take(request, reply);
      throw error;
    }
    await take(request, reply);
  };
};
