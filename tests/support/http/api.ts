import { buildHttpApp, type HttpOptions } from '@taskward/adapters-http';
import { makeIdempotencyStore, makeOwnerPorts, makePolledChangeFeed } from '@taskward/adapters-postgres';
import {
  type ChangeFeed,
  type Clock,
  type IdempotencyStore,
  type Limits,
  makeUseCases,
  type OwnerPorts,
  type TaskRepository,
} from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { absentPorts } from '../absent-ports.ts';
import { aSteadyClock, aUser } from '../builders.ts';
import { makeMemoryStores } from '../memory-stores.ts';
import { calendar, keys } from '../planning.ts';
import { sharedDatabase } from '../postgres/database.ts';
import { aToken, secret } from './tokens.ts';

interface Scope {
  teardown(close: () => Promise<void>): void;
}

/** The stores of an API. */
export interface Stores extends OwnerPorts {
  readonly idempotency: IdempotencyStore;
  readonly feed?: ChangeFeed;
}

/** The two kinds of stores that every HTTP test runs over. */
export const stores = {
  memory: async (_scope: Scope): Promise<Stores> => makeMemoryStores(),
  PostgreSQL: async (scope: Scope): Promise<Stores> => {
    const database = await sharedDatabase(scope);
    const feed = makePolledChangeFeed(database);
    scope.teardown(async () => feed.close());
    return { ...makeOwnerPorts({ database }), idempotency: makeIdempotencyStore({ database }), feed };
  },
};

/** Claims are judged by time alone. */
export const anyClaims = { issuers: [], audiences: [], maxAgeSeconds: 604_800 };

export const origin = 'http://localhost:3000';

/**
 * Builds the HTTP app as apps/api does, over given stores. It is closed when the test ends.
 * @param build what builds it, such as a build with deliberate faults
 */
export const anApi = async (
  scope: Scope,
  store: TaskRepository | (Pick<Stores, 'tasks'> & Partial<Stores>),
  options: Partial<HttpOptions> & { clock?: Clock; limits?: Limits } = {},
  build = buildHttpApp,
): Promise<FastifyInstance> => {
  const { clock = aSteadyClock(), limits, ...rest } = options;
  const given = { ...absentPorts, ...('tasks' in store ? store : { tasks: store }) };
  const app = await build({
    useCases: makeUseCases({ ...given, clock, calendar, keys, ...(limits && { limits }) }),
    auth: { secret: { value: secret, algorithms: ['HS256'] }, policy: anyClaims },
    rateLimit: { max: 1_000_000, windowSeconds: 60 },
    corsOrigins: [origin],
    readiness: { database: async () => {} },
    version: '0.0.0',
    ...rest,
  });
  scope.teardown(() => app.close());
  await app.ready();
  return app;
};

/** A user with a token, and their collection on both styles. */
export interface Caller {
  readonly userId: UserId;
  readonly token: string;
  /** `/api/{user_id}/tasks` */
  readonly bare: string;
  call(
    method: InjectOptions['method'],
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
}

/** Headers of a request for the contract alone: nothing of it is translated from the spelling of another backend. */
export const strictly = { prefer: 'handling=strict' };

/** A signed-in user of the API. Bodies that are not text are sent as JSON. @param always headers of each request */
export const aCaller = (
  app: FastifyInstance,
  userId: UserId = aUser(),
  always: Readonly<Record<string, string>> = {},
): Caller => {
  const token = aToken({ sub: userId });
  return {
    userId,
    token,
    bare: `/api/${encodeURIComponent(userId)}/tasks`,
    call: (method, url, body, headers = {}) =>
      app.inject({
        method: method as 'GET',
        url,
        ...(body !== undefined && { payload: body as string | object }),
        headers: { authorization: `Bearer ${token}`, ...always, ...headers },
      }),
  };
};

/** Both styles, as a client sees them: where the collection is and how to get at what was sent. */
export const styles = {
  bare: {
    collection: ({ bare }: Caller) => bare,
    data: (response: LightMyRequestResponse) => response.json(),
    sentence: (response: LightMyRequestResponse): string => response.json().detail,
    mediaType: 'application/problem+json; charset=utf-8',
    deleted: 204,
  },
  envelope: {
    collection: () => '/api/tasks',
    data: (response: LightMyRequestResponse) => response.json().data,
    sentence: (response: LightMyRequestResponse): string => response.json().error,
    mediaType: 'application/json; charset=utf-8',
    deleted: 200,
  },
} as const;
