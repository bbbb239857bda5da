// What the document forbids a request to have: then no response may say that it was done.
import type { Operation } from '../support/http/openapi-document.ts';
import type { FuzzRequest } from './requests.ts';

interface Documented {
  readonly operation: Operation;
  /** Whether the document allows a JSON body. */
  allows(body: unknown): boolean;
}

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
};

const wrongQuery = (target: string, { parameters = [] }: Operation): string | undefined => {
  const query = target.split('#', 1)[0]?.split(/\?(.*)/s)[1] ?? '';
  const seen = new Set<string>();
  for (const pair of query.split('&')) {
    if (pair === '' || pair.startsWith('=')) continue;
    const [rawName = '', rawValue = ''] = pair.split(/=(.*)/s);
    const name = decoded(rawName);
    const value = decoded(rawValue);
    if (name === undefined || value === undefined) return 'a query that is not well-formed';
    const parameter = parameters.find((one) => one.in === 'query' && one.name === name);
    if (parameter === undefined) return 'an unknown parameter';
    if (seen.has(name) && !parameter.explode) return 'a parameter twice';
    seen.add(name);
    const {
      type,
      minimum = 0,
      maximum = 0,
    } = parameter.schema as { type?: string; minimum?: number; maximum?: number };
    if (type !== 'integer') continue;
    if (!/^\d+$/.test(value) || Number(value) < minimum || Number(value) > maximum)
      return `a ${name} that is no such number`;
  }
  return undefined;
};

const isJsonInUtf8 = /^application\/(?:merge-patch\+)?json\s*(?:;\s*(?:charset=(?:"?utf-8"?)?\s*)?)?$/i;
const utf8 = new TextDecoder('utf-8', { fatal: true });

const wrongBody = ({ body, headers }: FuzzRequest, { operation, allows }: Documented): string | undefined => {
  const documented = operation.requestBody;
  if (documented === undefined) return undefined;
  if (body === undefined || body.bytes.length === 0) return documented.required ? 'no body' : undefined;
  const type = headers.find(([name]) => name === 'content-type')?.[1];
  if (type === undefined || !isJsonInUtf8.test(type)) return 'a body that is not said to be JSON in UTF-8';
  if (body.wrong !== undefined) return `a body with ${body.wrong}`;
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(body.bytes));
  } catch {
    return 'a body that is no JSON';
  }
  // Titles are measured after trimming, which a JSON Schema cannot say: those may be longer than documented.
  return allows(value) || /"\s|\s"/.test(JSON.stringify(value)) ? undefined : 'a body that the document forbids';
};

/** What is wrong with a request by the document, if anything is. */
export const wrongWith = (request: FuzzRequest, documented: Documented): string | undefined =>
  wrongQuery(request.target, documented.operation) ?? wrongBody(request, documented);
