import swagger, { type SwaggerTransformObject } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import { addVary } from '../messages/vary.ts';
import { pathOwnerStyle, tokenOwnerStyle } from '../tasks/api-styles.ts';
import { operationSchemas } from '../tasks/batch-schemas.ts';
import { textRules } from '../tasks/text-rules.ts';
import type { PublicUrl } from './public-url.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

// The keyword `text` means something to our validator only; readers of the document get the bounds it stands for.
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

// Where a body may be left out, the document must say so: Fastify's schemas cannot.
const withOptionalBodies = (document: Record<string, unknown>): Record<string, unknown> => {
  const paths = document.paths as Record<
    string,
    Record<string, { operationId?: string; requestBody?: { required?: boolean } }>
  >;
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
    if (operation.operationId?.startsWith('completeTask') && operation.requestBody)
      operation.requestBody.required = false;
    if (operation.operationId?.startsWith('deleteTask')) delete operation.requestBody;
  }
  return document;
};

const transformObject: SwaggerTransformObject = (document) => {
  const { openapiObject } = document as { openapiObject: Record<string, unknown> };
  return withOptionalBodies(withDocumentedTexts(openapiObject) as Record<string, unknown>) as never;
};

/** Collects the document from the routes that follow. */
export const registerOpenapi = async (app: FastifyInstance, version: string): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Taskward',
        version,
        description:
          "The task backend that keeps every user's tasks their own.\n\nEvery operation is served in two styles: under `/api/{user_id}/tasks` with bare resources and RFC 9457 problems, and under `/api/tasks` with the owner from the token and everything in an envelope. Press **Authorize** and paste a token to try them.",
        license: { name: 'MIT' },
      },
      servers: [{ url: '/', description: 'This server' }],
      tags: [
        { name: tokenOwnerStyle.tag, description: '`/api/tasks`: `{"success": true, "data": …}`' },
        { name: pathOwnerStyle.tag, description: '`/api/{user_id}/tasks`: the resource itself' },
        { name: 'Health', description: 'For load balancers and orchestrators' },
      ],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A JWT of the auth server.' },
        },
      },
    },
    refResolver: { buildLocalReference: (json) => String(json.$id) },
    transformObject,
  });
};

const servers = (url: string) => [{ url, description: 'This server' }];

// Where the server is may differ from one proxy to the next: a cache must not keep one's document for another.
const forwardedHeaders = 'X-Forwarded-Prefix, X-Forwarded-Host, X-Forwarded-Proto';

/**
 * Serves the document at `/openapi.json` and, for people, at `/docs`; nothing is loaded from elsewhere. Both need no
 * token.
 */
export const registerDocs = async (
  app: FastifyInstance,
  publicUrl: PublicUrl,
  countAddress: onRequestHookHandler,
): Promise<void> => {
  // Complete since the server started, and large: written down once, in two parts around the server's URL.
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
    // The library's own redirect names a path from our root, which a proxy's prefix hides.
    if (route.url === '/docs/static/index.html') route.handler = async (_request, reply) => reply.redirect('../');
  });
  await app.register(swaggerUi, {
    transformSpecification: (document, request, reply) => {
      addVary(reply, forwardedHeaders);
      return { ...document, servers: servers(publicUrl.serverOf(request)) };
    },
    transformSpecificationClone: false,
    routePrefix: '/docs',
    // The page's files are named relative to it: from our root a proxy's prefix would be missing.
    indexPrefix: '.',
    staticCSP: true,
    // Its policy would send the page's own scripts to https, which `npm start` does not speak.
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
