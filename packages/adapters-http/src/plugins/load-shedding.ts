import type { FastifyInstance, FastifyRequest, onRequestHookHandler, preValidationHookHandler } from 'fastify';
import { type HttpError, overloaded, tooManyAtOnce } from '../errors/http-error.ts';
import { healthPaths } from './health.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether it is one of those that are being worked on. */
    isInFlight: boolean;
    /** The user among whose requests it is counted, while it is worked on. */
    countedFor: string | null;
  }
}

// A log that says the same of every request refused would be one more thing that cannot keep up.
const logMilliseconds = 10_000;

/** Counts who is refused, and tells the log at the first one, and of the others now and then. */
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

// A Map whose entries come and go is moved to another table all the time, and V8 has each table refer to the next: once one
// is old, what the later ones hold outlives two collections, grows old too, and has to be looked for in the whole heap.
// After so many requests what is known is put into a Map of its own.
const renewal = 200;

/** How many requests may be worked on at once. */
export interface ConcurrencyLimits {
  readonly maxInFlight: number;
  /** Of one user. */
  readonly maxInFlightOfOne: number;
}

/**
 * Lets so many requests be worked on at once, and refuses further ones with `server/overloaded` before anything else is
 * done for them: they would only make all of them late. A request is worked on from its head until its answer is made,
 * except while its body is on its way: neither who sends slowly nor who reads slowly keeps anybody out. Nor does a user
 * who asks for much at once: beyond their share they are refused with `rate/limited`. Health checks are let through and
 * do not count, or an orchestrator would kill a process for being busy, and could keep it so.
 */
export const registerLoadShedding = (
  app: FastifyInstance,
  { maxInFlight, maxInFlightOfOne }: ConcurrencyLimits,
): void => {
  // Made once: to refuse has to be cheap.
  const serverOverloaded = overloaded();
  const userOverLimit = tooManyAtOnce();
  const noteRejection = makeOverloadLog(app);
  let inFlightByUser = new Map<string, number>();
  let entered = 0;
  let inFlight = 0;

  const acquire = (request: FastifyRequest): HttpError | undefined => {
    if (healthPaths.includes(request.routeOptions.url ?? '')) return undefined;
    if (inFlight >= maxInFlight) {
      noteRejection();
      return serverOverloaded;
    }
    request.isInFlight = true;
    inFlight += 1;
    return undefined;
  };
  const release = (request: FastifyRequest): void => {
    if (request.isInFlight) inFlight -= 1;
    request.isInFlight = false;
  };
  const acquireForUser = (request: FastifyRequest): HttpError | undefined => {
    if (request.actor?.kind !== 'owner' || request.countedFor !== null) return undefined;
    const { userId } = request.actor;
    const theirs = inFlightByUser.get(userId) ?? 0;
    if (theirs >= maxInFlightOfOne) return userOverLimit;
    entered += 1;
    if (entered % renewal === 0) inFlightByUser = new Map(inFlightByUser);
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
    // Its body, which nobody wants, may still be on its way.
    if (request.is404) release(request);
    done(rejection);
  });
  // Hooks of the routes themselves: whose request it is, is known once their own have signed it in; and only some
  // requests have a body to wait for.
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
};
