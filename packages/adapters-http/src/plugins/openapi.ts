import swagger, { type SwaggerTransformObject } from '@fastify/swagger';
import fp from 'fastify-plugin';
import { pathOwnerStyle, tokenOwnerStyle } from '../tasks/api-styles.ts';
import { operationSchemas } from '../tasks/batch-schemas.ts';
import { textRules } from '../tasks/text-rules.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

// Only our validator knows the keyword `text`. The document has the bounds that it stands for.
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

// Fastify's schemas cannot say that a body is optional.
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

interface OpenapiOptions {
  readonly version: string;
}

/** Collects the OpenAPI document from the routes that are registered after it. */
export const openapi = fp<OpenapiOptions>(
  async (app, { version }) => {
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
  },
  { name: 'openapi' },
);
