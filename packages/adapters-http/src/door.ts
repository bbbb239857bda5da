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
const silenceMilliseconds = 10_000;

/**
 * Lets so many requests be worked on at once, and refuses further ones with `server/overloaded` before anything else is
 * done for them: they would only make all of them late. A request is worked on from when all of it is there until its
 * answer is made: neither who sends slowly nor who reads slowly keeps anybody out. Health checks are let through, or an
 * orchestrator would kill a process for being busy.
 */
export const registerDoor = (app: FastifyInstance, maxInFlight: number): void => {
  // Made once: to refuse has to be cheap.
  const refusal = overloaded();
  let inFlight = 0;
  let refused = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = () => {
    refused += 1;
    const now = performance.now();
    if (now - toldAt < silenceMilliseconds) return;
    app.log.warn({ refused }, 'There are more requests than can be answered: further ones are refused.');
    refused = 0;
    toldAt = now;
  };
  const refusalOf = ({ routeOptions }: FastifyRequest): HttpError | undefined => {
    if (inFlight < maxInFlight || healthPaths.includes(routeOptions.url ?? '')) return undefined;
    tell();
    return refusal;
  };

  app.decorateRequest('isInFlight', false);
  app.addHook('onRequest', (request, _reply, done) => done(refusalOf(request)));
  app.addHook('preValidation', (request, _reply, done) => {
    const refusal = refusalOf(request);
    request.isInFlight = refusal === undefined;
    if (request.isInFlight) inFlight += 1;
    done(refusal);
  });
  // It comes by twice where the first answer could not be written down.
  app.addHook('onSend', (request, _reply, payload, done) => {
    if (request.isInFlight) inFlight -= 1;
    request.isInFlight = false;
    done(null, payload);
  });
};
