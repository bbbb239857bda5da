import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addVary } from '../../messages/vary.ts';
import { pathOwnerStyle, tokenOwnerStyle } from '../../tasks/api-styles.ts';
import type { CompatibilitySettings } from '../settings.ts';
import { isStrict } from '../strict.ts';
import { makeEntityTags } from './entity-tags.ts';
import { shaped } from './shapes.ts';
import { type Members, makeTaskTranslation } from './task.ts';

const listPaths = new Set<string | undefined>([tokenOwnerStyle.prefix, pathOwnerStyle.prefix]);

const reads = new Set(['GET', 'HEAD']);

const isJson = (reply: FastifyReply): boolean =>
  /^application\/(?:problem\+)?json\b/.test(String(reply.getHeader('content-type')));

// From the contract's text, or none, to that of the settings.
const translatedText = (
  request: FastifyRequest,
  reply: FastifyReply,
  text: string | undefined,
  settings: CompatibilitySettings,
  translateTasks: (body: unknown) => unknown,
): string | undefined => {
  const { status, headers, body } = shaped(
    {
      status: reply.statusCode,
      body: text === undefined ? undefined : JSON.parse(text),
      isList: reads.has(request.method) && reply.statusCode === 200 && listPaths.has(request.routeOptions.url),
      isDeletion: request.method === 'DELETE',
      query: request.query as Members,
      header: (name) => reply.getHeader(name)?.toString(),
    },
    settings,
  );
  reply.code(status).headers(headers);
  if (body !== undefined) return JSON.stringify(translateTasks(body));
  reply.removeHeader('content-type').removeHeader('content-length');
  return undefined;
};

/**
 * Translates responses from the contract to the settings, when they are text: so those are, too, that were stored under an
 * idempotency key, in the contract's form.
 */
export const translateResponses = (app: FastifyInstance, settings: CompatibilitySettings): void => {
  const tags = makeEntityTags(settings);
  const translateTasks = makeTaskTranslation(settings);

  app.addHook('onRequest', (request, _reply, done) => {
    if (!isStrict(request)) {
      tags.restore(request.method, request.headers);
      // Whether a task is overdue changes as time goes by, and its ETag does not.
      if (settings.has('is-overdue') && reads.has(request.method)) delete request.headers['if-none-match'];
    }
    done();
  });

  app.addHook('onSend', (request, reply, payload, done) => {
    addVary(reply, 'Prefer');
    // Besides responses about tasks, errors: those come also where no user is known.
    if (isStrict(request) || (request.owner === null && reply.statusCode < 400)) return done(null, payload);
    const etag = reply.getHeader('etag');
    if (typeof etag === 'string') reply.header('etag', tags.translated(etag));
    const isEmpty = payload === undefined || payload === null;
    if (isEmpty ? reply.statusCode !== 204 : typeof payload !== 'string' || !isJson(reply)) return done(null, payload);
    done(null, translatedText(request, reply, isEmpty ? undefined : (payload as string), settings, translateTasks));
  });
};
