import type { Caller } from './api.ts';

/** A path that another backend has where the contract has the collection of a user. */
export const otherCollections = {
  '/api/v1/tasks': () => '/api/v1/tasks',
  '/api/v1/todos': () => '/api/v1/todos',
  '/api/todos': () => '/api/todos',
  '/api/users/{uid}/tasks': ({ userId }: Caller) => `/api/users/${encodeURIComponent(userId)}/tasks`,
  '/api/{uid}/todos': ({ userId }: Caller) => `/api/${encodeURIComponent(userId)}/todos`,
} as const;

/** A request in the spelling of another backend. */
export interface OtherRequest {
  readonly method: string;
  /** Under the collection. */
  readonly path: string;
  readonly body?: unknown;
}

/** The requests that other backends have on a collection: the contract's, and those that it spells another way. */
export const otherRequests = (id: number, search: string): readonly OtherRequest[] => [
  { method: 'GET', path: '' },
  { method: 'GET', path: `/filtered?status=pending&sort_by=title&search=${encodeURIComponent(search)}` },
  { method: 'GET', path: `/search?q=${encodeURIComponent(search)}` },
  { method: 'GET', path: `/${id}` },
  { method: 'PUT', path: `/${id}`, body: { status: 'completed' } },
  { method: 'PATCH', path: `/${id}/status`, body: { status: 'DONE' } },
  { method: 'PATCH', path: `/${id}/toggle` },
  { method: 'PATCH', path: `/${id}/complete?completed=true` },
  { method: 'DELETE', path: `/${id}` },
];

/** Returns whether a URL names a user's collection as another backend does. */
export const isOtherCollectionOf = (caller: Caller, url: string): boolean =>
  (['/api/users/{uid}/tasks', '/api/{uid}/todos'] as const).some((name) =>
    url.startsWith(otherCollections[name](caller)),
  );
