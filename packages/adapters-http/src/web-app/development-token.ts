import { toUserId, type UserId } from '@taskward/domain';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import ipaddr from 'ipaddr.js';
import { type Static, Type } from 'typebox';
import { HttpError } from '../errors/http-error.ts';

const UserSchema = Type.Object(
  { user: Type.String({ minLength: 1, maxLength: 255, examples: ['demo'] }) },
  { additionalProperties: false },
);

const isLoopback = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';

// A name could be made to resolve to this machine by a page elsewhere (DNS rebinding); these cannot.
const namesThisMachine = (host: string | undefined): boolean => {
  const name = (host ?? '').toLowerCase().replace(/:\d+$/, '');
  return /(^|\.)localhost$/.test(name) || ipaddr.isValid(name.replace(/^\[|\]$/g, ''));
};

const assertOfThisMachine = ({ ip, headers }: FastifyRequest): void => {
  // A client that has left has no address any more.
  if (isLoopback(ip ?? '') && namesThisMachine(headers.host)) return;
  throw new HttpError(
    'auth/forbidden-origin',
    'Tokens for development are issued on the machine of the server only: open http://localhost there, or issue one with `npm run -s taskward -- token --user demo`.',
  );
};

interface DevelopmentTokenOptions {
  /** Absent: no tokens are issued. */
  readonly issueToken: ((userId: UserId) => string) | undefined;
}

/**
 * Serves `POST /dev/token`, which issues a token for any user to programs and pages on this machine. A body in JSON needs a
 * preflight, so pages of origins that are not listed cannot ask for one.
 */
export const developmentToken = fp<DevelopmentTokenOptions>(
  async (app, { issueToken }) => {
    if (issueToken === undefined) return;
    app.post<{ Body: Static<typeof UserSchema> }>(
      '/dev/token',
      { schema: { hide: true, body: UserSchema }, onRequest: app.rateLimit.countAddress },
      async (request, reply) => {
        assertOfThisMachine(request);
        reply.header('cache-control', 'no-store');
        return { token: issueToken(toUserId(request.body.user)) };
      },
    );
  },
  { name: 'development-token', dependencies: ['rate-limit', 'json-body', 'validation', 'route-methods'] },
);
