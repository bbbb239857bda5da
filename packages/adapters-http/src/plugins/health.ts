import { isUseCaseError } from '@taskward/application';
import { NoQuerySchema } from '@taskward/task-schemas';
import fp from 'fastify-plugin';
import { Type } from 'typebox';
import { HttpError } from '../errors/http-error.ts';
import { problemContent, unparsedRequest } from '../errors/problem.ts';

/** Checks something that the server needs. Rejects while it does not work. */
export type ReadinessCheck = () => Promise<void>;

/** The paths of the health checks. */
export const healthPaths = ['/health', '/health/ready'];

const checkMilliseconds = 3_000;
const cacheMilliseconds = 1_000;

const state = Type.Enum(['ok', 'unavailable']);

const Health = Type.Object(
  { status: Type.Literal('ok'), uptime_seconds: Type.Number() },
  { examples: [{ status: 'ok', uptime_seconds: 12.3 }] },
);

const readiness = (status: string, detail: Record<string, string>) =>
  Type.Object(
    {
      status: state,
      checks: Type.Record(Type.String(), Type.Object({ status: state, detail: Type.Optional(Type.String()) })),
    },
    { examples: [{ status, checks: { database: { status, ...detail }, server: { status: 'ok' } } }] },
  );

const responseOf = (description: string, schema: object, headers = {}) => ({
  description,
  headers,
  content: { 'application/json': { schema } },
});

const errorResponses = {
  ...unparsedRequest(),
  422: { description: 'The request has query parameters: there are none.', headers: {}, content: problemContent },
};
const retryAfter = { 'Retry-After': { ...Type.Integer(), description: 'Seconds to wait before the next attempt.' } };

// Anybody may ask, so only messages that are written for clients are shown.
const detailOf = (error: unknown) =>
  isUseCaseError(error) || error instanceof HttpError ? error.message : 'It does not work right now.';

interface CheckResult {
  readonly status: 'ok' | 'unavailable';
  readonly detail?: string;
}

const outcomeOf = async (check: ReadinessCheck): Promise<CheckResult> => {
  try {
    await check();
    return { status: 'ok' };
  } catch (error) {
    return { status: 'unavailable', detail: detailOf(error) };
  }
};

/** Bounds the load that clients can cause: one check runs at a time, and its result is cached for a second. */
const makeCachedCheck = (check: ReadinessCheck): (() => Promise<CheckResult>) => {
  let running: Promise<CheckResult> | undefined;
  let last: { readonly result: CheckResult; readonly until: number } | undefined;
  return async () => {
    if (last !== undefined && performance.now() < last.until) return last.result;
    running ??= outcomeOf(check).then((result) => {
      running = undefined;
      last = { result, until: performance.now() + cacheMilliseconds };
      return result;
    });
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<CheckResult>((resolve) => {
      timer = setTimeout(() => resolve({ status: 'unavailable', detail: detailOf(undefined) }), checkMilliseconds);
    });
    return Promise.race([running, tooLate]).finally(() => clearTimeout(timer));
  };
};

interface HealthOptions {
  /** What must work for the server to be ready, by name. */
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
  /** Whether the server is about to stop. */
  readonly isDraining: () => boolean;
}

/** Serves `/health`, whether the process lives, and `/health/ready`, whether it can serve requests. */
export const health = fp<HealthOptions>(
  async (app, { checks, isDraining }) => {
    const cachedChecks = Object.entries(checks).map(([name, check]) => [name, makeCachedCheck(check)] as const);
    const base = { tags: ['Health'], querystring: NoQuerySchema };
    app.get(
      '/health',
      {
        schema: {
          ...base,
          operationId: 'getHealth',
          summary: 'Liveness check',
          response: { 200: responseOf('The process is running.', Health), ...errorResponses },
        },
      },
      async () => ({ status: 'ok', uptime_seconds: Math.round(process.uptime() * 10) / 10 }),
    );
    app.get(
      '/health/ready',
      {
        schema: {
          ...base,
          operationId: 'getReadiness',
          summary: 'Readiness check',
          response: {
            200: responseOf('The server can serve requests.', readiness('ok', {})),
            503: responseOf(
              'The server cannot serve requests now: `checks` says why.',
              readiness('unavailable', { detail: 'The database cannot be reached right now.' }),
              retryAfter,
            ),
            ...errorResponses,
          },
        },
      },
      async (_request, reply) => {
        const results = await Promise.all(cachedChecks.map(async ([name, check]) => [name, await check()] as const));
        const server = isDraining()
          ? { status: 'unavailable', detail: 'The server is shutting down.' }
          : { status: 'ok' };
        const all = Object.fromEntries([...results, ['server', server] as const]);
        const ready = Object.values(all).every(({ status }) => status === 'ok');
        if (!ready) reply.code(503).header('retry-after', '2');
        return { status: ready ? 'ok' : 'unavailable', checks: all };
      },
    );
  },
  { name: 'health' },
);
