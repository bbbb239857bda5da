import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { NoQuerySchema } from './tasks/schemas.ts';

/** Something that must work before requests are sent here; rejects while it does not. */
export type ReadinessCheck = () => Promise<void>;

const ready = Type.Object({
  status: Type.Enum(['ok', 'unavailable']),
  checks: Type.Record(
    Type.String(),
    Type.Object({ status: Type.Enum(['ok', 'unavailable']), detail: Type.Optional(Type.String()) }),
  ),
});

const runCheck = async (check: ReadinessCheck) => {
  try {
    await check();
    return { status: 'ok' };
  } catch (error) {
    return { status: 'unavailable', detail: error instanceof Error ? error.message : 'It failed.' };
  }
};

/** `/health`: the process lives. `/health/ready`: it can serve, and each check says whether it can. */
export const registerHealth = (app: FastifyInstance, checks: Readonly<Record<string, ReadinessCheck>>): void => {
  const tags = ['Health'];
  app.get(
    '/health',
    {
      schema: {
        tags,
        operationId: 'getHealth',
        summary: 'Whether the process lives',
        querystring: NoQuerySchema,
        response: {
          200: Type.Object({ status: Type.Literal('ok'), uptime_seconds: Type.Number() }, { description: 'It lives.' }),
        },
      },
    },
    async () => ({ status: 'ok', uptime_seconds: Math.round(process.uptime() * 10) / 10 }),
  );
  app.get(
    '/health/ready',
    {
      schema: {
        tags,
        operationId: 'getReadiness',
        summary: 'Whether it can serve',
        querystring: NoQuerySchema,
        response: {
          200: { ...ready, description: 'It can.' },
          503: { ...ready, description: 'Not now: see `checks`.' },
        },
      },
    },
    async (_request, reply) => {
      const names = Object.keys(checks);
      const results = await Promise.all(Object.values(checks).map(runCheck));
      const allOk = results.every(({ status }) => status === 'ok');
      if (!allOk) reply.code(503).header('retry-after', '2');
      return {
        status: allOk ? 'ok' : 'unavailable',
        checks: Object.fromEntries(names.map((name, index) => [name, results[index]])),
      };
    },
  );
};
