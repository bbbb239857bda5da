import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { TaskUseCases, UseCases } from '@taskward/application';
import type { Actor, Instant, UserId } from '@taskward/domain';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestHookHandler,
  preValidationHookHandler,
} from 'fastify';
import { type HttpResponse, sendResponse } from '../messages/http-response.ts';
import { addVary } from '../messages/vary.ts';
import type { PublicUrl } from '../server/public-url.ts';
import { type ApiStyle, type AuthorizedRequest, taskResponse } from './api-styles.ts';
import { batchResponse, toBatch } from './batch.ts';
import { sendWriteResponse } from './idempotency.ts';
import { idOf, toTaskQuery } from './input.ts';
import { operations } from './operations.ts';
import { conditionOf, isKnown, knownRevisions, listTag, taskTag } from './preconditions.ts';
import { withoutReadOnlyFields } from './read-only-fields.ts';
import type { TaskChangesBody } from './schemas.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose tasks the request is about; set before any handler of tasks runs. */
    owner: UserId | null;
    /** The `created_at` that the body of an update names: the task must have been created then. */
    createdAt: Instant | null;
  }
}

const notModified = (etag: string): HttpResponse => ({ status: 304, headers: { etag } });

const credentials = 'Authorization, Cookie';

/** Refuses a request by its head: what `check` throws. */
const checking =
  (check: (request: FastifyRequest) => void): onRequestHookHandler =>
  (request, _reply, done) => {
    try {
      check(request);
    } catch (error) {
      return done(error as Error);
    }
    done();
  };

/**
 * Serves every operation on tasks in one style's style.
 * @param authenticate verifies the request's token and sets `request.actor`
 * @param publicUrl tells what stands before the paths that answers name
 */
export const registerTaskRoutes = (
  app: FastifyInstance,
  style: ApiStyle,
  useCases: UseCases,
  authenticate: onRequestHookHandler,
  publicUrl: PublicUrl,
) => {
  const schemas = operations(style);
  const one = `${style.prefix}/:id`;
  const routes = app.withTypeProvider<TypeBoxTypeProvider>();
  const authorized = (request: FastifyRequest) => request as AuthorizedRequest;
  const write = (
    request: FastifyRequest,
    reply: FastifyReply,
    work: (useCases: TaskUseCases) => Promise<HttpResponse>,
    { hasEffect = true } = {},
  ) => {
    const prefix = publicUrl.prefixOf(request);
    return sendWriteResponse(authorized(request), reply, { style, useCases, prefix, hasEffect }, work);
  };
  const onRequest: onRequestHookHandler[] = [
    // A browser may keep an answer, and must ask before it shows it, and never to another user.
    (_request, reply, done) => {
      reply.header('cache-control', 'private, no-cache');
      addVary(reply, credentials);
      done();
    },
    authenticate,
    // Before the body is read: somebody else's path is refused whatever is sent to it.
    checking((request) => {
      request.owner = style.ownerOf(request, request.actor as Actor);
    }),
  ];

  // Before the query and the body are looked at: what is wrong is the path.
  const onTask = [...onRequest, checking(idOf)];

  const dropReadOnlyFields: preValidationHookHandler = (request, _reply, done) => {
    if (typeof request.body === 'object' && request.body !== null && !Array.isArray(request.body)) {
      const identity = { id: idOf(request), owner: authorized(request).owner };
      const { body, createdAt } = withoutReadOnlyFields(request.body as Record<string, unknown>, identity);
      request.body = body;
      request.createdAt = createdAt ?? null;
    }
    done();
  };

  routes.get(style.prefix, { schema: schemas.list, onRequest }, async (request, reply) => {
    const { actor, owner } = authorized(request);
    const query = toTaskQuery(owner, request.query);
    const page = await useCases.listTasks(actor, { owner, query, known: knownRevisions(request, owner, query) });
    const etag = listTag(owner, query, page.revision);
    if (page.unchanged) return sendResponse(reply, notModified(etag));
    const prefix = publicUrl.prefixOf(request);
    return sendResponse(reply.header('etag', etag), style.page({ owner, asked: request.query, query, page, prefix }));
  });

  routes.post(style.prefix, { schema: schemas.create, onRequest }, async (request, reply) => {
    const { actor, owner } = authorized(request);
    return write(request, reply, async ({ createTask }) => {
      const task = await createTask(actor, { owner, content: request.body });
      const { headers, body } = taskResponse(style, task);
      return { status: 201, headers: { ...headers, location: `${style.collection(owner)}/${task.id}` }, body };
    });
  });

  routes.post(`${style.prefix}/batch`, { schema: schemas.batch, onRequest }, async (request, reply) => {
    const { actor, owner } = authorized(request);
    const batch = toBatch(owner, request.body);
    const work = async ({ applyBatch }: TaskUseCases) =>
      batchResponse(style, batch, await applyBatch(actor, { owner, ...batch }), request.id);
    return write(request, reply, work, { hasEffect: !batch.dryRun });
  });

  routes.get(one, { schema: schemas.get, onRequest: onTask }, async (request, reply) => {
    const { actor, owner } = authorized(request);
    const task = await useCases.getTask(actor, { owner, id: idOf(request) });
    return sendResponse(reply, isKnown(request, task) ? notModified(taskTag(task)) : taskResponse(style, task));
  });

  const changeTask = async (request: FastifyRequest<{ Body: TaskChangesBody }>, reply: FastifyReply) => {
    const { actor, owner } = authorized(request);
    const input = { owner, id: idOf(request), changes: request.body, ...conditionOf(request) };
    return write(request, reply, async ({ updateTask }) => taskResponse(style, await updateTask(actor, input)));
  };
  const updating = { onRequest: onTask, preValidation: dropReadOnlyFields };
  routes.patch(one, { schema: schemas.change, ...updating }, changeTask);
  routes.put(one, { schema: schemas.replace, ...updating }, changeTask);

  routes.patch(`${one}/complete`, { schema: schemas.complete, onRequest: onTask }, async (request, reply) => {
    const { actor, owner } = authorized(request);
    const input = { owner, id: idOf(request), completed: request.body?.completed, ...conditionOf(request) };
    return write(request, reply, async ({ completeTask }) => taskResponse(style, await completeTask(actor, input)));
  });

  routes.delete(one, { schema: schemas.delete, onRequest: onTask }, async (request, reply) => {
    const { actor, owner } = authorized(request);
    await useCases.deleteTask(actor, { owner, id: idOf(request), ...conditionOf(request) });
    return sendResponse(reply, style.deleted);
  });
};
