import swagger, { type SwaggerTransformObject } from '@fastify/swagger';
import { isObject } from '@taskward/domain';
import { type BodySchema, type ListNotation, toDocumentedSchema } from '@taskward/task-schemas';
import fp from 'fastify-plugin';
import { isSatisfiedByNothing } from '../errors/validation.ts';
import { pathOwnerStyle, tokenOwnerStyle } from '../tasks/api-styles.ts';
import { batchOperations } from '../tasks/batch/batch-operations.ts';

// Each operation of a batch is validated by itself, so that the schema of the request does not name them.
const operationsOf = ({ each }: Readonly<Record<string, unknown>>): unknown =>
  each === 'operation' ? { anyOf: Object.values(batchOperations).map(({ schema }) => schema) } : undefined;

interface Parameter {
  readonly name: string;
  explode?: boolean;
  example?: unknown;
  schema: { list?: ListNotation; [keyword: string]: unknown };
}

// An object in the form style, exploded: its members are the parameters.
const membersSchema = (name: string, { additionalProperties, ...schema }: Record<string, unknown>) => ({
  ...schema,
  patternProperties: { [`^${name}\\.`]: additionalProperties },
  additionalProperties: false,
});

const membersOf = (name: string, example: unknown) =>
  isObject(example)
    ? Object.fromEntries(Object.entries(example).map(([key, value]) => [`${name}.${key}`, value]))
    : example;

// `list` is a keyword of ours for how a list is written in a query string; OpenAPI has it beside the schema.
const withExplode = (document: Record<string, unknown>): Record<string, unknown> => {
  const paths = document.paths as Record<string, Record<string, { parameters?: Parameter[] }>>;
  for (const { parameters = [] } of Object.values(paths).flatMap((path) => Object.values(path))) {
    for (const parameter of parameters) {
      const { list, ...schema } = parameter.schema;
      if (list === undefined) continue;
      parameter.explode = list !== 'commas';
      parameter.schema = list === 'members' ? membersSchema(parameter.name, schema) : schema;
      if (list === 'members') parameter.example = membersOf(parameter.name, parameter.example);
    }
  }
  return document;
};

interface RequestBody {
  required?: boolean;
  readonly content: Record<string, { schema: BodySchema }>;
}

// Fastify's schemas cannot say that a body is optional.
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
  const exploded = withExplode(openapiObject);
  return withOptionalBodies(toDocumentedSchema(exploded, operationsOf) as Record<string, unknown>) as never;
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
          { name: 'Limits', description: 'The bounds of everything that can be sent, for programs' },
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
  },
  { name: 'openapi' },
);
