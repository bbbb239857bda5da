import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** The connection leads to an address that events may not be sent to. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

/** The connection could not be secured: the certificate is not valid, or the other side does not speak TLS. */
export class InsecureConnection extends Error {
  override readonly name = 'InsecureConnection';
}

type Connected = (error: Error | null, socket: Socket) => void;

interface Target {
  readonly host?: string | null | undefined;
  readonly port?: number | string | null | undefined;
  readonly servername?: string | undefined;
}

/** How connections are opened. */
export interface ConnectionOptions {
  /** Milliseconds. */
  readonly timeout: number;
  /** Returns whether events may be sent to an IP address. */
  readonly isAllowed: (address: string) => boolean;
}

// The agent takes one of both, and its type both.
const fail = (done: Connected, error: Error): void => done(error, undefined as unknown as Socket);

const secure = (socket: Socket, { host, servername }: Target, done: Connected): void => {
  const secured = connectTls({
    socket,
    ...(host && { host }),
    ...(servername !== undefined && { servername }),
    ALPNProtocols: ['http/1.1'],
  });
  const onError = (cause: Error) => fail(done, new InsecureConnection(cause.message, { cause }));
  secured.once('error', onError);
  secured.once('secureConnect', () => {
    secured.off('error', onError);
    socket.setTimeout(0);
    done(null, secured);
  });
};

// The address that the socket is connected to, not one that a name resolved to earlier: that may have changed since.
const open = (target: Target, { timeout, isAllowed }: ConnectionOptions, done: Connected, isSecure: boolean): void => {
  const socket = connect({ host: target.host ?? '', port: Number(target.port) });
  const onError = (error: Error) => fail(done, error);
  socket.once('error', onError);
  socket.setTimeout(timeout, () => socket.destroy(new Error('the connection was not opened in time')));
  socket.once('connect', () => {
    socket.off('error', onError);
    const address = socket.remoteAddress ?? '';
    if (!isAllowed(address)) {
      socket.destroy();
      fail(done, new ForbiddenAddress(`${address} is not public`));
    } else if (isSecure) secure(socket, target, done);
    else {
      socket.setTimeout(0);
      done(null, socket);
    }
  });
};

/** Makes an agent for http that connects to allowed addresses only. It knows no proxy. */
export const makeHttpAgent = (options: ConnectionOptions): HttpAgent =>
  Object.assign(new HttpAgent({ keepAlive: true }), {
    createConnection: (target: Target, done: Connected) => open(target, options, done, false),
  });

/** Makes an agent for https that connects to allowed addresses only. It knows no proxy. */
export const makeHttpsAgent = (options: ConnectionOptions): HttpsAgent =>
  Object.assign(new HttpsAgent({ keepAlive: true }), {
    createConnection: (target: Target, done: Connected) => open(target, options, done, true),
  });
