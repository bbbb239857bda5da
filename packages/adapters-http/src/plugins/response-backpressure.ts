import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

// Smaller ones are the machine's to keep, in the buffers of each connection.
const noticeableBytes = 64 * 1024;

/**
 * Keeps large answers that were made and have not been taken within a number of bytes, together. Beyond it, whoever has
 * kept one waiting for longest is let go of: else a few clients who ask and do not read could use up the memory.
 */
export const limitUnreadResponses = (app: FastifyInstance, mostBytes: number): void => {
  // In the order in which they were first answered.
  const unread = new Map<Socket, number>();
  const watched = new WeakSet<Socket>();
  let total = 0;
  const add = (socket: Socket, bytes: number) => {
    if (!watched.has(socket)) socket.once('close', () => drop(socket));
    watched.add(socket);
    unread.set(socket, (unread.get(socket) ?? 0) + bytes);
    total += bytes;
  };
  const subtract = (socket: Socket, bytes: number) => {
    const known = unread.get(socket);
    if (known === undefined) return;
    total -= bytes;
    if (known > bytes) unread.set(socket, known - bytes);
    else unread.delete(socket);
  };
  const drop = (socket: Socket) => subtract(socket, unread.get(socket) ?? 0);

  app.addHook('onSend', (request, reply, payload, done) => {
    if (typeof payload === 'string' && payload.length > noticeableBytes) {
      const { socket } = request.raw;
      const bytes = socket.destroyed ? 0 : Buffer.byteLength(payload);
      if (bytes > 0) add(socket, bytes);
      reply.raw.once('finish', () => subtract(socket, bytes));
      for (const slowest of unread.keys()) {
        if (total <= mostBytes) break;
        drop(slowest);
        slowest.destroy();
      }
    }
    done(null, payload);
  });
};
