import { styles } from '../../api-styles.ts';
import type { Clause } from '../../clause.ts';
import { demand, demandHeader, demandStatus } from '../../unmet.ts';

interface Document {
  readonly openapi?: unknown;
  readonly paths?: Record<string, Record<string, unknown>>;
}

const operations = [
  ['', 'get', 'post'],
  ['/{}', 'get', 'put', 'patch', 'delete'],
  ['/{}/complete', 'patch'],
  ['/{}/move', 'post'],
  ['/{}/occurrences', 'get'],
  ['/batch', 'post'],
  ['/summary', 'get'],
  ['/tags', 'get'],
  ['/tags/{}', 'patch', 'delete'],
  ['/settings', 'get', 'patch'],
  ['/limits', 'get'],
] as const;

// Parameters may be called anything.
const plain = (path: string) => path.replace(/\{[^}]*\}/g, '{}').replace(/(.)\/$/, '$1');

/** What the server says of itself. */
export const document: Clause[] = [
  {
    id: 'document.openapi',
    says: 'GET /openapi.json is an OpenAPI 3.1 document, without a token.',
    mend: 'Serve the document, with `"openapi": "3.1.…"`.',
    styles: 'server',
    anonymous: true,
    async check({ send }) {
      const response = await send({ method: 'GET', path: '/openapi.json' });
      demandStatus(response, 200);
      const { openapi } = (response.json ?? {}) as Document;
      demand(response, /^3\.1\.\d/.test(String(openapi)), '`openapi` to be 3.1', `openapi ${String(openapi)}`);
    },
  },
  {
    id: 'document.operations',
    says: 'The document has every operation on tasks.',
    mend: 'Describe what is served, under the paths under which it is.',
    anonymous: true,
    async check({ send, style }) {
      const response = await send({ method: 'GET', path: '/openapi.json' });
      demandStatus(response, 200);
      const { paths = {} } = (response.json ?? {}) as Document;
      const described = new Map(Object.entries(paths).map(([path, item]) => [plain(path), item]));
      const base = style === styles.bare ? '/api/{}/tasks' : '/api/tasks';
      for (const [path, ...methods] of operations) {
        const item = described.get(`${base}${path}`) ?? {};
        const got = `${base}${path}: ${Object.keys(item).join(', ') || 'not described'}`;
        for (const method of methods) demand(response, method in item, `${method} of ${base}${path}`, got);
      }
    },
  },
  {
    id: 'document.page',
    says: 'GET /docs is a page to try the operations on.',
    mend: 'Serve an interactive page of the document.',
    styles: 'server',
    anonymous: true,
    async check({ send }) {
      const response = await send({ method: 'GET', path: '/docs' });
      demandStatus(response, 200);
      demandHeader(response, 'Content-Type', /^text\/html\b/, 'text/html');
    },
  },
];
