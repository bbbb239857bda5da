import { createHash } from 'node:crypto';
import type { TaskUseCases, UseCases } from '@taskward/application';
import { invalid } from '@taskward/domain';
import { textRules } from '@taskward/task-schemas';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type HttpResponse, sendResponse, sendText, toErrorResponse, toText } from '../messages/http-response.ts';
import { decodedPath } from '../messages/path.ts';
import type { Call } from './operations/operation.ts';

/** Returns the request's idempotency key. @throws DomainError `request/invalid` for a malformed key */
const keyOf = (request: FastifyRequest): string | undefined => {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  const message = textRules.idempotency_key.fault(String(key));
  if (typeof key === 'string' && message === undefined) return key;
  throw invalid([{ field: 'Idempotency-Key', message: message ?? 'must be sent once' }]);
};

// What a replay must have in common with the first request. It excludes preconditions, which were checked the first time,
// and includes the `created_at` that was removed from the body.
const fingerprintOf = (request: FastifyRequest): string => {
  const path = decodedPath(request.originalUrl)?.replace(/\/+$/, '');
  const parts: unknown[] = [request.method, path, request.body ?? null];
  if (request.createdAt !== null) parts.push(request.createdAt);
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
};

const maxLocationLength = 1_024;

/** Adds the client's path prefix to `Location`, or makes it relative if it is too long for a proxy's buffer. */
const located = <A extends Pick<HttpResponse, 'headers'>>(response: A, request: FastifyRequest, prefix: string): A => {
  const { location } = response.headers;
  if (location === undefined) return response;
  const path = `${prefix}${location}`;
  if (path.length <= maxLocationLength)
    return prefix === '' ? response : { ...response, headers: { ...response.headers, location: path } };
  const [requestPath = ''] = request.originalUrl.split('?', 1);
  const parts = location.split('/').slice(requestPath.endsWith('/') ? -1 : -2);
  return { ...response, headers: { ...response.headers, location: parts.join('/') } };
};

/**
 * Sends the response of a write. With an `Idempotency-Key` the write takes effect once: its response, even an error, is
 * stored together with what it wrote, and replayed byte for byte when the request is repeated.
 * @param write.hasEffect whether it can change anything; a dry run cannot, so it runs each time and stores nothing
 * @param write.work carries out the write
 * @throws what `work` throws, and ApplicationError `idempotency/mismatch`, `idempotency/in-flight`, `idempotency/too-many`
 */
export const sendWriteResponse = async (
  { request, actor, owner, style, prefix }: Call,
  reply: FastifyReply,
  useCases: UseCases,
  { hasEffect, work }: { hasEffect: boolean; work: (useCases: TaskUseCases) => Promise<HttpResponse> },
): Promise<FastifyReply> => {
  const key = keyOf(request);
  if (key === undefined) return sendResponse(reply, located(await work(useCases), request, prefix));
  const keyed = { owner, key, fingerprint: fingerprintOf(request), hasEffect };
  const { response, replayed } = await useCases.runIdempotently(actor, keyed, async (bound) => {
    const first = await work(bound).catch((thrown) => toErrorResponse(thrown, style.responses.error.style, request.id));
    return JSON.stringify(toText(first));
  });
  if (replayed) reply.header('idempotency-replayed', 'true');
  return sendText(reply, located(JSON.parse(response), request, prefix));
};
