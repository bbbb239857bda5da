import type { TaskPage, TaskQuery } from '@taskward/application';
import { assertMayAct, type Task, toUserId, type UserId } from '@taskward/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type TObject, type TSchema, Type } from 'typebox';
import { HttpError } from '../errors.ts';
import { decodedPath } from '../path.ts';
import { FailureSchema, ProblemSchema } from '../problem.ts';
import { toCursor } from './cursor.ts';
import { toResource } from './resource.ts';
import { type ListQuery, maxOffset, parameters, ref, TaskSchema } from './schemas.ts';

/** A page on its way out: what was asked, and what was found. */
export interface Listing {
  readonly owner: UserId;
  readonly asked: ListQuery;
  readonly query: TaskQuery;
  readonly page: TaskPage;
}

/** One of the two styles in which the same operations are served: where the owner stands, how a result is wrapped. */
export interface Face {
  readonly name: 'bare' | 'envelope';
  readonly prefix: string;
  readonly tag: string;
  /** The owner that a request names. @throws DomainError `auth/wrong-user` when it is not the signed-in user. */
  ownerOf(request: FastifyRequest): UserId;
  /** The path of the owner's collection. */
  collection(owner: UserId): string;
  readonly parameters: { readonly list: TObject; readonly one: TObject };
  readonly answers: {
    readonly task: TSchema;
    readonly list: TSchema;
    readonly deleted: { readonly status: 200 | 204; readonly schema: TSchema | undefined };
    readonly error: { readonly mediaType: string; readonly schema: TSchema };
  };
  sendTask(reply: FastifyReply, task: Task): FastifyReply;
  sendPage(reply: FastifyReply, listing: Listing): FastifyReply;
  sendDeleted(reply: FastifyReply): FastifyReply;
}

const signedInUser = (request: FastifyRequest): UserId => {
  if (request.actor?.kind !== 'owner') throw new Error('a task route was reached without a signed-in user');
  return request.actor.userId;
};

const pageUrl = (collection: string, asked: ListQuery, place: { cursor?: string; offset?: number }): string => {
  const { cursor: _cursor, offset: _offset, ...list } = asked;
  const parameters = Object.entries({ ...list, ...place }).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  return `<${collection}?${new URLSearchParams(parameters)}>`;
};

// Numbered pages lead to numbered pages, as far as offsets go; everything else goes on by cursor.
const linkHeader = (collection: string, { owner, asked, query, page }: Listing): string => {
  const links = [`${pageUrl(collection, asked, {})}; rel="first"`];
  if (query.offset > 0) {
    const offset = Math.max(0, query.offset - query.limit);
    links.push(`${pageUrl(collection, asked, { offset })}; rel="prev"`);
  }
  if (page.next !== undefined) {
    const offset = query.offset + query.limit;
    const place =
      asked.offset !== undefined && offset <= maxOffset ? { offset } : { cursor: toCursor(owner, query, page.next) };
    links.push(`${pageUrl(collection, asked, place)}; rel="next"`);
  }
  return links.join(', ');
};

/** Owner in the path, bare resources, RFC 9457 errors. */
export const bareFace: Face = {
  name: 'bare',
  prefix: '/api/:user_id/tasks',
  tag: 'Tasks, owner in the path',
  ownerOf: (request) => {
    const { user_id } = request.params as { user_id: string };
    // `/api/tasks/tasks` is a path of the other face, so for a user of this name only that one can be whole.
    if (user_id === 'tasks') {
      throw new HttpError('route/not-found', 'The user called `tasks` has /api/tasks only. Use that path.');
    }
    assertMayAct(request.actor as NonNullable<typeof request.actor>, user_id as UserId);
    return toUserId(user_id);
  },
  collection: (owner) => `/api/${encodeURIComponent(owner)}/tasks`,
  parameters: parameters.bare,
  answers: {
    task: ref(TaskSchema),
    list: Type.Array(ref(TaskSchema)),
    deleted: { status: 204, schema: undefined },
    error: { mediaType: 'application/problem+json', schema: ref(ProblemSchema) },
  },
  sendTask: (reply, task) => reply.send(toResource(task)),
  sendPage: (reply, listing) => {
    const { owner, page } = listing;
    reply.header('link', linkHeader(bareFace.collection(owner), listing));
    if (page.total !== undefined) reply.header('x-total-count', page.total);
    return reply.send(page.tasks.map(toResource));
  },
  sendDeleted: (reply) => reply.code(204).send(),
};

const success = Type.Literal(true);

/** Owner from the token, results and errors in an envelope. */
export const envelopeFace: Face = {
  name: 'envelope',
  prefix: '/api/tasks',
  tag: 'Tasks, owner from the token',
  ownerOf: signedInUser,
  collection: () => '/api/tasks',
  parameters: parameters.envelope,
  answers: {
    task: Type.Object({ success, data: ref(TaskSchema) }),
    list: Type.Object({
      success,
      data: Type.Array(ref(TaskSchema)),
      meta: Type.Object({
        limit: Type.Integer(),
        next_cursor: Type.Unsafe<string | null>({ type: ['string', 'null'], description: '`null` on the last page.' }),
        total: Type.Optional(Type.Integer({ description: 'With `count=true`.' })),
      }),
    }),
    deleted: { status: 200, schema: Type.Object({ success }) },
    error: { mediaType: 'application/json', schema: ref(FailureSchema) },
  },
  sendTask: (reply, task) => reply.send({ success: true, data: toResource(task) }),
  sendPage: (reply, { owner, query, page }) =>
    reply.send({
      success: true,
      data: page.tasks.map(toResource),
      meta: {
        limit: query.limit,
        next_cursor: page.next === undefined ? null : toCursor(owner, query, page.next),
        ...(page.total !== undefined && { total: page.total }),
      },
    }),
  sendDeleted: (reply) => reply.send({ success: true }),
};

/** The style in which a path's errors are answered, also where no route matches. */
export const faceOfPath = (url: string): Face => {
  const path = decodedPath(url) ?? url;
  return /^\/api\/tasks(?:[/?]|$)/.test(path) ? envelopeFace : bareFace;
};
