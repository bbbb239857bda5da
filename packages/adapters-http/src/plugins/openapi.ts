import swagger, { type SwaggerTransformObject } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import { type BodySchema, isSatisfiedByNothing } from '../errors/validation.ts';
import { addVary } from '../messages/vary.ts';
import { pathOwnerStyle, tokenOwnerStyle } from '../tasks/api-styles.ts';
import { operationSchemas } from '../tasks/batch-schemas.ts';
import { textRules } from '../tasks/text-rules.ts';
import type { PublicUrl } from './public-url.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

// The keyword `text` is known to our validator only; the document shows the bounds that it stands for.
const withDocumentedTexts = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(withDocumentedTexts);
  if (!isObject(node)) return node;
  if (node.each === 'operation') return withDocumentedTexts({ anyOf: Object.values(operationSchemas) });
  const { text, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, withDocumentedTexts(value)]),
  );
  if (typeof text !== 'string') return text === undefined ? rest : { text, ...rest };
  return { ...rest, ...textRules[text as keyof typeof textRules].documented };
};

interface RequestBody {
  required?: boolean;
  readonly content: Record<string, { schema: BodySchema }>;
}

// Fastify's schemas cannot mark a body as optional.
const withOptionalBodies = (document: Record<string, unknown>): Record<string, unknown> => {
  const paths = document.paths as Record<string, Record<string, { requestBody?: RequestBody }>>;
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
    const { requestBody } = operation;
    const schemas = Object.values(requestBody?.content ?? {}).map(({ schema }) => schema);
    // A body that may hold nothing is documented as no body.
    if (schemas.some(({ properties = {} }) => Object.keys(properties).length === 0)) delete operation.requestBody;
    else if (requestBody !== undefined && schemas.every(isSatisfiedByNothing)) requestBody.required = false;
  }
  return document;
};

const transformObject: SwaggerTransformObject = (document) => {
  const { openapiObject } = document as { openapiObject: Record<string, unknown> };
  return withOptionalBodies(withDocumentedTexts(openapiObject) as Record<string, unknown>) as never;
};

/** Collects the OpenAPI document from the routes registered after it. */
export const registerOpenapi = async (app: FastifyInstance, version: string): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Taskward',
        version,
        description:
          'A multi-user task API: each user sees and changes only their own tasks.\n\nEvery operation is available in two styles: under `/api/{user_id}/tasks` with bare resources and RFC 9457 problems, and under `/api/tasks` with the owner taken from the token and every body in an envelope. To try them, press **Authorize** and paste a token.',
        license: { name: 'MIT' },
      },
      servers: [{ url: '/', description: 'This server' }],
      tags: [
        {
          name: tokenOwnerStyle.tag,
          description: '`/api/tasks`: responses in an envelope, `{"success": true, "data": …}`',
        },
        { name: pathOwnerStyle.tag, description: '`/api/{user_id}/tasks`: bare resources' },
        { name: 'Health', description: 'Checks for load balancers and orchestrators' },
      ],
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: 'A JWT issued by the auth server.',
          },
        },
      },
    },
    refResolver: { buildLocalReference: (json) => String(json.$id) },
    transformObject,
  });
};

const servers = (url: string) => [{ url, description: 'This server' }];

// The server's URL differs from proxy to proxy: a cache must not serve one proxy's document to another.
const forwardedHeaders = 'X-Forwarded-Prefix, X-Forwarded-Host, X-Forwarded-Proto';

/**
 * Serves the document at `/openapi.json` and as a page at `/docs`, which loads nothing from other servers. Neither
 * needs a token.
 */
export const registerDocs = async (
  app: FastifyInstance,
  publicUrl: PublicUrl,
  countAddress: onRequestHookHandler,
): Promise<void> => {
  // The document is large and complete once the server has started: serialize it once, in two parts around the server's URL.
  const mark = 'taskward-server-url';
  let parts: string[] | undefined;
  app.get('/openapi.json', { schema: { hide: true }, onRequest: countAddress }, async (request, reply) => {
    parts ??= JSON.stringify({ ...app.swagger(), servers: servers(mark) }).split(JSON.stringify(mark));
    addVary(reply, forwardedHeaders);
    return reply
      .type('application/json; charset=utf-8')
      .serializer((text: string) => text)
      .send(parts.join(JSON.stringify(publicUrl.serverOf(request))));
  });
  let isRegistering = true;
  app.addHook('onRoute', (route) => {
    if (!isRegistering) return;
    route.onRequest = [countAddress, ...[route.onRequest ?? []].flat()];
    // The library redirects to an absolute path, which is wrong behind a proxy that adds a prefix.
    if (route.url === '/docs/static/index.html') route.handler = async (_request, reply) => reply.redirect('../');
  });
  await app.register(swaggerUi, {
    transformSpecification: (document, request, reply) => {
      addVary(reply, forwardedHeaders);
      return { ...document, servers: servers(publicUrl.serverOf(request)) };
    },
    transformSpecificationClone: false,
    routePrefix: '/docs',
    // Relative paths for the page's files, so that they work behind a proxy that adds a prefix.
    indexPrefix: '.',
    staticCSP: true,
    // The library's policy upgrades the page's own scripts to HTTPS, which `npm start` does not serve.
    transformStaticCSP: (policy) => policy.replace(/\s*upgrade-insecure-requests;?/, ''),
    uiConfig: {
      url: '/openapi.json',
      docExpansion: 'list',
      deepLinking: true,
      persistAuthorization: true,
      tryItOutEnabled: true,
    },
    theme: { title: 'Taskward', css: [{ filename: 'taskward.css', content: '.topbar { display: none }' }] },
  });
  isRegistering = false;
};
