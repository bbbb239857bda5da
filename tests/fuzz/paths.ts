// Paths of the document, filled in, and what lies beside them and beyond.
import fc from 'fast-check';
import { brokenEscapes, numbers, oddEscapes, text } from './near-misses.ts';
import { encoded, type Subject } from './queries.ts';

const encodedWhole = (value: string) => Buffer.from(value).toString('hex').replace(/../g, '%$&');

const ids = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 14 }).map(String) },
  { weight: 2, arbitrary: fc.constantFrom(...numbers).map(encoded) },
  { weight: 1, arbitrary: text.map(encoded) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...brokenEscapes,
      ...oddEscapes,
      '%31',
      'batch',
      'trash',
      'changes',
      '1;x',
      '1.json',
      '1%00',
    ),
  },
);

const userIds = (userId: string) =>
  fc.oneof(
    { weight: 20, arbitrary: fc.constant(encoded(userId)) },
    fc.constantFrom(
      encodedWhole(userId),
      userId.toUpperCase(),
      'tasks',
      'me',
      encoded('x'.repeat(4000)),
      `${encoded(userId)}%00`,
    ),
    text.map(encoded),
    fc.constantFrom(...brokenEscapes, ...oddEscapes),
  );

/** Paths that lie beside a documented one. */
const beside = (path: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    ...[`${path}/`, `${path}//`, `/${path}`, `${path}/x`, `${path}/.`, `${path}/..`, `/.${path}`, `/x/..${path}`],
    ...[
      path.replaceAll('/', '//'),
      path.replaceAll('/', '%2F'),
      path.replace(/\/(?=[^/]*$)/, '%2F'),
      path.replaceAll('/', '\\'),
    ],
    ...[
      path.toUpperCase(),
      path.replace(/[a-z]/, encodedWhole),
      path.replace(/.$/, ''),
      `${path}s`,
      `${path}.json`,
      `${path};x=1`,
    ],
    ...[
      `${path}#x`,
      `${path}%3Fx`,
      `${path}%23`,
      `${path}%00`,
      `${path} `,
      `${path}${'/x'.repeat(500)}`,
      `${path}/${'x'.repeat(5000)}`,
    ],
    ...[
      `${path}&x`,
      `${path}*`,
      `/v1${path}`,
      path.slice(1),
      path.replace('/api', ''),
      `${path}%`,
      `${path}/%FF`,
      `${path}/é`,
    ],
  );

/** Paths that are not in the document. */
export const elsewhere = fc.oneof(
  fc.constantFrom(
    ...[
      '/',
      '//',
      '/api',
      '/api/',
      '/api/tasks/1/2/3',
      '/favicon.ico',
      '/robots.txt',
      '/.env',
      '/*',
      '*',
      '/metrics',
      '/health/x',
    ],
    ...[
      '/openapi.json',
      '/openapi.json/',
      '/openapi.yaml',
      '/openapi.json?x=1',
      '/api/auth/token',
      '/__proto__',
      '/constructor',
    ],
    ...[
      '/docs',
      '/docs/',
      '/docs/json',
      '/docs/yaml',
      '/docs/static',
      '/docs/static/',
      '/docs/static/index.html',
      '/docs/x',
    ],
    ...[
      '/docs/static/index.css',
      '/docs/static/swagger-initializer.js',
      '/docs/static/swagger-ui.css',
      '/docs/static/x.js',
    ],
    ...[
      '/docs/static/../index.ts',
      '/docs/static/%2e%2e/%2e%2e/package.json',
      '/docs/static/..%2fx',
      '/docs/static/%00',
    ],
    ...[
      '/docs/static/.',
      '/docs/static//index.css',
      '/docs/static/index.css/',
      '/docs/static/logo.svg%00',
      '/docs/static/C:x',
    ],
    ...['/docs/static/index.css', '/docs/static/theme/x', '/docs/static/*', '/docs/static/é', '/docs/static/%FF'],
  ),
  fc.webPath(),
  text.map((one) => `/${encoded(one)}`),
);

/** Paths of an operation: its own, mostly, and those beside it. */
export const pathsOf = (template: string, { userId }: Subject): fc.Arbitrary<string> => {
  const exact = fc.tuple(userIds(userId), ids).map(([user, id]) => {
    return template.replace('{user_id}', () => user).replace(/\{(id|revision)\}/, () => id);
  });
  const near = exact.chain(beside);
  return fc.oneof({ weight: 14, arbitrary: exact }, { weight: 1, arbitrary: near });
};
