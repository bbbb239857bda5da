import { METHODS } from 'node:http';
import type { FastifyInstance, HTTPMethods, onRequestHookHandler, RouteOptions } from 'fastify';
import { HttpError } from '../errors/http-error.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The methods of a path, for `OPTIONS`. */
    allow?: string;
  }
}

/** Answers every method that a path does not have with 405 and `Allow`, instead of as if the path did not exist. */
export const registerMethodNotAllowed = (
  app: FastifyInstance,
  countAddress: onRequestHookHandler,
): { complete(): void } => {
  // CONNECT never reaches a route: Node hands it to its own event.
  const all = METHODS.filter((method) => method !== 'CONNECT');
  for (const method of all) if (!app.supportedMethods.includes(method)) app.addHttpMethod(method);

  const methodsOf = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }: RouteOptions) => {
    const methods = methodsOf.get(url) ?? new Set(['OPTIONS']);
    for (const one of [method].flat()) methods.add(one);
    methodsOf.set(url, methods);
  });

  return {
    complete() {
      for (const [url, methods] of [...methodsOf]) {
        if (url.includes('*')) continue;
        const allow = [...methods].sort().join(', ');
        // Answered by the hook for CORS, as everywhere.
        app.route({ url, method: 'OPTIONS', schema: { hide: true }, config: { allow }, handler: async () => {} });
        app.route({
          url,
          method: all.filter((method) => !methods.has(method)) as HTTPMethods[],
          schema: { hide: true },
          // Before the body is read: whatever it is, it cannot be sent here.
          onRequest: [
            countAddress,
            async (request) => {
              throw new HttpError(
                'request/method-not-allowed',
                `${request.method} is not possible here. Use ${allow}.`,
                { headers: { allow } },
              );
            },
          ],
          handler: async () => {},
        });
      }
    },
  };
};
