// Requests made from the document: as it says, and nearly.
import { METHODS } from 'node:http';
import fc from 'fast-check';
import type { Document } from '../support/http/openapi-document.ts';
import { type Body, bodyOf } from './bodies.ts';
import { type Framing, framings, type RequestContent } from './framing.ts';
import { contentTypes, credentials, type Header, otherHeaders } from './headers.ts';
import { elsewhere, pathsOf } from './paths.ts';
import { queriesOf, type Subject } from './queries.ts';
import type { Schema } from './schemas.ts';

/** A request, and the way it is sent. */
export interface FuzzRequest extends RequestContent {
  /** How it is written on a socket; `inject` where it is handed over without one. */
  readonly framing: Framing | 'inject';
}

// CONNECT asks for a tunnel and has no path.
const methods = [...METHODS.filter((method) => method !== 'CONNECT')];

interface Parts {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly credential: readonly Header[];
  readonly others: readonly Header[];
  readonly type: string | undefined;
  readonly body: Body | undefined;
  readonly framing: Framing | 'inject';
}

// As the injected request says it; on a socket it is sent as it is.
const normal = (target: string): string | undefined => {
  const url = URL.canParse(target, 'http://here') ? new URL(target, 'http://here') : undefined;
  return url === undefined || !target.startsWith('/') || target.startsWith('//')
    ? undefined
    : url.pathname + url.search;
};

const assembled = ({ method, path, query, credential, others, type, body, framing }: Parts): FuzzRequest => {
  const target = query === '' ? path : `${path}?${query}`;
  const known = new Set(credential.map(([name]) => name));
  const typed: Header[] = body === undefined || type === undefined ? [] : [['content-type', type]];
  // The document is that of the contract alone.
  const contract: Header = ['prefer', 'handling=strict'];
  const headers = [contract, ...credential, ...others.filter(([name]) => !known.has(name)), ...typed];
  const injected = framing === 'inject' ? normal(target) : undefined;
  if (injected !== undefined) return { method, target: injected, headers, body, framing };
  return { method, target, headers, body, framing: framing === 'inject' ? 'plain' : framing };
};

/** How many of a hundred requests go over a socket. */
const onSockets = 10;

const sent: fc.Arbitrary<Framing | 'inject'> = fc.oneof(
  { weight: 100 - onSockets, arbitrary: fc.constant<'inject'>('inject') },
  { weight: onSockets, arbitrary: fc.constantFrom(...framings) },
);

const mostly = (method: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 24, arbitrary: fc.constant(method) },
    { weight: method === 'GET' ? 4 : 0, arbitrary: fc.constant('HEAD') },
    { weight: 1, arbitrary: fc.constantFrom(...methods) },
    { weight: 1, arbitrary: fc.constant('OPTIONS') },
  );

/** Requests for everything that the document has, and for what lies beside it. */
export const requestsOf = (document: Document, subject: Subject): fc.Arbitrary<FuzzRequest> => {
  const resolved = JSON.parse(JSON.stringify(document.paths), (_key, value) => {
    const name = /^#\/components\/schemas\/(.+)$/.exec(value?.$ref ?? '')?.[1];
    return name === undefined ? value : document.components.schemas[name];
  }) as Document['paths'];
  const common = { credential: credentials(subject.userId), others: otherHeaders, type: contentTypes, framing: sent };
  const operations = Object.entries(resolved).flatMap(([path, ofPath]) =>
    Object.entries(ofPath).map(([method, { parameters = [], requestBody }]) => {
      const [media] = Object.values(requestBody?.content ?? {});
      const body = media
        ? bodyOf(media.schema as Schema)
        : fc.oneof(
            { weight: 9, arbitrary: fc.constant(undefined) },
            { weight: 1, arbitrary: bodyOf({ type: 'object', properties: {} }) },
          );
      const inQuery = parameters.filter((parameter) => parameter.in === 'query');
      return {
        // A PUT has all fields there are, so that few of them are valid.
        weight: path.startsWith('/health') ? 1 : method === 'put' ? 12 : inQuery.length > 0 ? 8 : 4,
        arbitrary: fc.record({
          ...common,
          method: mostly(method.toUpperCase()),
          path: pathsOf(path, subject),
          query: queriesOf(inQuery, subject),
          body,
        }),
      };
    }),
  );
  const beyond = fc.record({
    ...common,
    method: fc.oneof({ weight: 3, arbitrary: fc.constantFrom('GET', 'HEAD') }, fc.constantFrom(...methods)),
    path: elsewhere,
    query: fc.constantFrom('', '', '', 'x=1', '%', 'limit=1'),
    body: fc.option(fc.constant<Body>({ bytes: Buffer.from('{"title":"x"}') }), { nil: undefined, freq: 5 }),
  });
  return fc.oneof(...operations, { weight: 4, arbitrary: beyond }).map(assembled);
};
