import type { IncomingMessage } from 'node:http';
import fp from 'fastify-plugin';
import { pathOwnerStyle, tokenOwnerStyle } from '../tasks/api-styles.ts';
import { translatedUrl } from './requests/paths.ts';
import { makeRequestTranslation, type Use } from './requests/translation.ts';
import { makeResponseTranslation } from './responses/translation.ts';
import type { CompatibilitySetting } from './settings.ts';
import { isStrict } from './strict.ts';

export { type CompatibilitySetting, compatibilitySettings } from './settings.ts';

interface CompatibilityOptions {
  readonly settings?: readonly CompatibilitySetting[] | undefined;
}

const usesOfPaths = new WeakMap<IncomingMessage, Use>();

/** Returns the contract's URL for a request's, before it is routed. */
export const contractUrl = (request: IncomingMessage, url: string): string => {
  if (isStrict(request)) return url;
  const translated = translatedUrl(url);
  if (translated === undefined) return url;
  usesOfPaths.set(request, translated.use);
  return translated.url;
};

// The header that tells a client the contract's spellings of what it has sent.
const hintHeader = 'contract-spelling';

const hintOf = (uses: readonly Use[]): string => uses.map(({ sent, contract }) => `${sent}=${contract}`).join(', ');

const routePath = (url: string): string => {
  const { prefix } = [tokenOwnerStyle, pathOwnerStyle].find(({ prefix }) => url.startsWith(prefix)) ?? { prefix: '' };
  return url.slice(prefix.length);
};

/**
 * Takes in what clients of other backends send, and, as far as its settings say, responds as these backends do. It
 * translates at the edge: what is behind it knows the contract only.
 */
export const compatibility = fp<CompatibilityOptions>(
  async (app, { settings = [] }) => {
    const translateRequest = makeRequestTranslation(new Set(settings));

    app.addHook('preValidation', (request, reply, done) => {
      // Only routes of tasks have an owner.
      if (request.owner === null || isStrict(request)) return done();
      const { method, query, body, routeOptions } = request;
      const path = routePath(routeOptions.url as string);
      try {
        const translated = translateRequest({ method, path, query: query as Record<string, unknown>, body });
        const ofPath = usesOfPaths.get(request.raw);
        const uses = [...(ofPath ? [ofPath] : []), ...(translated?.uses ?? [])];
        if (translated !== undefined) Object.assign(request, { query: translated.query, body: translated.body });
        if (uses.length > 0) reply.header(hintHeader, hintOf(uses));
      } catch (error) {
        return done(error as Error);
      }
      done();
    });

    if (settings.length === 0) return;
    const translateResponse = makeResponseTranslation(new Set(settings));
    app.addHook('preSerialization', (request, reply, body, done) => {
      done(null, isStrict(request) ? body : translateResponse(request, reply, body));
    });
  },
  { name: 'compatibility', dependencies: ['authentication'] },
);
