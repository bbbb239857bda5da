import type { Clause } from '../../clause.ts';
import { demandStatus } from '../../unmet.ts';

/** A token in an httpOnly cookie, where the server takes one. */
export const cookies: Clause[] = [
  {
    id: 'cookie.reads',
    says: 'A token in the cookie signs a read in.',
    mend: 'Look for the token in the cookie that AUTH_COOKIE names, where there is no Authorization header.',
    needs: ['cookie'],
    async check({ send, mine, me, cookie }) {
      demandStatus(await send({ method: 'GET', path: mine, headers: { cookie: `${cookie}=${me.token}` } }), 200);
    },
  },
  {
    id: 'cookie.writes-from-listed-origin',
    says: 'A cookie may write only with an Origin on the CORS list; else 403.',
    mend: 'Demand a listed Origin for every write by cookie: browsers send cookies along with anybody’s page.',
    needs: ['cookie'],
    async check({ send, mine, me, cookie, origin }) {
      const write = (headers: Record<string, string>) =>
        send({
          method: 'POST',
          path: mine,
          body: { title: 'x' },
          headers: { cookie: `${cookie}=${me.token}`, ...headers },
        });
      demandStatus(await write({ origin }), 201);
      demandStatus(await write({}), 403);
      demandStatus(await write({ origin: 'https://elsewhere.example' }), 403);
    },
  },
  {
    id: 'cookie.header-first',
    says: 'An Authorization header, even a bad one, is the only credential that is looked at.',
    mend: 'Do not fall back to the cookie where there is a header.',
    needs: ['cookie'],
    async check({ send, mine, me, cookie }) {
      const headers = { cookie: `${cookie}=${me.token}`, authorization: 'Bearer nonsense' };
      demandStatus(await send({ method: 'GET', path: mine, headers }), 401);
    },
  },
];
