// Sends requests, by injection and by socket, and reads what comes back.
import { type AddressInfo, connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { type Framing, toWire } from './framing.ts';
import type { FuzzRequest } from './requests.ts';

/** A response as the oracle looks at it. */
export interface HttpResponse {
  readonly statusCode: number;
  /** By lower-case names; what came several times is joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  json(): unknown;
}

/** What came back: several where several were asked. */
export interface Exchange {
  readonly responses: readonly HttpResponse[];
  /** Whether the server took what was sent for the request that it was made from. */
  readonly isMeant: boolean;
  /** What is wrong with the responses as HTTP. */
  readonly broken?: string;
}

const aResponse = (statusCode: number, headers: Record<string, string>, body: string): HttpResponse => ({
  statusCode,
  headers,
  body,
  json: () => JSON.parse(body),
});

const joined = (headers: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));

// An injected request has one header of each name. A server joins the lines of this one.
const preferences = (headers: FuzzRequest['headers']): string =>
  headers.flatMap(([name, value]) => (name.toLowerCase() === 'prefer' ? [value] : [])).join(', ');

const injected = async (
  app: FastifyInstance,
  { method, target, headers, body }: FuzzRequest,
): Promise<HttpResponse> => {
  const {
    statusCode,
    headers: got,
    body: text,
  } = await app.inject({
    method: method as 'GET',
    url: target,
    headers: { ...Object.fromEntries(headers), prefer: preferences(headers) },
    ...(body !== undefined && { payload: body.bytes }),
  });
  return aResponse(statusCode, joined(got), text);
};

const patience = 10_000;

/** Writes bytes on a new connection. @returns all that came until the server ended it, `undefined` if it never did */
const converse = (port: number, bytes: Buffer, isUnfinished: boolean) =>
  new Promise<Buffer | undefined>((resolve) => {
    const got: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1' });
    const timer = setTimeout(() => {
      socket.destroy();
      resolve(undefined);
    }, patience);
    socket.on('data', (chunk: Buffer) => got.push(chunk));
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(got));
    });
    if (isUnfinished) socket.end(bytes);
    else socket.write(bytes);
  });

const dechunked = (bytes: Buffer): { body: Buffer; rest: Buffer } => {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (line < 0 || Number.isNaN(size)) throw new Error('a chunk without a size');
    if (size === 0) return { body: Buffer.concat(parts), rest: bytes.subarray(line + 4) };
    parts.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
};

const isStream = (headers: HttpResponse['headers'] = {}): boolean =>
  headers['content-type']?.startsWith('text/event-stream') === true && headers.connection === 'close';

/** The responses in what a server wrote. @throws Error where it is no HTTP/1.1 */
export const readResponses = (bytes: Buffer, method: string): HttpResponse[] => {
  const responses: HttpResponse[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const end = rest.indexOf('\r\n\r\n');
    const [line = '', ...fields] = rest.toString('latin1', 0, Math.max(0, end)).split('\r\n');
    const status = Number(/^HTTP\/1\.1 ([1-5]\d\d) /.exec(line)?.[1]);
    if (end < 0 || Number.isNaN(status)) throw new Error(`no status line: ${rest.toString('latin1', 0, 80)}`);
    rest = rest.subarray(end + 4);
    if (status < 200) continue;
    const headers: Record<string, string> = {};
    for (const field of fields) {
      const [, name = '', value = ''] = /^([\w-]+): ?(.*)$/.exec(field) ?? [];
      if (name === '') throw new Error(`no header field: ${field}`);
      const key = name.toLowerCase();
      headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
    }
    let body = Buffer.alloc(0) as Buffer;
    // A head that could not be read has a method that the server does not know: its response has a body all the same.
    const isBare = (method === 'HEAD' && rest[0] !== '{'.charCodeAt(0)) || status === 204 || status === 304;
    if (isBare) body = Buffer.alloc(0);
    else if (headers['transfer-encoding'] === 'chunked') ({ body, rest } = dechunked(rest));
    // HTTP/1.0 has no chunks: a stream goes to the end of the connection.
    else if (isStream(headers)) [body, rest] = [rest, Buffer.alloc(0)];
    else {
      const length = Number(headers['content-length']);
      if (!(length <= rest.length)) throw new Error(`${rest.length} bytes of a body of ${headers['content-length']}`);
      body = rest.subarray(0, length);
      rest = rest.subarray(length);
    }
    responses.push(aResponse(status, headers, body.toString()));
  }
  return responses;
};

const overSocket = async (app: FastifyInstance, request: FuzzRequest & { framing: Framing }): Promise<Exchange> => {
  const { bytes, count, isMeant, isUnfinished = false } = toWire(request);
  const { port } = app.server.address() as AddressInfo;
  const got = await converse(port, bytes, isUnfinished);
  if (got === undefined) return { responses: [], isMeant, broken: `the connection is still open after ${patience} ms` };
  try {
    const responses = readResponses(got, request.framing === 'CONNECT' ? 'CONNECT' : request.method);
    // A request that does not come to its end need not get a response.
    if (isMeant && responses.length === 0) return { responses, isMeant, broken: 'no response' };
    // Whoever could not be understood once is not listened to any more, and nobody after a stream.
    const last = responses.at(-1);
    const isCut = responses.length < count && (last?.statusCode ?? 0) < 400 && !isStream(last?.headers);
    return { responses, isMeant, ...(isMeant && isCut && { broken: `${responses.length} of ${count} responses` }) };
  } catch (error) {
    return { responses: [], isMeant, broken: (error as Error).message };
  }
};

/** Sends a request to an app that listens. */
export const exchange = async (app: FastifyInstance, request: FuzzRequest): Promise<Exchange> => {
  const { framing } = request;
  if (framing !== 'inject') return overSocket(app, { ...request, framing });
  return { responses: [await injected(app, request)], isMeant: true };
};
