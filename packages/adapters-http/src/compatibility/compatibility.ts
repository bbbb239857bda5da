import type { IncomingMessage } from 'node:http';
import fp from 'fastify-plugin';
import { MalformedQuery } from '../messages/query-string.ts';
import { pathOwnerStyle, tokenOwnerStyle } from '../tasks/api-styles.ts';
import { type Hints, makeHints } from './hints.ts';
import { translatedUrl } from './requests/paths.ts';
import { makeRequestTranslation } from './requests/translation.ts';
import type { Use } from './requests/use.ts';
import { translateResponses } from './responses/translation.ts';
import type { CompatibilitySetting } from './settings.ts';
import { isStrict } from './strict.ts';

interface CompatibilityOptions {
  readonly settings?: readonly CompatibilitySetting[] | undefined;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** How often spellings were used that are not the contract’s, by what was sent. */
    spellingCounts: Hints['counts'];
  }
}

const usesOfPaths = new WeakMap<IncomingMessage, readonly Use[]>();

/** Returns the contract's URL for a request's, before it is routed. */
export const contractUrl = (request: IncomingMessage, url: string): string => {
  if (isStrict(request)) return url;
  const translated = translatedUrl(request.method as string, url);
  if (translated === undefined) return url;
  usesOfPaths.set(request, translated.uses);
  return translated.url;
};

const routePaths = new Map<string, string>();

/** Returns the path of a route of tasks under that of the collection. */
const routePath = (url: string): string => {
  let path = routePaths.get(url);
  if (path === undefined) {
    const style = [tokenOwnerStyle, pathOwnerStyle].find(({ prefix }) => url.startsWith(prefix));
    path = url.slice(style?.prefix.length ?? 0);
    routePaths.set(url, path);
  }
  return path;
};

/**
 * Takes in what clients of other backends send, and, as far as its settings say, responds as these backends do. It
 * translates at the edge: what is behind it knows the contract only.
 */
export const compatibility = fp<CompatibilityOptions>(
  async (app, { settings = [] }) => {
    const translateRequest = makeRequestTranslation(new Set(settings));
    const hints = makeHints();
    app.decorate('spellingCounts', hints.counts);

    app.addHook('preValidation', (request, reply, done) => {
      const { method, query, body, owner, routeOptions } = request;
      // Only routes of tasks have an owner.
      if (owner === null || query instanceof MalformedQuery || isStrict(request)) return done();
      const path = routePath(routeOptions.url as string);
      try {
        const translated = translateRequest({ method, path, query: query as Record<string, unknown>, body, owner });
        if (translated !== undefined) Object.assign(request, { query: translated.query, body: translated.body });
        const ofPath = usesOfPaths.get(request.raw);
        if ((ofPath ?? translated) === undefined) return done();
        const uses = [...(ofPath ?? []), ...(translated?.uses ?? [])];
        if (uses.length > 0) hints.tell(request, reply, uses);
      } catch (error) {
        return done(error as Error);
      }
      done();
    });

    if (settings.length > 0) translateResponses(app, new Set(settings));
  },
  { name: 'compatibility', dependencies: ['authentication'] },
);
