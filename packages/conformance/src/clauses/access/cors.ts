import { type Clause, missingId, type Probe } from '../../clause.ts';
import type { HttpResponse } from '../../http-messages.ts';
import { demand, demandSame, demandStatus } from '../../unmet.ts';

const unlisted = ['https://unlisted.example', 'null'];
const allowOrigin = 'access-control-allow-origin';

const namesIn = (header: string | undefined): string[] => (header ?? '').toLowerCase().split(/\s*,\s*/);

const demandCors = (response: HttpResponse, origin: string): void => {
  demandSame(response, 'Access-Control-Allow-Origin', response.headers[allowOrigin], origin);
  const credentials = response.headers['access-control-allow-credentials'];
  demandSame(response, 'Access-Control-Allow-Credentials', credentials, 'true');
};

const demandNone = (response: HttpResponse): void =>
  demand(
    response,
    response.headers[allowOrigin] === undefined,
    'no Access-Control-Allow-Origin',
    `${allowOrigin}: ${response.headers[allowOrigin]}`,
  );

/** Refusals of all kinds that a page may meet. */
const rejections = async (
  { call, send, mine, add }: Probe,
  headers: Record<string, string>,
): Promise<HttpResponse[]> => {
  const { id } = await add();
  const text = { ...headers, 'content-type': 'text/plain' };
  return [
    await call('POST', '', '{', headers),
    await send({ method: 'GET', path: mine, headers }),
    await call('GET', `/${missingId}`, undefined, headers),
    await call('GET', '/1/2/3', undefined, headers),
    await call('PUT', '', { title: 'x' }, headers),
    await call('PUT', `/${id}`, { title: 'x' }, { ...headers, 'if-match': '"none"' }),
    await call('POST', '', 'x', text),
    await call('POST', '', {}, headers),
    await call('GET', '?limit=0', undefined, headers),
  ];
};

const preflight = ({ send, mine, origin }: Probe, path: string, method: string, from = origin) =>
  send({
    method: 'OPTIONS',
    path: `${mine}${path}`,
    headers: {
      origin: from,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,content-type,if-match,if-none-match,idempotency-key',
    },
  });

/** Which pages of other origins may read what. */
export const cors: Clause[] = [
  {
    id: 'cors.answers',
    says: 'A success carries CORS headers for a listed origin, with credentials.',
    mend: 'Echo the origin in Access-Control-Allow-Origin, with Access-Control-Allow-Credentials: true. Is ORIGIN one that the server lists?',
    async check({ call, origin, add }) {
      const { id } = await add();
      demandCors(await call('GET', '', undefined, { origin }), origin);
      demandCors(await call('POST', '', { title: 'x' }, { origin }), origin);
      demandCors(await call('DELETE', `/${id}`, undefined, { origin }), origin);
    },
  },
  {
    id: 'cors.errors',
    says: 'Errors, 401 and 404 included, carry CORS headers for a listed origin.',
    mend: 'Add the headers before anything can be refused: without them a browser hides the error from the page.',
    async check(probe) {
      for (const response of await rejections(probe, { origin: probe.origin })) demandCors(response, probe.origin);
    },
  },
  {
    id: 'cors.unlisted',
    says: 'Nothing carries Access-Control-Allow-Origin for an origin that is not listed.',
    mend: 'Compare origins exactly, and never return `*` or an origin that is not listed.',
    async check(probe) {
      for (const origin of [...unlisted, `${probe.origin}.example`]) {
        demandNone(await probe.call('GET', '', undefined, { origin }));
        demandNone(await probe.send({ method: 'GET', path: probe.mine, headers: { origin } }));
      }
    },
  },
  {
    id: 'cors.preflight',
    says: 'A preflight needs no token, and allows the methods and headers of every operation.',
    mend: 'Answer OPTIONS with 2xx before tokens are asked for, and allow GET, POST, PUT, PATCH and DELETE.',
    anonymous: true,
    async check(probe) {
      for (const [path, ...methods] of [
        ['', 'GET', 'POST'],
        ['/1', 'GET', 'PUT', 'PATCH', 'DELETE'],
        ['/1/complete', 'PATCH'],
      ] as const) {
        for (const method of methods) {
          const response = await preflight(probe, path, method);
          demandStatus(response, 204, 200);
          demandCors(response, probe.origin);
          const allowed = namesIn(response.headers['access-control-allow-methods']);
          demand(response, allowed.includes(method.toLowerCase()), `${method} among ${allowed.join(', ')}`);
          const headers = namesIn(response.headers['access-control-allow-headers']);
          for (const name of ['authorization', 'content-type', 'if-match', 'if-none-match', 'idempotency-key']) {
            demand(response, headers.includes(name), `${name} in Access-Control-Allow-Headers`, headers.join(', '));
          }
        }
      }
    },
  },
  {
    id: 'cors.preflight-unlisted',
    says: 'A preflight from an origin that is not listed is not allowed.',
    mend: 'Leave Access-Control-Allow-Origin out.',
    anonymous: true,
    async check(probe) {
      for (const origin of unlisted) demandNone(await preflight(probe, '', 'POST', origin));
    },
  },
  {
    id: 'cors.exposed',
    says: 'Pages may read ETag, Link, Location, X-Request-Id, X-Total-Count, Retry-After and Idempotency-Replayed.',
    mend: 'Name them in Access-Control-Expose-Headers: a browser hides all others.',
    async check({ call, origin }) {
      const response = await call('GET', '', undefined, { origin });
      const exposed = namesIn(response.headers['access-control-expose-headers']);
      for (const name of ['ETag', 'Link', 'Location', 'X-Request-Id', 'X-Total-Count', 'Retry-After']) {
        demand(response, exposed.includes(name.toLowerCase()), `${name} to be exposed`, exposed.join(', '));
      }
      demand(response, exposed.includes('idempotency-replayed'), 'Idempotency-Replayed to be exposed');
    },
  },
  {
    id: 'cors.open-paths',
    says: 'The paths without a token, and those that lead nowhere, carry CORS headers too.',
    mend: 'Add the headers to every response of the server, not only to those of tasks.',
    styles: 'server',
    anonymous: true,
    async check({ send, origin }) {
      for (const path of ['/health', '/health/ready', '/openapi.json', '/a-path-that-leads-nowhere']) {
        demandCors(await send({ method: 'GET', path, headers: { origin } }), origin);
      }
    },
  },
];
