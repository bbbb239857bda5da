import type { Clause } from '../clause.ts';
import { demand, demandSame, demandStatus } from '../unmet.ts';

/** What those ask who run the server. */
export const health: Clause[] = [
  {
    id: 'health.lives',
    says: 'GET /health answers 200 {"status": "ok", …} without a token, and with a bad one.',
    mend: 'Answer as long as the process lives, and ask neither the database nor for a token.',
    faces: 'server',
    anonymous: true,
    async check({ send }) {
      for (const headers of [{}, { authorization: 'Bearer nonsense' }]) {
        const answer = await send({ method: 'GET', path: '/health', headers });
        demandStatus(answer, 200);
        demandSame(answer, '`status`', (answer.json as { status?: unknown } | undefined)?.status, 'ok');
      }
    },
  },
  {
    id: 'health.ready',
    says: 'GET /health/ready answers 200, or 503 with Retry-After, and lists each check.',
    mend: 'List under `checks` what is needed to serve, the database among it, each with its `status`.',
    faces: 'server',
    anonymous: true,
    async check({ send }) {
      const answer = await send({ method: 'GET', path: '/health/ready' });
      demandStatus(answer, 200, 503);
      const { checks } = (answer.json ?? {}) as { checks?: Record<string, { status?: unknown }> };
      const listed = Object.values(checks ?? {});
      demand(answer, listed.length > 0, '`checks`, with at least one');
      demand(
        answer,
        listed.every((check) => typeof check?.status === 'string'),
        'a `status` with each check',
      );
      if (answer.status === 503) demand(answer, answer.headers['retry-after'] !== undefined, 'Retry-After');
    },
  },
];
