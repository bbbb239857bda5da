// Checks a response against the document, and against the rules for every response.
import { statuses } from '@taskward/adapters-http';
import { origin } from '../support/http/api.ts';
import type { documentOf } from '../support/http/openapi-document.ts';
import type { HttpResponse } from './exchange.ts';
import { wrongWith } from './expectations.ts';
import { type Place, placeOf } from './places.ts';
import type { FuzzRequest } from './requests.ts';

type Documentation = Awaited<ReturnType<typeof documentOf>>;
type Check = (request: FuzzRequest, response: HttpResponse) => string | undefined;

const fieldOf = ({ headers }: FuzzRequest, name: string) => headers.find(([one]) => one === name)?.[1];

const list = (field: string | undefined) => (field ?? '').toLowerCase().split(/\s*,\s*/);

const corsFault: Check = (request, { headers }) => {
  const sent = fieldOf(request, 'origin');
  const allowed = headers['access-control-allow-origin'];
  if (sent !== origin) return allowed === undefined ? undefined : `the origin ${sent} is allowed as ${allowed}`;
  if (allowed !== origin || headers['access-control-allow-credentials'] !== 'true') return 'no CORS headers';
  return list(headers.vary).includes('origin') ? undefined : 'no Vary: Origin';
};

const requestIdFault: Check = (request, { headers }) => {
  const sent = fieldOf(request, 'x-request-id');
  const got = headers['x-request-id'];
  if (got === undefined || !/^[\w.:-]{1,128}$/.test(got)) return `X-Request-Id: ${got}`;
  return sent !== undefined && /^[\w.:-]{1,64}$/.test(sent) && got !== sent ? 'another X-Request-Id' : undefined;
};

// Node takes 16 KiB, and what a request is framed with counts too.
const largestHead = 15 * 1024;

const hasLargeHead = ({ target, headers }: FuzzRequest): boolean =>
  Buffer.byteLength(target + headers.flat().join('')) > largestHead;

/** The operation's documented methods, and those that come with them. */
const allowedOn = (methods: readonly string[]): string[] =>
  [...methods.map((method) => method.toUpperCase()), 'OPTIONS', ...(methods.includes('get') ? ['HEAD'] : [])].sort();

const jsonOf = (response: HttpResponse): unknown => {
  try {
    return response.json();
  } catch {
    return undefined;
  }
};

/** The parts of an error's body that its code depends on. */
interface Rejection {
  readonly code?: keyof typeof statuses;
  readonly status?: number;
  readonly request_id?: string;
  readonly results?: readonly { status: number; error?: Rejection }[];
}

const codeFault = ({ code, status }: Rejection, actual: number): string | undefined => {
  if (code === undefined || statuses[code] === undefined) return `the code ${code} is not in the catalogue`;
  if (statuses[code] !== actual) return `the code ${code} with status ${actual}`;
  return status === undefined || status === actual ? undefined : `the body says ${status}`;
};

/** Makes what judges the responses of an app by its document. */
export const makeOracle = ({ document, difference, allows, at }: Documentation) => {
  const styles = {
    'application/problem+json': at('components', 'schemas', 'Problem'),
    'application/json': at('components', 'schemas', 'Failure'),
  };

  /** How a response falls short of an error of a known style. */
  const errorFault = (response: HttpResponse): string | undefined => {
    const type = response.headers['content-type']?.split(';')[0] as keyof typeof styles;
    if (styles[type] === undefined) return `an error as ${type}`;
    const body = jsonOf(response) as Rejection | undefined;
    if (!styles[type](body)) return `no ${type}: ${response.body.slice(0, 200)}`;
    // A replay is the first response, byte for byte.
    const isFirst = response.headers['idempotency-replayed'] === undefined;
    if (isFirst && body?.request_id !== response.headers['x-request-id']) return 'another request_id than X-Request-Id';
    return codeFault(body as Rejection, response.statusCode);
  };

  const resultsOf = (response: HttpResponse): NonNullable<Rejection['results']> => {
    const body = jsonOf(response) as ({ data?: Rejection } & Rejection) | undefined;
    return body?.results ?? body?.data?.results ?? [];
  };

  // A batch that need not be done as a whole is taken, and what is wrong with an operation stands in its place.
  const refusesInPart = (response: HttpResponse): boolean => resultsOf(response).some(({ status }) => status >= 400);

  const batchFault = (response: HttpResponse): string | undefined => {
    for (const { status, error } of resultsOf(response)) {
      const fault = error === undefined ? (status < 400 ? undefined : 'no error') : codeFault(error, status);
      if (fault !== undefined) return `in results: ${fault}`;
    }
    return undefined;
  };

  const isCode = (response: HttpResponse, status: number, code: string): boolean =>
    response.statusCode === status && (jsonOf(response) as Rejection | undefined)?.code === code;

  const refusedFault = (response: HttpResponse, status: number, code: string): string | undefined => {
    if (response.statusCode !== status) return `not ${status} ${code}`;
    return isCode(response, status, code) ? errorFault(response) : `not the code ${code}`;
  };

  const ofDocumentedPath = (request: FuzzRequest, response: HttpResponse, template: string): string | undefined => {
    const { method } = request;
    const methods = Object.keys(document.paths[template] ?? {});
    const { statusCode, headers, body } = response;
    if (method === 'OPTIONS') return statusCode === 204 ? undefined : 'not 204';
    const allowed = allowedOn(methods);
    if (!allowed.includes(method)) {
      if (headers.allow !== allowed.join(', ')) return `Allow: ${headers.allow}`;
      if (method === 'HEAD') return statusCode === 405 ? undefined : 'not 405';
      return refusedFault(response, 405, 'request/method-not-allowed');
    }
    const asked = method === 'HEAD' ? 'GET' : method;
    const operation = document.paths[template]?.[asked.toLowerCase()];
    if (operation === undefined) return 'no such operation';
    if (method === 'HEAD') {
      // Its method was not known yet where the request could not be read.
      if (body !== '' && statusCode !== 431) return 'a body';
      if (operation.responses[statusCode] === undefined) return 'no such status';
    } else {
      const fault = difference(asked, template, response);
      if (fault !== undefined) return fault;
      const rejection = statusCode < 400 || template === '/health/ready' ? undefined : errorFault(response);
      if (rejection !== undefined) return rejection;
    }
    if (statusCode < 400) {
      const wrong = wrongWith(request, { operation, allows: (value) => allows(method, template, value) });
      if (wrong !== undefined && !refusesInPart(response)) return `it was taken in spite of ${wrong}`;
    }
    return batchFault(response);
  };

  // Neither is in the document, which is about the API: the document itself, and the pages that show it.
  const ofDocs = ({ method }: FuzzRequest, response: HttpResponse): string | undefined => {
    const { statusCode } = response;
    if (![200, 204, 206, 302, 304, 400, 404, 405, 412, 416, 422].includes(statusCode))
      return 'a status that pages do not have';
    return statusCode >= 400 && method !== 'HEAD' ? errorFault(response) : undefined;
  };

  const isOperation = ({ method }: FuzzRequest, place: Place): boolean =>
    place.kind === 'path' &&
    document.paths[place.template]?.[method === 'HEAD' ? 'get' : method.toLowerCase()] !== undefined;

  const byPlace = (request: FuzzRequest, response: HttpResponse, place: Place): string | undefined => {
    if (request.method === 'HEAD' && response.body !== '' && response.statusCode !== 431) return 'a body';
    // Nobody looks at where it leads, nor whether the method is one of that path's; operations have it in the document.
    if (response.statusCode === 431 && hasLargeHead(request) && !isOperation(request, place))
      return errorFault(response);
    const isHead = request.method === 'HEAD' && place.kind !== 'path';
    switch (place.kind) {
      case 'path':
        if (place.isOdd && isCode(response, 404, 'route/not-found')) return errorFault(response);
        return ofDocumentedPath(request, response, place.template);
      case 'docs':
        return ofDocs(request, response);
      case 'reserved':
        if (request.method === 'OPTIONS') return undefined;
        // A write with a cookie, which no listed origin has sent, goes no further.
        if (isCode(response, 403, 'auth/forbidden-origin')) return errorFault(response);
        if (![401, 404, 405].includes(response.statusCode)) return 'neither 401, 404 nor 405';
        return request.method === 'HEAD' ? undefined : errorFault(response);
      case 'undecodable':
        if (isHead || request.method === 'OPTIONS') return response.statusCode < 500 ? undefined : 'a fault';
        return refusedFault(response, 400, 'request/malformed');
      default:
        if (request.method === 'OPTIONS')
          return [204, 404].includes(response.statusCode) ? undefined : 'neither 204 nor 404';
        if (isHead) return response.statusCode === 404 ? undefined : 'not 404';
        return refusedFault(response, 404, 'route/not-found');
    }
  };

  /** What is wrong with the response to a request, or `undefined`. */
  const faultOf = (request: FuzzRequest, response: HttpResponse, isMeant: boolean): string | undefined => {
    if (response.statusCode >= 500) return `a fault of the server: ${response.body.slice(0, 200)}`;
    if (isMeant) {
      const place = placeOf(document, request.target);
      return requestIdFault(request, response) ?? corsFault(request, response) ?? byPlace(request, response, place);
    }
    // What was sent is not HTTP, or another request than the one that was written down wrongly.
    const id = requestIdFault({ ...request, headers: [] }, response);
    return id ?? (response.statusCode >= 400 && response.body !== '' ? errorFault(response) : undefined);
  };

  /** The operation of a request, to count by. */
  const nameOf = ({ method, target }: FuzzRequest): string => {
    const place = placeOf(document, target);
    return `${method} ${place.kind === 'path' ? place.template : place.kind}`;
  };

  return { faultOf, nameOf };
};
