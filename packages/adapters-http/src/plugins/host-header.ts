import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { HttpError } from '../errors/http-error.ts';
import { timesSent } from '../messages/raw-headers.ts';

const hostError = ({ raw }: FastifyRequest): HttpError | undefined => {
  const hosts = timesSent(raw, 'host');
  if (hosts === 1) return undefined;
  if (hosts > 1) return new HttpError('request/malformed', 'The request has more than one `Host` header. Send one.');
  return raw.httpVersion === '1.1'
    ? new HttpError('request/malformed', 'The request has no `Host` header. HTTP/1.1 demands one.')
    : undefined;
};

/** Demands exactly one `Host` header of HTTP/1.1 requests. Node's own check would respond without body and request id. */
export const hostHeader = fp(
  async (app) => {
    app.addHook('onRequest', (request, _reply, done) => done(hostError(request)));
  },
  { name: 'host-header' },
);
