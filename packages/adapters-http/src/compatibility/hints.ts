import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Use } from './requests/use.ts';

const header = 'contract-spelling';

/** Tells clients and operators of spellings that are not the contract's. */
export interface Hints {
  /** Names the contract's spellings in the response, counts them, and logs each the first time. */
  tell(request: FastifyRequest, reply: FastifyReply, uses: readonly Use[]): void;
  /** How often each was used since the process started, by what was sent. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Makes the hints of a server. */
export const makeHints = (): Hints => {
  const counts = new Map<string, number>();
  return {
    counts,
    tell(request, reply, uses) {
      for (const { sent, contract } of uses) {
        const count = counts.get(sent) ?? 0;
        counts.set(sent, count + 1);
        if (count === 0) request.log.info({ sent, contract }, 'A client uses a spelling that is not the contract’s.');
      }
      reply.header(header, uses.map(({ sent, contract }) => `${sent}=${contract}`).join(', '));
      // Where a browser may read headers, it may read this one.
      const exposed = reply.getHeader('access-control-expose-headers');
      if (exposed !== undefined) reply.header('access-control-expose-headers', `${exposed}, Contract-Spelling`);
    },
  };
};
