import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addVary } from '../../messages/vary.ts';
import { styleOfPath } from '../../tasks/api-styles.ts';
import type { CompatibilitySettings } from '../settings.ts';
import { isStrict } from '../strict.ts';
import { makeEtagMark } from './etags.ts';
import { type Asked, shaped } from './shapes.ts';
import { makeTaskTranslation } from './tasks.ts';

const askedBy = (request: FastifyRequest, reply: FastifyReply): Asked => {
  const style = styleOfPath(request.originalUrl);
  return {
    method: request.method,
    isList: ['GET', 'HEAD'].includes(request.method) && request.routeOptions.url === style.prefix,
    isEnveloped: style.name === 'envelope',
    query: (request.query ?? {}) as Record<string, unknown>,
    header: (name) => reply.getHeader(name)?.toString(),
  };
};

const isOfApi = ({ originalUrl }: FastifyRequest): boolean => /^\/api\/(?!limits(?:[/?]|$))/.test(originalUrl);
const isJson = (reply: FastifyReply): boolean => /\bjson\b/.test(String(reply.getHeader('content-type')));

/**
 * Adds the hooks that translate responses: from the contract's body, status and headers to those of the settings. A body is
 * translated as an object where there is one; what was stored for an idempotency key is text.
 */
export const translateResponses = (app: FastifyInstance, settings: CompatibilitySettings): void => {
  const translateTasks = makeTaskTranslation(settings) ?? ((body: unknown) => body);
  const etags = makeEtagMark(settings);
  const done = new WeakSet<FastifyReply>();

  const translate = (request: FastifyRequest, reply: FastifyReply, body: unknown): unknown => {
    done.add(reply);
    const asked = askedBy(request, reply);
    const sent = { status: reply.statusCode, body: translateTasks(body), headers: {} };
    const { status, body: translated, headers } = shaped(sent, asked, settings);
    reply.code(status).headers(headers);
    return translated;
  };

  app.addHook('onRequest', (request, _reply, next) => {
    const { headers } = request;
    if (isOfApi(request) && !isStrict(request)) {
      if (headers['if-none-match'] !== undefined) headers['if-none-match'] = etags.known(headers['if-none-match']);
      if (headers['if-match'] !== undefined) headers['if-match'] = etags.expected(headers['if-match']);
    }
    next();
  });

  app.addHook('preSerialization', (request, reply, body, next) => {
    const isTranslated = isOfApi(request) && !isStrict(request) && !isEmptied(reply);
    const translated = isTranslated ? translate(request, reply, body) : body;
    next(null, translated === undefined ? {} : translated);
  });

  app.addHook('onSend', (request, reply, payload, next) => {
    if (!isOfApi(request)) return next();
    addVary(reply, 'Prefer');
    if (isStrict(request)) return next();
    const etag = reply.getHeader('etag');
    if (etag !== undefined) reply.header('etag', etags.marked(String(etag)));
    const isText = typeof payload === 'string' && isJson(reply);
    const isNone = payload === null || payload === undefined || payload === '';
    if (!done.has(reply) && (isText || (isNone && reply.statusCode === 204))) {
      const body = translate(request, reply, isText ? JSON.parse(payload) : undefined);
      if (body !== undefined) {
        if (!isJson(reply)) reply.header('content-type', 'application/json; charset=utf-8');
        return next(null, JSON.stringify(body));
      }
    }
    if (!isEmptied(reply)) return next();
    reply.removeHeader('content-type').removeHeader('content-length');
    next(null, null);
  });
};

// A deletion that is answered without a body.
const isEmptied = (reply: FastifyReply): boolean => reply.statusCode === 204;
