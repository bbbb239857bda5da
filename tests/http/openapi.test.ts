import { anApi } from '../support/http/api.ts';
import { overStores } from '../support/http/client.ts';
import { documentOf, type Operation, withoutFilledIn } from '../support/http/openapi-document.ts';

const collection = {
  get: ['401', '403', '422', '500', '503'],
  post: ['400', '401', '403', '413', '415', '422', '500', '503'],
};
const withBody = ['400', '401', '403', '404', '413', '415', '422', '500', '503'];
const one = { get: ['401', '403', '404', '422', '500', '503'], put: withBody, patch: withBody, delete: withBody };

const read = ['401', '403', '422', '500', '503'];
const write = ['400', '401', '403', '413', '415', '422', '500', '503'];
const belowCollection = {
  '/{id}/restore': { post: [...write, '404', '409', '410', '412'] },
  '/{id}/history': { get: [...read, '404'] },
  '/trash': { get: read, delete: write },
  '/trash/{id}': { delete: [...write, '404'] },
  '/changes': { get: [...read, '410'] },
  '/events': { get: [...read, '429'] },
  '/changes/{revision}/undo': { post: [...write, '404', '409', '410'] },
  '/summary': { get: read },
  '/limits': { get: read },
  '/settings': { get: read, patch: write },
  '/tags': { get: read },
  '/tags/{name}': { patch: [...write, '404', '409'], delete: [...write, '404'] },
  '/{id}/move': { post: [...write, '404', '409', '412'] },
  '/{id}/occurrences': { get: [...read, '404'] },
};
const below = (collection: string) =>
  Object.fromEntries(Object.entries(belowCollection).map(([path, statuses]) => [`${collection}${path}`, statuses]));

/** The error statuses that each operation can respond with. Only a path with a user can name another. */
const errorStatuses: Record<string, Record<string, string[]>> = {
  '/api/{user_id}/tasks': collection,
  '/api/{user_id}/tasks/{id}': one,
  '/api/{user_id}/tasks/{id}/complete': { patch: withBody },
  '/api/tasks': collection,
  '/api/tasks/{id}': one,
  '/api/tasks/{id}/complete': { patch: withBody },
  ...below('/api/{user_id}/tasks'),
  ...below('/api/tasks'),
  '/health': {},
  '/health/ready': {},
};

/** The query parameters of the operations that have some. */
const queryParameters: Record<string, string[]> = {
  listTasks: [
    ...['any_tag', 'completed_after', 'completed_before', 'count', 'cursor', 'due', 'due_after', 'due_before'],
    ...[
      'limit',
      'metadata',
      'offset',
      'order',
      'priority',
      'repeating',
      'search',
      'sort',
      'status',
      'tag',
      'tags',
      'untagged',
    ],
    'updated_after',
  ],
  listTrash: ['cursor', 'limit'],
  taskHistory: ['cursor', 'limit'],
  listOccurrences: ['cursor', 'limit'],
  listChanges: ['limit', 'since'],
  streamEvents: ['since'],
};

/** Every example in a value, and in what its references lead to. */
const examplesIn = (value: unknown, resolve: (reference: string) => unknown): unknown[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'examples' || key === 'example') return Array.isArray(inner) ? inner : [inner];
    return key === '$ref' ? examplesIn(resolve(inner), resolve) : examplesIn(inner, resolve);
  });
};

overStores(async (t, { app, tasks }) => {
  const { document, at, ajv } = await documentOf(app);
  const all = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]): [string, string, Operation] => [method, path, operation]),
  );
  const resolve = (reference: string) => document.components.schemas[reference.split('/').at(-1) as string];

  t.test('GET /openapi.json · OpenAPI 3.1, without a token', async (t) => {
    const response = await app.inject('/openapi.json');
    t.equal(response.statusCode, 200);
    t.match(response.headers['content-type'], /^application\/json/);
    t.match(document.openapi, /^3\.1\.\d+$/);
    t.type(document.info.title, 'string');
    t.equal(document.info.version, '0.0.0');
    t.notOk(response.body.includes('"text":"'), 'no keyword of our own is left in it');
  });

  t.test('GET /openapi.json · every route of both styles, and no other', async (t) => {
    const documented = Object.fromEntries(
      Object.entries(document.paths).map(([path, operations]) => [path, Object.keys(operations).sort()]),
    );
    const operations = {
      '': ['get', 'post'],
      '/batch': ['post'],
      '/{id}': ['delete', 'get', 'patch', 'put'],
      '/{id}/complete': ['patch'],
      '/{id}/move': ['post'],
      '/{id}/restore': ['post'],
      '/{id}/history': ['get'],
      '/{id}/occurrences': ['get'],
      '/trash': ['delete', 'get'],
      '/trash/{id}': ['delete'],
      '/changes': ['get'],
      '/events': ['get'],
      '/changes/{revision}/undo': ['post'],
      '/summary': ['get'],
      '/tags': ['get'],
      '/tags/{name}': ['delete', 'patch'],
      '/settings': ['get', 'patch'],
      '/limits': ['get'],
    };
    const under = (collection: string) =>
      Object.fromEntries(Object.entries(operations).map(([path, methods]) => [`${collection}${path}`, methods]));
    t.strictSame(documented, {
      ...under('/api/{user_id}/tasks'),
      ...under('/api/tasks'),
      '/api/limits': ['get'],
      '/health': ['get'],
      '/health/ready': ['get'],
    });
  });

  t.test('GET /openapi.json · ids are unique, references lead somewhere, schemas compile', async (t) => {
    const ids = all.map(([, , { operationId }]) => operationId);
    t.ok(ids.every(Boolean));
    t.equal(new Set(ids).size, ids.length);
    for (const [method, path, { responses, requestBody, parameters = [] }] of all) {
      for (const [status, { description, content = {} }] of Object.entries(responses)) {
        t.match(description, /^\w.*\.$/s, `${method} ${path} ${status}: description`);
        for (const type of Object.keys(content)) {
          t.type(at('paths', path, method, 'responses', status, 'content', type, 'schema'), 'function');
        }
      }
      for (const type of Object.keys(requestBody?.content ?? {})) {
        t.type(at('paths', path, method, 'requestBody', 'content', type, 'schema'), 'function');
      }
      for (const { schema } of parameters) t.ok(ajv.validateSchema(schema));
    }
  });

  for (const [method, path, operation] of all) {
    const isOpen = path.startsWith('/health') || path === '/api/limits';
    t.test(`${method.toUpperCase()} ${path} · summary, tags, security, parameters, examples, errors`, async (t) => {
      t.match(operation.summary, /^[A-Z]\w*/);
      t.equal(operation.tags?.length, 1);
      t.strictSame(operation.security ?? [], isOpen ? [] : [{ bearer: [] }]);
      t.ok(document.components.securitySchemes.bearer);

      const parameters = operation.parameters ?? [];
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = parameters.filter((parameter) => parameter.in === 'path');
      t.strictSame(declared.map(({ name }) => name).sort(), inPath.sort(), 'path parameters');
      t.ok(declared.every(({ required }) => required));
      const query = parameters.filter((parameter) => parameter.in === 'query');
      const inQuery = query.map(({ name }) => name);
      const known = queryParameters[operation.operationId.replace(/OfToken$/, '')] ?? [];
      t.strictSame(inQuery.sort(), known, 'query parameters');
      const demanded = query.filter(({ required }) => required).map(({ name }) => name);
      t.strictSame(demanded, [], 'no query parameter must be sent');

      t.ok(examplesIn(operation, resolve).length > 0, 'it has an example');
      for (const status of ['400', '408', '431']) {
        t.ok(operation.responses[status]?.content?.['application/problem+json'], `${status}, before the path is known`);
      }
      for (const status of errorStatuses[path]?.[method] ?? []) {
        if (status === '403' && !path.includes('{user_id}')) continue;
        t.ok(operation.responses[status], `${status} is documented`);
      }
    });

    const types = Object.keys(operation.requestBody?.content ?? {});
    if (types.length === 0) continue;
    t.test(`${method.toUpperCase()} ${path} · request body`, async (t) => {
      const merge = method === 'patch' && !path.endsWith('/complete') ? ['application/merge-patch+json'] : [];
      t.strictSame(types.sort(), ['application/json', ...merge]);
      for (const [type, media] of Object.entries(operation.requestBody?.content ?? {})) {
        const several = Object.values(media.examples ?? {}).map(({ value }) => value);
        const examples = [media.example ?? (media.schema as { examples?: unknown[] }).examples ?? several].flat();
        t.ok(examples.length > 0, `${type}: an example`);
        const validate = at('paths', path, method, 'requestBody', 'content', type, 'schema');
        for (const example of examples) t.ok(validate(example), `${JSON.stringify(example)} is as documented`);
      }
      t.equal(operation.requestBody?.required ?? false, !path.endsWith('/complete'), 'whether it must be there');
    });
  }

  t.test('GET /openapi.json · the version is the app’s, one document for all', async (t) => {
    const other = await anApi(t, tasks, { version: '9.8.7' });
    t.equal((await other.inject('/openapi.json')).json().info.version, '9.8.7');
  });

  t.test('GET /docs · interactive, offline: HTML, and nothing of another host', async (t) => {
    const elsewhere = /(?:https?:)?\/\/[a-z\d-]+(?:\.[a-z\d-]+)+/i;
    for (const path of ['/docs', '/docs/']) {
      const page = await app.inject(path);
      t.equal(page.statusCode, 200);
      t.match(page.headers['content-type'], /^text\/html/);
      t.notMatch(page.body, elsewhere);
      const assets = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url as string);
      t.ok(assets.length >= 4, assets.join(' '));
      for (const asset of assets) {
        const response = await app.inject(new URL(asset, `http://x${path}`).pathname);
        t.equal(response.statusCode, 200, asset);
        if (/index\.css|initializer/.test(asset)) t.notMatch(response.body.replace(/\/\/ .*$/gm, ''), elsewhere, asset);
        if (/\.css/.test(asset)) t.notMatch(response.body, /@import|url\(["']?(?:https?:)?\/\//, asset);
        if (asset.includes('initializer')) {
          t.match(response.body, /validatorUrl: null/, 'the document is not sent to a validator elsewhere');
          const [, from] = /resolveUrl\('\.\/([\w.]+)'\)/.exec(response.body) ?? [];
          t.strictSame(
            (await app.inject(`/docs/${from}`)).json(),
            withoutFilledIn(document),
            'what it shows is the document',
          );
        }
      }
    }
  });
});
