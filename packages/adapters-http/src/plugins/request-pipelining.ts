import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { continueWhenRead } from './expectations.ts';

// Browsers ask for one thing at a time, and tools that do not for a dozen.
const mostWaiting = 100;

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Works on the requests of a connection one after the other. Node starts all that came in one packet, and gives each answer
 * the socket when it is its turn: a client who asks hundreds of times at once, and reads nothing, would have all answers
 * made and kept. Who asks for more than a hundred at once is let go of, since even requests that wait take memory. A
 * request is routed when it is its turn, so that those which are beyond the bound cost next to nothing.
 */
export const serializePipelinedRequests = (app: FastifyInstance): void => {
  const waiting = new WeakMap<Socket, number>();
  const inTurn = ({ socket }: IncomingMessage, response: ServerResponse, start: () => void): void => {
    const before = waiting.get(socket) ?? 0;
    if (before === mostWaiting) return void socket.destroy();
    waiting.set(socket, before + 1);
    response.once('socket', () => {
      waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
      start();
    });
  };
  const route: Listener = (request, response) => {
    // Node goes on with the same packet when its connection is closed.
    if (request.socket.destroyed) return;
    if (response.socket !== null) app.routing(request, response);
    else inTurn(request, response, () => app.routing(request, response));
  };
  app.server.removeAllListeners('request');
  app.server.on('request', route);
  // An expectation that nobody knows is no reason not to answer.
  app.server.on('checkExpectation', route);
  app.server.on('checkContinue', (request, response) => {
    continueWhenRead(request, response);
    route(request, response);
  });
  // Fastify makes servers of its own for the other addresses of `localhost`, which route at once.
  app.addHook('onRequest', ({ raw }, { raw: response }, done) => {
    if (response.socket !== null) return done();
    if (!raw.socket.destroyed) inTurn(raw, response, done);
  });
};
