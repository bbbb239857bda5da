import swaggerUi from '@fastify/swagger-ui';
import fp from 'fastify-plugin';
import { addVary } from '../messages/vary.ts';
import { forwardedHeaders, type PublicUrl } from '../server/public-url.ts';

interface DocsOptions {
  readonly publicUrl: PublicUrl;
}

interface Parameter {
  readonly required?: boolean;
  readonly example?: unknown;
}
type Paths = Readonly<Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>>;

const withoutExample = (parameter: Parameter): Parameter => {
  if (parameter.required) return parameter;
  const { example: _none, ...others } = parameter;
  return others;
};

const mapValues = <From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

// The page would fill in all of these, and a list that is tried would be filtered by everything at once.
const withoutOptionalExamples = (paths: Paths) =>
  mapValues(paths, (path) =>
    mapValues(path, (operation) =>
      operation.parameters === undefined
        ? operation
        : { ...operation, parameters: operation.parameters.map(withoutExample) },
    ),
  );

const servers = (url: string) => [{ url, description: 'This server' }];

/** Serves the OpenAPI document at `/openapi.json` and, for people, at `/docs`. Neither needs a token. */
export const docs = fp<DocsOptions>(
  async (app, { publicUrl }) => {
    app.addHook('onRoute', (route) => {
      route.onRequest = [app.rateLimit.countAddress, ...[route.onRequest ?? []].flat()];
      // The library redirects to an absolute path, which lacks a proxy's prefix.
      if (route.url === '/docs/static/index.html') route.handler = async (_request, reply) => reply.redirect('../');
    });
    // The document is large and does not change: it is serialized once, in two parts around the server's URL.
    const mark = 'taskward-server-url';
    let parts: string[] | undefined;
    app.get('/openapi.json', { schema: { hide: true } }, async (request, reply) => {
      parts ??= JSON.stringify({ ...app.swagger(), servers: servers(mark) }).split(JSON.stringify(mark));
      addVary(reply, forwardedHeaders);
      return reply
        .type('application/json; charset=utf-8')
        .serializer((text: string) => text)
        .send(parts.join(JSON.stringify(publicUrl.serverOf(request))));
    });
    let paths: ReturnType<typeof withoutOptionalExamples> | undefined;
    await app.register(swaggerUi, {
      transformSpecification: (document, request, reply) => {
        paths ??= withoutOptionalExamples(document.paths as Paths);
        addVary(reply, forwardedHeaders);
        return { ...document, paths, servers: servers(publicUrl.serverOf(request)) };
      },
      transformSpecificationClone: false,
      routePrefix: '/docs',
      // Makes the links to the page's files relative: absolute ones would lack a proxy's prefix.
      indexPrefix: '.',
      staticCSP: true,
      // With it the browser would load the page's scripts by https, which `npm start` does not serve.
      transformStaticCSP: (policy) => policy.replace(/\s*upgrade-insecure-requests;?/, ''),
      uiConfig: {
        url: '/openapi.json',
        // The standalone layout adds a bar whose logo has an inline style, which the policy forbids.
        layout: 'BaseLayout',
        docExpansion: 'list',
        deepLinking: true,
        persistAuthorization: true,
        tryItOutEnabled: true,
      },
      theme: { title: 'Taskward' },
    });
  },
  // Encapsulated, so that its `onRoute` hook sees its own routes only.
  { name: 'docs', dependencies: ['openapi', 'rate-limit'], encapsulate: true },
);
