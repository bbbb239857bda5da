import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';

export interface Media {
  readonly schema: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}
export interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: string[];
  readonly security?: object[];
  readonly parameters?: {
    name: string;
    in: string;
    required?: boolean;
    explode?: boolean;
    schema: object;
    example?: unknown;
  }[];
  readonly requestBody?: { required?: boolean; content: Record<string, Media> };
  readonly responses: Record<string, { description: string; content?: Record<string, Media>; headers?: object }>;
}
export interface Document {
  readonly openapi: string;
  readonly info: { title: string; version: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
}

/** The parts of a response that are checked. */
interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  json(): unknown;
}

const pointer = (...steps: string[]) =>
  steps.map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

/** The document without the examples of optional parameters, which the page at /docs would fill in. */
export const withoutFilledIn = (document: object): object =>
  JSON.parse(
    JSON.stringify(document, (_, value) => (value?.required === false ? { ...value, example: undefined } : value)),
  );

/** The OpenAPI document of an app, and what it says of a request and its response. */
export const documentOf = async (app: FastifyInstance) => {
  const document: Document = (await app.inject('/openapi.json')).json();
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(document, 'openapi');
  const compiled = new Map<string, ValidateFunction>();
  /** The validator of the schema at a place in the document. */
  const at = (...steps: string[]): ValidateFunction => {
    const place = `openapi#${pointer(...steps)}`;
    const validate = compiled.get(place) ?? ajv.compile({ $ref: place });
    compiled.set(place, validate);
    return validate;
  };

  const operation = (method: string, path: string): Operation => {
    const found = document.paths[path]?.[method.toLowerCase()];
    if (found === undefined) throw new Error(`the document has no ${method} ${path}`);
    return found;
  };

  /** How a response differs from what the document says of it, or `undefined`. */
  const difference = (method: string, path: string, response: HttpResponse): string | undefined => {
    const status = String(response.statusCode);
    const documented = operation(method, path).responses[status];
    const about = `${method} ${path} ${status}`;
    if (documented === undefined) return `${about}: no such status`;
    const { content, headers = {} } = documented;
    for (const name of Object.keys(headers)) {
      if (['Link', 'X-Total-Count', 'Idempotency-Replayed'].includes(name)) continue;
      // A list that changes as time goes by has none.
      if (name === 'ETag' && method === 'GET' && path.endsWith('/tasks')) continue;
      // Waiting helps with one kind of conflict only.
      if (name === 'Retry-After' && status === '409' && !response.body.includes('"idempotency/in-flight"')) continue;
      if (response.headers[name.toLowerCase()] === undefined) return `${about}: no header ${name}`;
    }
    if (content === undefined) return response.body === '' ? undefined : `${about}: a body`;
    const type = String(response.headers['content-type']).split(';')[0] as string;
    if (content[type] === undefined) return `${about}: no media type ${type}`;
    const validate = at('paths', path, method.toLowerCase(), 'responses', status, 'content', type, 'schema');
    const body = type === 'text/event-stream' ? response.body : response.json();
    return validate(body) ? undefined : `${about}: ${ajv.errorsText(validate.errors)}`;
  };

  /** Whether the document allows a body to be sent. */
  const allows = (method: string, path: string, body: unknown): boolean => {
    const steps = ['paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'];
    return at(...steps)(body);
  };

  return { document, operation, difference, allows, at, ajv };
};
