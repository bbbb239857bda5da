import fp from 'fastify-plugin';

interface DrainingOptions {
  /** Whether the server is about to stop. */
  readonly isDraining: () => boolean;
}

/** Closes the connection after each response while the server is about to stop, so that clients open another one. */
export const draining = fp<DrainingOptions>(
  async (app, { isDraining }) => {
    app.addHook('onRequest', (_request, reply, done) => {
      if (isDraining()) reply.header('connection', 'close');
      done();
    });
  },
  { name: 'draining' },
);
