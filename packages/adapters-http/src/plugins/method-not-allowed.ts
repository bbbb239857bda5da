import { METHODS } from 'node:http';
import type { FastifyInstance, HTTPMethods } from 'fastify';
import fp from 'fastify-plugin';
import { HttpError } from '../errors/http-error.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** The methods of each path that has a route. */
    methodsByPath: ReadonlyMap<string, ReadonlySet<string>>;
  }
  interface FastifyContextConfig {
    /** The methods of a path, for `OPTIONS`. */
    allow?: string;
  }
}

/** Notes the methods of each path. Register it before the routes, and `methodNotAllowed` after them. */
export const routeMethods = fp(
  async (app) => {
    const methodsByPath = new Map<string, Set<string>>();
    app.decorate('methodsByPath', methodsByPath);
    app.addHook('onRoute', ({ url, method }) => {
      const methods = methodsByPath.get(url) ?? new Set(['OPTIONS']);
      for (const one of [method].flat()) methods.add(one);
      methodsByPath.set(url, methods);
    });
  },
  { name: 'route-methods' },
);

// Node emits CONNECT as an event of its own: it never reaches a route.
const allMethods = METHODS.filter((method) => method !== 'CONNECT');

const addRoutes = (app: FastifyInstance, url: string, methods: ReadonlySet<string>): void => {
  const allow = [...methods].sort().join(', ');
  // The cors plugin responds before the handler runs.
  app.route({ url, method: 'OPTIONS', schema: { hide: true }, config: { allow }, handler: async () => {} });
  app.route({
    url,
    method: allMethods.filter((method) => !methods.has(method)) as HTTPMethods[],
    schema: { hide: true },
    // In a hook, so that the body is not read first.
    onRequest: [
      app.rateLimit.countAddress,
      async ({ method }) => {
        throw new HttpError('request/method-not-allowed', `${method} is not possible here. Use ${allow}.`, {
          headers: { allow },
        });
      },
    ],
    handler: async () => {},
  });
};

/** Responds with 405 and `Allow` to methods that a path does not have. Without it the path would seem not to exist. */
export const methodNotAllowed = fp(
  async (app) => {
    for (const method of allMethods) if (!app.supportedMethods.includes(method)) app.addHttpMethod(method);
    for (const [url, methods] of [...app.methodsByPath]) {
      if (!url.includes('*')) addRoutes(app, url, new Set(methods));
    }
  },
  { name: 'method-not-allowed', dependencies: ['cors', 'rate-limit', 'route-methods'] },
);
