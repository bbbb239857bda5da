import type { onSendHookHandler } from 'fastify';
import fp from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyRequest {
    /** When the request's head was read, by `performance.now()`, in milliseconds. */
    receivedAt: number;
  }
}

/** Is told of a response: its status, and the seconds from the request's head to the response, or to a stream's beginning. */
export type ObserveResponse = (status: number, seconds: number) => void;

/**
 * Returns what is told of each response to a method of a route. Called once for each of them, when routes are registered.
 * @param method as it is registered: Node knows some 35
 * @param route the route's template, such as `/api/tasks/:id`; `undefined` for all requests that match none, of any method
 */
export type ObserveRoute = (method: string, route: string | undefined) => ObserveResponse;

interface RequestTimesOptions {
  /** Absent: nothing is measured. */
  readonly observeRoute: ObserveRoute | undefined;
}

/** Tells an observer how long each request took. Register it before the routes, and after the other plugins with `onSend`. */
export const requestTimes = fp<RequestTimesOptions>(
  async (app, { observeRoute }) => {
    if (observeRoute === undefined) return;
    const observeUnmatched = observeRoute('', undefined);
    app.decorateRequest('receivedAt', 0);
    app.addHook('onRequest', (request, _reply, done) => {
      request.receivedAt = performance.now();
      done();
    });
    app.addHook('onSend', (request, reply, payload, done) => {
      if (request.is404) observeUnmatched(reply.statusCode, (performance.now() - request.receivedAt) / 1_000);
      done(null, payload);
    });
    // In the routes' own hooks: nothing has to be looked up for a request.
    app.addHook('onRoute', (route) => {
      const observers = new Map([route.method].flat().map((method) => [method, observeRoute(method, route.url)]));
      const observe: onSendHookHandler = (request, reply, payload, done) => {
        // A route of GET passes its hooks on to that of HEAD, which has its own too.
        observers.get(request.method)?.(reply.statusCode, (performance.now() - request.receivedAt) / 1_000);
        done(null, payload);
      };
      route.onSend = [...[route.onSend ?? []].flat(), observe];
    });
  },
  { name: 'request-times' },
);
