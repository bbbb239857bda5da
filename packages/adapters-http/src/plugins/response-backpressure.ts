import type { Socket } from 'node:net';
import fp from 'fastify-plugin';

/** Options of the plugin. */
export interface ResponseBackpressureOptions {
  /** How many bytes of large responses may wait to be read; 128 MiB if not given. */
  readonly maxUnreadBytes?: number | undefined;
}

// Smaller responses fit into the buffers that the system has for each connection anyway.
const largeBytes = 64 * 1024;

/**
 * Bounds the memory of large responses that clients have not read yet. Beyond the bound, it closes the connection whose
 * response has waited longest: otherwise a few clients that ask and do not read could use up the memory.
 */
export const responseBackpressure = fp<ResponseBackpressureOptions>(
  async (app, { maxUnreadBytes = 128 * 2 ** 20 }) => {
    // In the order in which their first unread response was sent.
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
      if (typeof payload === 'string' && payload.length > largeBytes) {
        const { socket } = request.raw;
        const bytes = socket.destroyed ? 0 : Buffer.byteLength(payload);
        if (bytes > 0) add(socket, bytes);
        reply.raw.once('finish', () => subtract(socket, bytes));
        for (const slowest of unread.keys()) {
          if (total <= maxUnreadBytes) break;
          drop(slowest);
          slowest.destroy();
        }
      }
      done(null, payload);
    });
  },
  { name: 'response-backpressure' },
);
