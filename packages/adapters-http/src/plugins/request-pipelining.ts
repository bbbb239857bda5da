import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import fp from 'fastify-plugin';

// Browsers do not pipeline, and tools that do send about a dozen requests at once.
const maxWaiting = 100;

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Lets a client that sent `Expect: 100-continue` send its body when the body is about to be read. A request that is
 * rejected by its head is rejected without one.
 */
const continueWhenRead: Listener = (request, response) => {
  // After a rejection nobody knows whether the body still comes.
  response.setHeader('connection', 'close');
  const onListener = (event: string | symbol): void => {
    if (event !== 'data') return;
    request.off('newListener', onListener);
    response.removeHeader('connection');
    response.writeContinue();
  };
  request.on('newListener', onListener);
};

/**
 * Works on the requests of a connection one after the other. Node starts all that arrive in one packet and sends their
 * responses in order: a client that pipelines hundreds of requests and reads nothing would have all responses made and
 * kept. A connection with more than a hundred waiting requests is closed, because waiting requests take memory too. A
 * request is routed when its predecessors are done, so that waiting ones cost next to nothing.
 */
export const requestPipelining = fp(
  async (app) => {
    const waiting = new WeakMap<Socket, number>();
    const startWhenFirst = ({ socket }: IncomingMessage, response: ServerResponse, start: () => void): void => {
      const before = waiting.get(socket) ?? 0;
      if (before === maxWaiting) return void socket.destroy();
      waiting.set(socket, before + 1);
      // Node gives a response the socket when the responses before it are sent.
      response.once('socket', () => {
        waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
        start();
      });
    };
    const route: Listener = (request, response) => {
      // Node goes on with the same packet when its connection is closed.
      if (request.socket.destroyed) return;
      if (response.socket !== null) app.routing(request, response);
      else startWhenFirst(request, response, () => app.routing(request, response));
    };
    app.server.removeAllListeners('request');
    app.server.on('request', route);
    // Ignores expectations other than `100-continue`, as RFC 9110 allows.
    app.server.on('checkExpectation', route);
    app.server.on('checkContinue', (request, response) => {
      continueWhenRead(request, response);
      route(request, response);
    });
    // For `localhost` Fastify makes servers for its other addresses, which route at once.
    app.addHook('onRequest', ({ raw }, { raw: response }, done) => {
      if (response.socket !== null) return done();
      if (!raw.socket.destroyed) startWhenFirst(raw, response, done);
    });
  },
  { name: 'request-pipelining' },
);
