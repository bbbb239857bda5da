import type { Clause } from '../clause.ts';
import { faces } from '../faces.ts';
import { demand, demandHeader, demandStatus } from '../unmet.ts';

interface Document {
  readonly openapi?: unknown;
  readonly paths?: Record<string, Record<string, unknown>>;
}

const operations = [
  ['', 'get', 'post'],
  ['/{}', 'get', 'put', 'patch', 'delete'],
  ['/{}/complete', 'patch'],
] as const;

// Parameters may be called anything.
const plain = (path: string) => path.replace(/\{[^}]*\}/g, '{}').replace(/(.)\/$/, '$1');

/** What the server says of itself. */
export const document: Clause[] = [
  {
    id: 'document.openapi',
    says: 'GET /openapi.json is an OpenAPI 3.1 document, without a token.',
    mend: 'Serve the document, with `"openapi": "3.1.…"`.',
    faces: 'server',
    anonymous: true,
    async check({ send }) {
      const answer = await send({ method: 'GET', path: '/openapi.json' });
      demandStatus(answer, 200);
      const { openapi } = (answer.json ?? {}) as Document;
      demand(answer, /^3\.1\.\d/.test(String(openapi)), '`openapi` to be 3.1', `openapi ${String(openapi)}`);
    },
  },
  {
    id: 'document.operations',
    says: 'The document has every operation on tasks.',
    mend: 'Describe what is served, under the paths under which it is.',
    anonymous: true,
    async check({ send, face }) {
      const answer = await send({ method: 'GET', path: '/openapi.json' });
      demandStatus(answer, 200);
      const { paths = {} } = (answer.json ?? {}) as Document;
      const described = new Map(Object.entries(paths).map(([path, item]) => [plain(path), item]));
      const base = face === faces.bare ? '/api/{}/tasks' : '/api/tasks';
      for (const [path, ...methods] of operations) {
        const item = described.get(`${base}${path}`) ?? {};
        const got = `${base}${path}: ${Object.keys(item).join(', ') || 'not described'}`;
        for (const method of methods) demand(answer, method in item, `${method} of ${base}${path}`, got);
      }
    },
  },
  {
    id: 'document.page',
    says: 'GET /docs is a page to try the operations on.',
    mend: 'Serve an interactive page of the document.',
    faces: 'server',
    anonymous: true,
    async check({ send }) {
      const answer = await send({ method: 'GET', path: '/docs' });
      demandStatus(answer, 200);
      demandHeader(answer, 'Content-Type', /^text\/html\b/, 'text/html');
    },
  },
];
