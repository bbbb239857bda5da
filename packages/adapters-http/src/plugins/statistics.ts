import fp from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyInstance {
    /** Counts that the plugins keep. Read them; do not change them. */
    statistics: HttpStatistics;
  }
}

/** What the server is doing, and counts of what it has done since it was built. */
export interface HttpStatistics {
  /** Requests that hold one of the server's slots. */
  inFlight: number;
  /** Requests rejected to bound the load: the server, one user, or all event streams were at their limit. */
  readonly shed: { server: number; user: number; streams: number };
  /** Requests rejected by the rate limit of a user, or of an address. */
  readonly rateLimited: { user: number; address: number };
  /** Requests whose token was looked at, by the outcome. */
  readonly tokens: {
    accepted: number;
    missing: number;
    invalid: number;
    forbidden_origin: number;
    keys_unavailable: number;
    error: number;
  };
  /** Event streams that are open. */
  openStreams: number;
}

/** Decorates the server with the counts that other plugins keep. They are plain numbers: counting costs next to nothing. */
export const statistics = fp(
  async (app) => {
    app.decorate('statistics', {
      inFlight: 0,
      shed: { server: 0, user: 0, streams: 0 },
      rateLimited: { user: 0, address: 0 },
      tokens: { accepted: 0, missing: 0, invalid: 0, forbidden_origin: 0, keys_unavailable: 0, error: 0 },
      openStreams: 0,
    });
  },
  { name: 'statistics' },
);
