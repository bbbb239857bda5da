import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import fp from 'fastify-plugin';
import ipaddr from 'ipaddr.js';
import type { Authenticate } from '../auth/authenticate.ts';
import { HttpError } from '../errors/http-error.ts';
import { makeLocalCounter } from '../rate-limit/local-counter.ts';
import type { Count, RateCounter } from '../rate-limit/rate-counter.ts';
import { withoutPort } from '../server/trusted-proxies.ts';
import type { HttpStatistics } from './statistics.ts';

declare module 'fastify' {
  interface FastifyInstance {
    rateLimit: RateLimit;
  }
}

/** How often one user, or one address without a valid token, may call. */
export interface RateLimitSettings {
  /** Requests in one window, ≥ 1. */
  readonly max: number;
  readonly windowSeconds: number;
  /** A counter that all processes share, of the same bounds. Absent, or while it rejects, each process counts its own. */
  readonly sharedCounter?: RateCounter | undefined;
}

interface RateLimitOptions {
  /** Absent: nobody is limited. */
  readonly settings: RateLimitSettings | undefined;
}

/** The hooks that count requests. Beyond the limit they fail with `rate/limited`. */
export interface RateLimit {
  /**
   * Makes a hook that authenticates and counts. Requests of a verified user count for the user, all others for their
   * address (IPv6 by /64), so that neither a wrong token nor a stolen address uses up a user's calls.
   */
  authenticateAndCount(authenticate: Authenticate): onRequestHookHandler;
  /** Counts by address what needs no token, such as the documentation or a path without a route. */
  readonly countAddress: onRequestHookHandler;
}

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

const tooMany = (seconds: number): HttpError =>
  new HttpError('rate/limited', `Too many requests. Try again in ${seconds} s.`, {
    headers: { 'retry-after': String(seconds) },
  });

// Without a promise where possible: most tokens are cached, and most counts are local.
const afterAuthentication = (
  authenticate: Authenticate,
  request: FastifyRequest,
  next: (rejection?: Error) => void,
): void => {
  let authenticating: Promise<void> | undefined;
  try {
    authenticating = authenticate(request);
  } catch (error) {
    next(error as Error);
    return;
  }
  if (authenticating === undefined) next();
  else authenticating.then(() => next(), next);
};

const unlimited: RateLimit = {
  authenticateAndCount: (authenticate) => (request, _reply, done) => afterAuthentication(authenticate, request, done),
  countAddress: (_request, _reply, done) => done(),
};

const makeCounter = (
  kind: 'user' | 'address',
  { max, windowSeconds, sharedCounter }: RateLimitSettings,
): RateCounter => {
  const local = makeLocalCounter(max, windowSeconds);
  if (sharedCounter === undefined) return local;
  return {
    count: async (name) => {
      try {
        return await sharedCounter.count(`${kind}:${name}`);
      } catch {
        return local.count(name);
      }
    },
  };
};

const makeRateLimit = (settings: RateLimitSettings, rejected: HttpStatistics['rateLimited']): RateLimit => {
  const users = makeCounter('user', settings);
  const addresses = makeCounter('address', settings);

  // A client that has left has no address any more, and takes no response either.
  const countForAddress = ({ ip }: FastifyRequest): Count | Promise<Count> =>
    ip === undefined ? { remaining: 0, ttlInSeconds: 0, isExceeded: false } : addresses.count(networkOf(ip));
  const count = (request: FastifyRequest): Count | Promise<Count> =>
    request.actor?.kind === 'owner' ? users.count(request.actor.userId) : countForAddress(request);

  const setHeaders = (reply: FastifyReply, { remaining, ttlInSeconds, isExceeded }: Count): HttpError | undefined => {
    reply.header('ratelimit-limit', settings.max);
    reply.header('ratelimit-remaining', remaining);
    reply.header('ratelimit-reset', ttlInSeconds);
    return isExceeded ? tooMany(Math.max(1, ttlInSeconds)) : undefined;
  };
  const apply = (
    counted: Count | Promise<Count>,
    kind: keyof typeof rejected,
    reply: FastifyReply,
    done: (error?: Error) => void,
    rejection?: Error,
  ): void => {
    const end = (result: Count) => {
      if (result.isExceeded) rejected[kind] += 1;
      done(setHeaders(reply, result) ?? rejection);
    };
    if (counted instanceof Promise) counted.then(end).catch(done);
    else end(counted);
  };

  return {
    authenticateAndCount: (authenticate) => (request, reply, done) =>
      afterAuthentication(authenticate, request, (rejection) => {
        const kind = request.actor?.kind === 'owner' ? 'user' : 'address';
        apply(count(request), kind, reply, done, rejection);
      }),
    countAddress: (request, reply, done) => apply(countForAddress(request), 'address', reply, done),
  };
};

/** Decorates the server with `rateLimit`: hooks that count requests, for other plugins and for routes. */
export const rateLimit = fp<RateLimitOptions>(
  async (app, { settings }) => {
    app.decorate('rateLimit', settings === undefined ? unlimited : makeRateLimit(settings, app.statistics.rateLimited));
  },
  { name: 'rate-limit', dependencies: ['statistics'] },
);
