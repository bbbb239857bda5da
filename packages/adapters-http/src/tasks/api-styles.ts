import { type AskedQuery, type TaskPage, toRecord } from '@taskward/application';
import { type Actor, assertMayAct, type UserId } from '@taskward/domain';
import { ChangeSchema, type ListQuery, ref, TaskSchema, toCursor } from '@taskward/task-schemas';
import type { FastifyRequest } from 'fastify';
import { type TObject, type TSchema, Type } from 'typebox';
import { HttpError } from '../errors/http-error.ts';
import { FailureSchema, ProblemSchema } from '../errors/problem.ts';
import type { ErrorStyle, HttpResponse } from '../messages/http-response.ts';
import { decodedPath } from '../messages/path.ts';
import { batchResultSchema } from './batch/batch-schemas.ts';
import { linkHeader, listLinks } from './pages/links.ts';
import { parameters } from './schemas/parameters.ts';

/** A page of tasks, with the query that found it. */
export interface Listing {
  readonly owner: UserId;
  readonly asked: ListQuery;
  readonly query: AskedQuery;
  readonly page: TaskPage;
  /** Absent for a list that changes as time goes by. */
  readonly etag: string | undefined;
  /** The path prefix under which the client sees the server. */
  readonly prefix: string;
}

/** A page of a list that is read by cursor only. */
export interface CursorPage {
  readonly items: readonly unknown[];
  readonly limit: number;
  /** The cursor of the next page; absent on the last one. */
  readonly next: string | undefined;
  /** The query without its cursor. */
  readonly asked: Readonly<Record<string, unknown>>;
  /** The path of the list, as the client sees it. */
  readonly path: string;
}

/** Some of an owner's changes. */
export interface ChangesPage {
  readonly changes: readonly unknown[];
  /** Where to go on. */
  readonly cursor: string;
  readonly hasMore: boolean;
}

/** A request of a verified actor who may act for the owner it names. */
export type AuthorizedRequest = FastifyRequest & { readonly actor: Actor; readonly owner: UserId };

/** One of the two styles that serve the same operations. They differ in where the owner is named and how results are wrapped. */
export interface ApiStyle {
  readonly name: 'bare' | 'envelope';
  readonly prefix: string;
  readonly tag: string;
  /** Returns the owner that a request names. @throws DomainError `auth/wrong-user` if the actor may not act for them */
  ownerOf(request: FastifyRequest, actor: Actor): UserId;
  /** Returns the path of the owner's collection. */
  collection(owner: UserId): string;
  readonly parameters: {
    readonly list: TObject;
    readonly one: TObject;
    readonly change: TObject;
    readonly tag: TObject;
  };
  readonly responses: {
    readonly task: TSchema;
    readonly list: TSchema;
    readonly deleted: { readonly status: 200 | 204; readonly schema: TSchema | undefined };
    readonly batch: TSchema;
    readonly changes: TSchema;
    /** Makes the schema of a result. */
    of(result: TSchema): TSchema;
    /** Makes the schema of a page that is read by cursor. */
    pageOf(item: TSchema): TSchema;
    readonly error: { readonly style: ErrorStyle; readonly schema: TSchema };
  };
  /** Makes a result's body. */
  wrap(result: unknown): unknown;
  page(listing: Listing): HttpResponse;
  cursorPage(page: CursorPage): HttpResponse;
  changesPage(page: ChangesPage, etag: string): HttpResponse;
  readonly deleted: HttpResponse;
}

const ok = (body: unknown, headers: Record<string, string> = {}): HttpResponse => ({ status: 200, headers, body });

const tagged = (etag: string | undefined): Record<string, string> => (etag === undefined ? {} : { etag });

const nextCursor = ({ owner, query, page }: Listing): string | undefined =>
  page.next && toCursor(owner, query, page.next);

const ownerOfToken = (actor: Actor): UserId => {
  if (actor.kind !== 'owner') throw new Error('a task route was reached without an authenticated user');
  return actor.userId;
};

const changesPosition = {
  cursor: Type.String({ description: 'Send it as `since` to get what changes after this page.' }),
  has_more: Type.Boolean({ description: 'Whether there is more already. A page may be empty and still have more.' }),
};

/** Owner in the path, bare resources, RFC 9457 errors. */
export const pathOwnerStyle: ApiStyle = {
  name: 'bare',
  prefix: '/api/:user_id/tasks',
  tag: 'Tasks, owner in the path',
  ownerOf: (request, actor) => {
    const { user_id } = request.params as { user_id: string };
    // `/api/tasks/tasks` is a path of the other style, so a user called `tasks` can use only that style.
    if (user_id === 'tasks') {
      throw new HttpError('route/not-found', 'The user called `tasks` has /api/tasks only. Use that path.');
    }
    assertMayAct(actor, user_id as UserId);
    return ownerOfToken(actor);
  },
  collection: (owner) => `/api/${encodeURIComponent(owner)}/tasks`,
  parameters: parameters.bare,
  responses: {
    task: ref(TaskSchema),
    list: Type.Array(ref(TaskSchema)),
    deleted: { status: 204, schema: undefined },
    batch: batchResultSchema(ref(ProblemSchema)),
    changes: Type.Object({ changes: Type.Array(ref(ChangeSchema)), ...changesPosition }),
    of: (result) => result,
    pageOf: (item) => Type.Array(item),
    error: { style: 'problem', schema: ref(ProblemSchema) },
  },
  wrap: (result) => result,
  page: (listing) => {
    const { owner, asked, query, page, prefix, etag } = listing;
    const path = `${prefix}${pathOwnerStyle.collection(owner)}`;
    return ok(page.tasks.map(toRecord), {
      ...tagged(etag),
      link: listLinks(path, asked, { ...query, next: nextCursor(listing) }),
      ...(page.total !== undefined && { 'x-total-count': String(page.total) }),
    });
  },
  cursorPage: ({ items, next, asked, path }) =>
    ok(items, { link: linkHeader(path, asked, { next: next === undefined ? undefined : { cursor: next } }) }),
  changesPage: ({ changes, cursor, hasMore }, etag) => ok({ changes, cursor, has_more: hasMore }, { etag }),
  deleted: { status: 204, headers: {} },
};

const success = Type.Literal(true);

const pageMeta = {
  limit: Type.Integer(),
  next_cursor: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'Send it as `cursor` to get the next page; `null` on the last page.',
  }),
};

/** Owner from the token, results and errors in an envelope. */
export const tokenOwnerStyle: ApiStyle = {
  name: 'envelope',
  prefix: '/api/tasks',
  tag: 'Tasks, owner from the token',
  ownerOf: (_request, actor) => ownerOfToken(actor),
  collection: () => '/api/tasks',
  parameters: parameters.envelope,
  responses: {
    task: Type.Object({ success, data: ref(TaskSchema) }),
    list: Type.Object({
      success,
      data: Type.Array(ref(TaskSchema)),
      meta: Type.Object({
        ...pageMeta,
        total: Type.Optional(Type.Integer({ description: 'The number of tasks on all pages, with `count=true`.' })),
      }),
    }),
    deleted: { status: 200, schema: Type.Object({ success }) },
    batch: Type.Object({ success, data: batchResultSchema(ref(FailureSchema)) }),
    changes: Type.Object({
      success,
      data: Type.Array(ref(ChangeSchema)),
      meta: Type.Object(changesPosition),
    }),
    of: (data) => Type.Object({ success, data }),
    pageOf: (item) => Type.Object({ success, data: Type.Array(item), meta: Type.Object(pageMeta) }),
    error: { style: 'failure', schema: ref(FailureSchema) },
  },
  wrap: (data) => ({ success: true, data }),
  page: (listing) => {
    const { query, page, etag } = listing;
    const meta = {
      limit: query.limit,
      next_cursor: nextCursor(listing) ?? null,
      ...(page.total !== undefined && { total: page.total }),
    };
    return ok({ success: true, data: page.tasks.map(toRecord), meta }, tagged(etag));
  },
  cursorPage: ({ items, limit, next = null }) => ok({ success: true, data: items, meta: { limit, next_cursor: next } }),
  changesPage: ({ changes, cursor, hasMore }, etag) =>
    ok({ success: true, data: changes, meta: { cursor, has_more: hasMore } }, { etag }),
  deleted: ok({ success: true }),
};

/** Returns the style of a path's errors, also where no route matches. */
export const styleOfPath = (url: string): ApiStyle => {
  const path = decodedPath(url) ?? url;
  return /^\/api\/tasks(?:[/?]|$)/.test(path) ? tokenOwnerStyle : pathOwnerStyle;
};
