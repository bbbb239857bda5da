import { once } from 'node:events';
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Response_ } from './response.ts';
import { Unmet } from './unmet.ts';

export type { Response_ } from './response.ts';

/** What a body may be: text and bytes are sent as they are, everything else as JSON. */
export type Body = string | Buffer | object | number | null;

/** One request, by its path on the server. */
export interface Ask {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body | undefined;
}

const answerMilliseconds = 10_000;
const longestWaitSeconds = 120;
const mostWaits = 5;
const longestBody = 20 * 1024 * 1024;

/** Sends one request and takes the answer as it is: no redirect is followed, nothing is added to the headers. */
export type Send = (ask: Ask) => Promise<Response_>;

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

const bytesOf = (body: Body): Buffer => {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
};

const shownHeaders = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    // A token is nobody's business, and the rest of what is always sent tells nothing.
    .filter(([name]) => !['authorization', 'content-length', 'cookie'].includes(name.toLowerCase()))
    .map(([name, value]) => `  ${name}: ${value.length > 80 ? `${value.slice(0, 80)}…` : value}`)
    .join('');

const describe = ({ method, path }: Ask, headers: Record<string, string>, bytes?: Buffer): string => {
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
    if (length > longestBody) throw new Error('the answer has no end');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const headersOf = (response: IncomingMessage): Response_['headers'] =>
  Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]));

/**
 * A client of one server. It waits where the server limits its rate, and gives every request ten seconds.
 * @param notice is told why it waits
 */
export const makeClient = (baseUrl: URL, notice: (line: string) => void): { send: Send; close(): void } => {
  const isTls = baseUrl.protocol === 'https:';
  const request = isTls ? requestHttps : requestHttp;
  const agent = new (isTls ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: 8 });
  const prefix = baseUrl.pathname.replace(/\/+$/, '');

  const sendOnce = async (ask: Ask, mayRetry = true): Promise<Response_> => {
    const bytes = ask.body === undefined ? undefined : bytesOf(ask.body);
    const headers: Record<string, string> = {
      ...(bytes && { 'content-type': 'application/json', 'content-length': String(bytes.length) }),
      ...ask.headers,
    };
    const described = describe(ask, headers, bytes);
    const outgoing = request({
      agent,
      method: ask.method,
      host: baseUrl.hostname.replace(/^\[|\]$/g, ''),
      port: baseUrl.port || (isTls ? 443 : 80),
      path: `${prefix}${ask.path}`,
      headers,
      signal: AbortSignal.timeout(answerMilliseconds),
    });
    try {
      const responded = once(outgoing, 'response') as Promise<[IncomingMessage]>;
      outgoing.end(bytes);
      const [response] = await responded;
      // A server may refuse a body before it has read it: what then happens to the rest is no fault.
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
      // An idle connection may be closed by the server just as it is used again: that says nothing about the request.
      if (mayRetry && outgoing.reusedSocket && (code === 'ECONNRESET' || code === 'EPIPE')) return sendOnce(ask, false);
      const why = name === 'AbortError' || name === 'TimeoutError' ? 'none' : `none: ${code ?? message}`;
      throw new Unmet({ request: described } as Response_, `an answer within ${answerMilliseconds / 1000} s`, why);
    }
  };

  let pausedUntil = 0;
  const send: Send = async (ask) => {
    for (let waits = 0; ; waits += 1) {
      await wait(Math.max(0, pausedUntil - Date.now()));
      const response = await sendOnce(ask);
      if (response.status !== 429 || waits === mostWaits) return response;
      const seconds = Number.parseInt(response.headers['retry-after'] ?? '', 10);
      if (!(seconds >= 0 && seconds <= longestWaitSeconds)) {
        throw new Unmet(response, `a 429 with Retry-After of at most ${longestWaitSeconds} s`);
      }
      if (pausedUntil < Date.now()) notice(`The server limits the rate of requests: waiting ${seconds} s as it says …`);
      pausedUntil = Math.max(pausedUntil, Date.now() + seconds * 1000 + 50);
    }
  };
  return { send, close: () => agent.destroy() };
};
