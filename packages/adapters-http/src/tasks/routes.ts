import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { UseCases } from '@taskward/application';
import type { Actor } from '@taskward/domain';
import type { FastifyInstance, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { Face } from './faces.ts';
import { idOf, toTaskQuery } from './input.ts';
import { operations } from './operations.ts';

/**
 * Serves every operation on tasks in one face's style.
 * @param signIn verifies the request's token and sets `request.actor`
 */
export const registerTaskRoutes = (
  app: FastifyInstance,
  face: Face,
  useCases: UseCases,
  signIn: onRequestHookHandler,
) => {
  const schemas = operations(face);
  const one = `${face.prefix}/:id`;
  const routes = app.withTypeProvider<TypeBoxTypeProvider>();
  const who = (request: FastifyRequest) => ({ actor: request.actor as Actor, owner: face.ownerOf(request) });
  // Before the body is read: somebody else's path is refused whatever is sent to it.
  const onRequest = [signIn, async (request: FastifyRequest) => void face.ownerOf(request)];

  routes.get(face.prefix, { schema: schemas.list, onRequest }, async (request, reply) => {
    const { actor, owner } = who(request);
    const query = toTaskQuery(owner, request.query);
    return face.sendPage(reply, {
      owner,
      asked: request.query,
      query,
      page: await useCases.listTasks(actor, { owner, query }),
    });
  });

  routes.post(face.prefix, { schema: schemas.create, onRequest }, async (request, reply) => {
    const { actor, owner } = who(request);
    const task = await useCases.createTask(actor, { owner, content: request.body });
    return face.sendTask(reply.code(201).header('location', `${face.collection(owner)}/${task.id}`), task);
  });

  routes.get(one, { schema: schemas.get, onRequest }, async (request, reply) => {
    const { actor, owner } = who(request);
    return face.sendTask(reply, await useCases.getTask(actor, { owner, id: idOf(request) }));
  });

  routes.put(one, { schema: schemas.replace, onRequest }, async (request, reply) => {
    const { actor, owner } = who(request);
    return face.sendTask(reply, await useCases.updateTask(actor, { owner, id: idOf(request), changes: request.body }));
  });

  routes.patch(one, { schema: schemas.change, onRequest }, async (request, reply) => {
    const { actor, owner } = who(request);
    return face.sendTask(reply, await useCases.updateTask(actor, { owner, id: idOf(request), changes: request.body }));
  });

  routes.patch(`${one}/complete`, { schema: schemas.complete, onRequest }, async (request, reply) => {
    const { actor, owner } = who(request);
    const { completed } = request.body ?? {};
    return face.sendTask(reply, await useCases.completeTask(actor, { owner, id: idOf(request), completed }));
  });

  routes.delete(one, { schema: schemas.delete, onRequest }, async (request, reply) => {
    const { actor, owner } = who(request);
    await useCases.deleteTask(actor, { owner, id: idOf(request) });
    return face.sendDeleted(reply);
  });
};
