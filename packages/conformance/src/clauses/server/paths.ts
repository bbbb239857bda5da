import type { Clause } from '../../clause.ts';
import { demandStatus } from '../../unmet.ts';

/** How paths may be written. */
export const paths: Clause[] = [
  {
    id: 'paths.slash',
    says: 'Every path is served with and without a slash at its end, without a redirect.',
    mend: 'Serve both: a redirect loses the body or the token, and fails a preflight.',
    async check({ add, call, style }) {
      const { id } = await add();
      demandStatus(await call('GET', '/'), 200);
      demandStatus(await call('GET', '/?limit=1'), 200);
      demandStatus(await call('POST', '/', { title: 'x' }), 201);
      demandStatus(await call('GET', `/${id}/`), 200);
      demandStatus(await call('PUT', `/${id}/`, { title: 'y' }), 200);
      demandStatus(await call('PATCH', `/${id}/complete/`), 200);
      demandStatus(await call('DELETE', `/${id}/`), style.deletedStatus);
    },
  },
  {
    id: 'paths.open-slash',
    says: 'So are the paths without a token.',
    mend: 'Serve /health/ as /health.',
    styles: 'server',
    anonymous: true,
    async check({ send }) {
      for (const path of ['/health/', '/openapi.json/']) demandStatus(await send({ method: 'GET', path }), 200);
    },
  },
];
