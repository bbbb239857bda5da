import { once } from 'node:events';
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Body, HttpRequest, HttpResponse, Send } from './http-messages.ts';
import { Unmet } from './unmet.ts';

const timeoutMilliseconds = 10_000;
const maxWaitSeconds = 120;
const maxWaits = 5;
const maxBodyBytes = 20 * 1024 * 1024;

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

const bytesOf = (body: Body): Buffer => {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
};

const shownHeaders = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    // Leave out credentials, and headers that every request has.
    .filter(([name]) => !['authorization', 'content-length', 'cookie', 'prefer'].includes(name.toLowerCase()))
    .map(([name, value]) => `  ${name}: ${value.length > 80 ? `${value.slice(0, 80)}…` : value}`)
    .join('');

const describe = ({ method, path }: HttpRequest, headers: Record<string, string>, bytes?: Buffer): string => {
  const text = bytes?.toString() ?? '';
  const body = text.length > 200 ? `${text.slice(0, 200)}… (${bytes?.length} bytes)` : text;
  return `${method} ${path}${shownHeaders(headers)}${body && `  ${body}`}`;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const readAll = async (response: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    length += chunk.length;
    if (length > maxBodyBytes) throw new Error('the body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const headersOf = (response: IncomingMessage): HttpResponse['headers'] =>
  Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]));

/**
 * Creates an HTTP client for one server. It waits when the server limits the rate, and each request may take 10 s.
 * @param notice called with a sentence before each wait
 */
export const makeClient = (baseUrl: URL, notice: (line: string) => void): { send: Send; close(): void } => {
  const isTls = baseUrl.protocol === 'https:';
  const openRequest = isTls ? requestHttps : requestHttp;
  const agent = new (isTls ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: 8 });
  const prefix = baseUrl.pathname.replace(/\/+$/, '');

  const sendOnce = async (request: HttpRequest, mayRetry = true): Promise<HttpResponse> => {
    const bytes = request.body === undefined ? undefined : bytesOf(request.body);
    const headers: Record<string, string> = {
      // The contract, also of a server that is set to respond as another backend does.
      prefer: 'handling=strict',
      ...(bytes && { 'content-type': 'application/json', 'content-length': String(bytes.length) }),
      ...request.headers,
    };
    const described = describe(request, headers, bytes);
    const outgoing = openRequest({
      agent,
      method: request.method,
      host: baseUrl.hostname.replace(/^\[|\]$/g, ''),
      port: baseUrl.port || (isTls ? 443 : 80),
      path: `${prefix}${request.path}`,
      headers,
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    try {
      const responded = once(outgoing, 'response') as Promise<[IncomingMessage]>;
      outgoing.end(bytes);
      const [response] = await responded;
      // A server may reject a body before it has read all of it: an error while sending the rest is not a fault.
      outgoing.on('error', () => {});
      const received = await readAll(response);
      const text = received.toString();
      return {
        status: response.statusCode ?? 0,
        headers: headersOf(response),
        bytes: received,
        text,
        json: parsed(text),
        request: described,
      };
    } catch (error) {
      const { code, name, message } = error as NodeJS.ErrnoException;
      // The server may close an idle connection just as it is reused: that is not a fault either.
      if (mayRetry && outgoing.reusedSocket && (code === 'ECONNRESET' || code === 'EPIPE'))
        return sendOnce(request, false);
      const why = name === 'AbortError' || name === 'TimeoutError' ? 'none' : `none: ${code ?? message}`;
      throw new Unmet({ request: described } as HttpResponse, `a response within ${timeoutMilliseconds / 1000} s`, why);
    }
  };

  let pausedUntil = 0;
  const send: Send = async (request) => {
    for (let waits = 0; ; waits += 1) {
      await wait(Math.max(0, pausedUntil - Date.now()));
      const response = await sendOnce(request);
      if (response.status !== 429 || waits === maxWaits) return response;
      const seconds = Number.parseInt(response.headers['retry-after'] ?? '', 10);
      if (!(seconds >= 0 && seconds <= maxWaitSeconds)) {
        throw new Unmet(response, `a 429 with Retry-After of at most ${maxWaitSeconds} s`);
      }
      if (pausedUntil < Date.now())
        notice(`The server limits the rate of requests: waiting ${seconds} s as Retry-After says …`);
      pausedUntil = Math.max(pausedUntil, Date.now() + seconds * 1000 + 50);
    }
  };
  return { send, close: () => agent.destroy() };
};
