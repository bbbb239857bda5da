import { type AddressInfo, connect } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** A response as it came over a bare connection. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a listening app sends back for bytes on a bare connection, which it must close by itself. */
export const sendBytes = (app: FastifyInstance, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let response = '';
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('utf8').setTimeout(15_000, () => socket.destroy(new Error(`still open after: ${response}`)));
    socket.on('data', (chunk) => {
      response += chunk;
    });
    socket.on('error', reject).on('close', () => resolve(response));
  });

/** Takes a response with `Content-Length` or none apart. */
export const toRawResponse = (text: string): RawResponse => {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [start = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status: Number(start.split(' ')[1]), headers: Object.fromEntries(headers), body: rest.join('\r\n\r\n') };
};

/** Sends a request as these lines, with `Host`, and gives the response. */
export const ask = async (app: FastifyInstance, start: string, lines: readonly string[] = [], body = '') =>
  toRawResponse(
    await sendBytes(
      app,
      `${[`${start} HTTP/1.1`, 'Host: x', 'Connection: close', ...lines].join('\r\n')}\r\n\r\n${body}`,
    ),
  );
