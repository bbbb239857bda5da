import type { Clause } from '../../clause.ts';
import { demand, demandSame, demandStatus } from '../../unmet.ts';

/** What those ask who run the server. */
export const health: Clause[] = [
  {
    id: 'health.lives',
    says: 'GET /health returns 200 {"status": "ok", …} without a token, and with a bad one.',
    mend: 'Answer as long as the process lives, and ask neither the database nor for a token.',
    styles: 'server',
    anonymous: true,
    async check({ send }) {
      for (const headers of [{}, { authorization: 'Bearer nonsense' }]) {
        const response = await send({ method: 'GET', path: '/health', headers });
        demandStatus(response, 200);
        demandSame(response, '`status`', (response.json as { status?: unknown } | undefined)?.status, 'ok');
      }
    },
  },
  {
    id: 'health.ready',
    says: 'GET /health/ready returns 200, or 503 with Retry-After, and lists each check.',
    mend: 'List under `checks` what is needed to serve, the database among it, each with its `status`.',
    styles: 'server',
    anonymous: true,
    async check({ send }) {
      const response = await send({ method: 'GET', path: '/health/ready' });
      demandStatus(response, 200, 503);
      const { checks } = (response.json ?? {}) as { checks?: Record<string, { status?: unknown }> };
      const listed = Object.values(checks ?? {});
      demand(response, listed.length > 0, '`checks`, with at least one');
      demand(
        response,
        listed.every((check) => typeof check?.status === 'string'),
        'a `status` with each check',
      );
      if (response.status === 503) demand(response, response.headers['retry-after'] !== undefined, 'Retry-After');
    },
  },
];
