import type { UseCases } from '@taskward/application';
import type { Actor, UserId } from '@taskward/domain';
import type { FastifyInstance, FastifyRequest, onRequestHookHandler } from 'fastify';
import { sendResponse } from '../messages/http-response.ts';
import { addVary } from '../messages/vary.ts';
import type { PublicUrl } from '../server/public-url.ts';
import type { ApiStyle, AuthorizedRequest } from './api-styles.ts';
import { sendWriteResponse } from './idempotency.ts';
import { idOf, revisionOf } from './input.ts';
import { operations } from './operations.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The user whose tasks the request is about; set before any handler of tasks runs. */
    owner: UserId | null;
    /** The `created_at` that the body of an update names: the task must have been created then. */
    createdAt: string | null;
  }
}

const credentials = 'Authorization, Cookie';

// A browser may store a response, but must revalidate it before showing it, and never show it to another user.
const setCachePolicy: onRequestHookHandler = (_request, reply, done) => {
  reply.header('cache-control', 'private, no-cache');
  addVary(reply, credentials);
  done();
};

/** Makes a hook that rejects a request with what `check` throws, before its body is read. */
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
 * Returns the hooks of every route of an owner's tasks: they verify the token, and that the owner is the token's user.
 * Another user's path is rejected before the body is read, whatever it is.
 * @param authenticate verifies the request's token and sets `request.actor`
 */
export const ownerHooks = (style: ApiStyle, authenticate: onRequestHookHandler): onRequestHookHandler[] => [
  setCachePolicy,
  authenticate,
  checking((request) => {
    request.owner = style.ownerOf(request, request.actor as Actor);
  }),
];

/**
 * Serves every operation on tasks in one API style.
 * @param authenticate verifies the request's token and sets `request.actor`
 * @param publicUrl gives the path prefix under which clients see the server
 */
export const registerTaskRoutes = (
  app: FastifyInstance,
  style: ApiStyle,
  useCases: UseCases,
  authenticate: onRequestHookHandler,
  publicUrl: PublicUrl,
): void => {
  const onRequest = ownerHooks(style, authenticate);
  // Before query and body are validated: an invalid path takes precedence.
  const onPath = (path: string) => [
    ...onRequest,
    ...(path.includes('/:id') ? [checking(idOf)] : []),
    ...(path.includes('/:revision') ? [checking(revisionOf)] : []),
  ];

  for (const { method, path, schema, preValidation, isKeyed, input: read, hasEffect, run } of operations) {
    app.route({
      method,
      url: `${style.prefix}${path}`,
      schema: schema(style),
      onRequest: onPath(path),
      ...(preValidation && { preValidation }),
      handler: async (request, reply) => {
        const { actor, owner } = request as AuthorizedRequest;
        const call = { request, actor, owner, style, prefix: publicUrl.prefixOf(request) };
        const input = read(call);
        if (!isKeyed) return sendResponse(reply, await run(useCases, input, call));
        return sendWriteResponse(call, reply, useCases, {
          hasEffect: hasEffect?.(input) ?? true,
          work: (bound) => run(bound, input, call),
        });
      },
    });
  }
};
