import { METHODS, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import { HttpError } from '../errors/http-error.ts';
import { errorResponse } from '../messages/http-response.ts';
import { originForm } from '../messages/path.ts';
import { styleOfPath } from '../tasks/api-styles.ts';
import { requestIdOf } from './request-id.ts';

/** The readable part of a malformed request. */
interface Head {
  readonly method: string;
  readonly target: string;
  headerOf(name: string): string | undefined;
}

// Node reads at most this much at once, and accepts heads of 16 KiB.
const maxPacketLength = 64 * 1024;
const startLine = /^([a-z-]{1,32}) ([\x21-\x7e]+) HTTP\/1\.[01]$/i;
const emptyLine = '\r\n\r\n';
// A head follows an empty line, but a body may, too: try this many positions.
const maxStarts = 4;

const headAt = (text: string, start: number): Head | undefined => {
  const end = text.indexOf(emptyLine, start);
  const [first = '', ...lines] = text.slice(start, end < 0 ? undefined : end).split('\r\n');
  const [, method, target] = startLine.exec(first) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const headerOf = (name: string): string | undefined => {
    const line = lines.find((one) => one.toLowerCase().startsWith(`${name}:`));
    return line?.slice(name.length + 1).trim();
  };
  return { method, target, headerOf };
};

// The packet may begin with earlier requests.
const headIn = ({ rawPacket, bytesParsed }: ConnectionError): Head | undefined => {
  if (!Buffer.isBuffer(rawPacket)) return undefined;
  const text = rawPacket.toString('latin1', 0, maxPacketLength);
  let end = bytesParsed;
  for (let tried = 0; tried < maxStarts && end >= 0; tried += 1) {
    const before = text.lastIndexOf(emptyLine, end);
    const head = headAt(text, before < 0 ? 0 : before + emptyLine.length);
    if (head !== undefined) return head;
    end = before - 1;
  }
  return undefined;
};

const errorOf = ({ code }: ConnectionError, head: Head | undefined): HttpError => {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new HttpError('request/timeout', 'The request did not arrive in time. Send it again.');
  if (code === 'HPE_HEADER_OVERFLOW')
    return new HttpError('request/header-too-large', 'The headers are larger than 16 KiB. Send less.');
  if (code === 'HPE_INVALID_METHOD' && head !== undefined) {
    const { method } = head;
    const upper = method.toUpperCase();
    if (method !== upper && METHODS.includes(upper))
      return new HttpError('request/malformed', `HTTP has no method \`${method}\`. Send it in upper case: ${upper}.`);
    return new HttpError('request/malformed', `HTTP has no method \`${method}\`. See /docs for what there is.`);
  }
  return new HttpError('request/malformed', 'This is not HTTP that can be read.');
};

/**
 * Makes Fastify's `clientErrorHandler`. A request that Node cannot parse reaches no hook and no route, so the error is
 * written to the socket, in the same form as any other.
 * @param fixedHeaders headers of every response
 * @param corsHeadersFor makes the CORS headers for a request's `Origin`
 */
export const makeUnparsableRequestHandler =
  (
    fixedHeaders: Readonly<Record<string, string>>,
    corsHeadersFor: (origin: string | undefined) => Readonly<Record<string, string>>,
  ) =>
  (error: ConnectionError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const head = headIn(error);
    const id = requestIdOf({ headers: { 'x-request-id': head?.headerOf('x-request-id') } });
    const { style } = styleOfPath(originForm(head?.target ?? '/')).responses.error;
    const response = errorResponse(errorOf(error, head), style, id);
    const body = JSON.stringify(response.body);
    const headers = {
      ...fixedHeaders,
      ...corsHeadersFor(head?.headerOf('origin')),
      ...response.headers,
      'x-request-id': id,
      'content-length': String(Buffer.byteLength(body)),
      date: new Date().toUTCString(),
      connection: 'close',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const start = `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status]}`;
    socket.end(`${[start, ...lines].join('\r\n')}\r\n\r\n${head?.method.toUpperCase() === 'HEAD' ? '' : body}`);
  };
