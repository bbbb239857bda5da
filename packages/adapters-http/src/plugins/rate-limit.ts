import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import ipaddr from 'ipaddr.js';
import type { Authenticate } from '../auth/authenticate.ts';
import { HttpError } from '../errors/http-error.ts';
import { type Count, makeLocalCounter } from './rate-counter.ts';
import { withoutPort } from './trusted-proxies.ts';

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

/** Counts a call under a name. */
type Counter = (name: string) => Count | Promise<Count>;

const prefixBits = 64;

// Whoever has one IPv6 address has a whole network of them.
const networkOf = (forwarded: string): string => {
  const address = withoutPort(forwarded);
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6
    ? ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${prefixBits}`).toString()
    : parsed.toString();
};

interface Named {
  name: string;
}

const makeSharedCounter = async (
  app: FastifyInstance,
  { max, windowSeconds }: RateLimitSettings,
  redis: unknown,
): Promise<Counter> => {
  let count: ((named: Named) => Promise<Count>) | undefined;
  await app.register(async (child) => {
    await child.register(rateLimit, {
      global: false,
      max,
      timeWindow: windowSeconds * 1000,
      redis,
      nameSpace: 'taskward-rate-',
      keyGenerator: (named: unknown) => (named as Named).name,
    });
    count = child.createRateLimit() as unknown as (named: Named) => Promise<Count>;
  });
  await app.after();
  const routeOptions = {};
  return (name) => (count as (named: Named) => Promise<Count>)({ name, routeOptions } as Named);
};

const tooMany = (seconds: number): HttpError =>
  new HttpError('rate/limited', `Too many requests. Try again in ${seconds} s.`, {
    headers: { 'retry-after': String(seconds) },
  });

/** How often who may call. Beyond that it refuses with `rate/limited`. */
export interface RateLimit {
  /**
   * Makes a hook that signs in and counts: requests of a verified user by user, all others by address (IPv6 by /64), so
   * that neither a wrong token nor a stolen address uses up what a user has.
   */
  authenticateAndCount(authenticate: Authenticate): onRequestHookHandler;
  /** Counts by address what needs no token, such as the documentation or a path that leads nowhere. */
  readonly countAddress: onRequestHookHandler;
}

// What can be said at once is: most tokens were seen before, and most counts are kept here.
const afterAuthentication = (
  authenticate: Authenticate,
  request: FastifyRequest,
  goOn: (rejection?: Error) => void,
): void => {
  let authenticating: Promise<void> | undefined;
  try {
    authenticating = authenticate(request);
  } catch (error) {
    goOn(error as Error);
    return;
  }
  if (authenticating === undefined) goOn();
  else authenticating.then(() => goOn(), goOn);
};

const unlimited: RateLimit = {
  authenticateAndCount: (authenticate) => (request, _reply, done) => afterAuthentication(authenticate, request, done),
  countAddress: (_request, _reply, done) => done(),
};

/** Makes the rate limit; without settings there is none. */
export const makeRateLimit = async (
  app: FastifyInstance,
  settings: RateLimitSettings | undefined,
): Promise<RateLimit> => {
  if (settings === undefined) return unlimited;
  const { max, windowSeconds, redis, onRedis = () => {} } = settings;
  const shared = redis === undefined ? undefined : await makeSharedCounter(app, settings, redis);
  let isUp = true;
  const note = (now: boolean) => {
    if (now !== isUp) onRedis(now);
    isUp = now;
  };
  const counterOf = (kind: 'user' | 'address'): Counter => {
    const local = makeLocalCounter(max, windowSeconds);
    if (shared === undefined) return local;
    return async (name) => {
      try {
        const count = await shared(`${kind}:${name}`);
        note(true);
        return count;
      } catch {
        note(false);
        return local(name);
      }
    };
  };
  const users = counterOf('user');
  const addresses = counterOf('address');
  // A client that has left already has no address any more, and takes no answer either.
  const countAddress = ({ ip }: FastifyRequest): Count | Promise<Count> =>
    ip === undefined ? { remaining: 0, ttlInSeconds: 0, isExceeded: false } : addresses(networkOf(ip));
  // Somebody who is signed in is counted by name, anybody else by address.
  const count = (request: FastifyRequest): Count | Promise<Count> =>
    request.actor?.kind === 'owner' ? users(request.actor.userId) : countAddress(request);

  const setHeaders = (reply: FastifyReply, { remaining, ttlInSeconds, isExceeded }: Count): HttpError | undefined => {
    reply.header('ratelimit-limit', max);
    reply.header('ratelimit-remaining', remaining);
    reply.header('ratelimit-reset', ttlInSeconds);
    return isExceeded ? tooMany(Math.max(1, ttlInSeconds)) : undefined;
  };

  const take = (
    counted: Count | Promise<Count>,
    reply: FastifyReply,
    done: (error?: Error) => void,
    rejection?: Error,
  ): void => {
    const end = (result: Count) => done(setHeaders(reply, result) ?? rejection);
    if (counted instanceof Promise) counted.then(end).catch(done);
    else end(counted);
  };

  return {
    authenticateAndCount: (authenticate) => (request, reply, done) =>
      afterAuthentication(authenticate, request, (rejection) => take(count(request), reply, done, rejection)),
    countAddress: (request, reply, done) => take(countAddress(request), reply, done),
  };
};
