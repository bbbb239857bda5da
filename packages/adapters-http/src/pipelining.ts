import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

// Browsers ask for one thing at a time, and tools that do not for a dozen.
const mostWaiting = 100;

/**
 * Works on the requests of a connection one after the other. Node starts all that came in one packet, and gives each answer
 * the socket when it is its turn: a client who asks hundreds of times at once, and reads nothing, would have all answers
 * made and kept. Who asks for more than a hundred at once is let go of, since even requests that wait take memory.
 */
export const answerInTurn = (app: FastifyInstance): void => {
  const waiting = new WeakMap<Socket, number>();
  app.addHook('onRequest', ({ raw: { socket } }, { raw: response }, done) => {
    if (response.socket !== null) return done();
    const before = waiting.get(socket) ?? 0;
    // Those of the same packet still come when it is closed.
    if (before === mostWaiting || socket.destroyed) return void socket.destroy();
    waiting.set(socket, before + 1);
    response.once('socket', () => {
      waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
      done();
    });
  });
};
