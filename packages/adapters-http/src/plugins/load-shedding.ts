import type { FastifyInstance, FastifyRequest, onRequestHookHandler, preValidationHookHandler } from 'fastify';
import fp from 'fastify-plugin';
import { type HttpError, overloaded, tooManyAtOnce } from '../errors/http-error.ts';
import { healthPaths } from './health.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether the request holds one of the server's slots. */
    isInFlight: boolean;
    /** The user one of whose slots the request holds. */
    countedFor: string | null;
  }
}

/** How many requests may be worked on at once. */
export interface ConcurrencyLimits {
  /** Of all users; `defaultConcurrency` if not given. */
  readonly maxInFlight?: number | undefined;
  /** Of one user; `defaultConcurrency` if not given. */
  readonly maxInFlightOfOne?: number | undefined;
}

/** The limits where none are given. */
export const defaultConcurrency = { maxInFlight: 250, maxInFlightOfOne: 100 };

// An overloaded server must not be busy with logging that it is.
const logMilliseconds = 10_000;

/** Counts rejected requests, and logs their number with the first one and then at most every ten seconds. */
const makeOverloadLog = ({ log }: FastifyInstance) => {
  let rejected = 0;
  let timer: NodeJS.Timeout | undefined;
  const report = () => {
    timer = undefined;
    if (rejected === 0) return;
    log.warn({ rejected }, 'There are more requests than can be answered: further ones are refused.');
    rejected = 0;
    timer = setTimeout(report, logMilliseconds).unref();
  };
  return () => {
    rejected += 1;
    if (timer === undefined) report();
  };
};

// V8 replaces the table of a Map whose entries come and go, and each table refers to the next. Once one of them is old,
// the later ones outlive their collections too. A fresh copy after this many requests ends the chain.
const copyAfter = 200;

/**
 * Rejects requests beyond the concurrency limits: with `server/overloaded` before anything else is done for them, and
 * with `rate/limited` where one user has too many. A request holds its slots from its head until its response is made, or
 * begins if it is a stream, except while its body arrives, so that slow clients keep nobody out. Health checks need no
 * slot: an orchestrator would kill a process for being busy.
 */
export const loadShedding = fp<ConcurrencyLimits>(
  async (
    app,
    { maxInFlight = defaultConcurrency.maxInFlight, maxInFlightOfOne = defaultConcurrency.maxInFlightOfOne },
  ) => {
    // Made once, because rejecting has to be cheap.
    const serverOverloaded = overloaded();
    const userOverLimit = tooManyAtOnce();
    const noteRejection = makeOverloadLog(app);
    let inFlightByUser = new Map<string, number>();
    let acquiredForUsers = 0;
    const { statistics } = app;

    const acquire = (request: FastifyRequest): HttpError | undefined => {
      if (healthPaths.includes(request.routeOptions.url ?? '')) return undefined;
      if (statistics.inFlight >= maxInFlight) {
        statistics.shed.server += 1;
        noteRejection();
        return serverOverloaded;
      }
      request.isInFlight = true;
      statistics.inFlight += 1;
      return undefined;
    };
    const release = (request: FastifyRequest): void => {
      if (request.isInFlight) statistics.inFlight -= 1;
      request.isInFlight = false;
    };
    const acquireForUser = (request: FastifyRequest): HttpError | undefined => {
      if (request.actor?.kind !== 'owner' || request.countedFor !== null) return undefined;
      const { userId } = request.actor;
      const theirs = inFlightByUser.get(userId) ?? 0;
      if (theirs >= maxInFlightOfOne) {
        statistics.shed.user += 1;
        return userOverLimit;
      }
      acquiredForUsers += 1;
      if (acquiredForUsers % copyAfter === 0) inFlightByUser = new Map(inFlightByUser);
      inFlightByUser.set(userId, theirs + 1);
      request.countedFor = userId;
      return undefined;
    };
    const releaseForUser = (request: FastifyRequest): void => {
      if (request.countedFor === null) return;
      const theirs = inFlightByUser.get(request.countedFor) ?? 0;
      if (theirs > 1) inFlightByUser.set(request.countedFor, theirs - 1);
      else inFlightByUser.delete(request.countedFor);
      request.countedFor = null;
    };

    app.decorateRequest('isInFlight', false);
    app.decorateRequest('countedFor', null);
    app.addHook('onRequest', (request, _reply, done) => {
      const rejection = acquire(request);
      // Its body, which is not read, may still be arriving.
      if (request.is404) release(request);
      done(rejection);
    });
    // In the routes' own hooks: the user is known after authentication, and only some requests have a body to wait for.
    app.addHook('onRoute', (route) => {
      const own = [route.onRequest ?? []].flat();
      if (['GET', 'HEAD'].includes(String(route.method))) {
        route.onRequest = [...own, (request, _reply, done) => done(acquireForUser(request))];
        return;
      }
      const releaseWhileReading: onRequestHookHandler = (request, _reply, done) => {
        release(request);
        done();
      };
      const acquireAgain: preValidationHookHandler = (request, _reply, done) =>
        done(acquire(request) ?? acquireForUser(request));
      route.onRequest = [...own, releaseWhileReading];
      route.preValidation = [acquireAgain, ...[route.preValidation ?? []].flat()];
    });
    app.addHook('onSend', (request, _reply, payload, done) => {
      release(request);
      releaseForUser(request);
      done(null, payload);
    });
  },
  { name: 'load-shedding', dependencies: ['statistics'] },
);
