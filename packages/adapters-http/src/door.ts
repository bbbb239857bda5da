import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type HttpError, overloaded } from './errors.ts';
import { healthPaths } from './health.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether it is one of those that are being worked on. */
    isInFlight: boolean;
  }
}

// A log that says the same of every request refused would be one more thing that cannot keep up.
const logMilliseconds = 10_000;

/** Counts who is refused, and tells the log at the first one, and of the others now and then. */
const makeTelling = ({ log }: FastifyInstance) => {
  let refused = 0;
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    timer = undefined;
    if (refused === 0) return;
    log.warn({ refused }, 'There are more requests than can be answered: further ones are refused.');
    refused = 0;
    timer = setTimeout(tell, logMilliseconds).unref();
  };
  return () => {
    refused += 1;
    if (timer === undefined) tell();
  };
};

/**
 * Lets so many requests be worked on at once, and refuses further ones with `server/overloaded` before anything else is
 * done for them: they would only make all of them late. A request is worked on from its head until its answer is made,
 * except while its body is on its way: neither who sends slowly nor who reads slowly keeps anybody out. Health checks are
 * let through and do not count, or an orchestrator would kill a process for being busy, and could keep it so.
 */
export const registerDoor = (app: FastifyInstance, maxInFlight: number): void => {
  // Made once: to refuse has to be cheap.
  const tooMany = overloaded();
  const noteRefusal = makeTelling(app);
  let inFlight = 0;

  const enter = (request: FastifyRequest): HttpError | undefined => {
    if (healthPaths.includes(request.routeOptions.url ?? '')) return undefined;
    if (inFlight >= maxInFlight) {
      noteRefusal();
      return tooMany;
    }
    request.isInFlight = true;
    inFlight += 1;
    return undefined;
  };
  const leave = (request: FastifyRequest): void => {
    if (request.isInFlight) inFlight -= 1;
    request.isInFlight = false;
  };

  app.decorateRequest('isInFlight', false);
  app.addHook('onRequest', (request, _reply, done) => done(enter(request)));
  app.addHook('preParsing', (request, _reply, payload, done) => {
    leave(request);
    done(null, payload);
  });
  app.addHook('preValidation', (request, _reply, done) => done(enter(request)));
  app.addHook('onSend', (request, _reply, payload, done) => {
    leave(request);
    done(null, payload);
  });
};
