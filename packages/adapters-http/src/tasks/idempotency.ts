import { createHash } from 'node:crypto';
import type { TaskUseCases, UseCases } from '@taskward/application';
import { invalid } from '@taskward/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type HttpResponse, sendResponse, sendText, toErrorResponse, toText } from '../messages/http-response.ts';
import { decodedPath } from '../messages/path.ts';
import type { ApiStyle, AuthorizedRequest } from './api-styles.ts';

/** Returns the request's idempotency key. @throws DomainError `request/invalid` for a malformed key */
const keyOf = (request: FastifyRequest): string | undefined => {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x20-\x7e]{1,255}$/.test(key)) return key;
  throw invalid([{ field: 'Idempotency-Key', message: 'must be 1–255 printable ASCII characters, such as a UUID' }]);
};

// What a replay must have in common with the first request. Conditions are left out: they were checked the first time.
const fingerprintOf = (request: FastifyRequest): string => {
  const path = decodedPath(request.originalUrl)?.replace(/\/+$/, '');
  const asked = JSON.stringify([request.method, path, request.body ?? null]);
  return createHash('sha256').update(asked).digest('base64url');
};

const longestLocation = 1_024;

/** Prefixes `Location` as this client sees it, or makes it relative if it is too long for a proxy's buffer. */
const located = <A extends Pick<HttpResponse, 'headers'>>(response: A, request: FastifyRequest, prefix: string): A => {
  const { location } = response.headers;
  if (location === undefined) return response;
  const path = `${prefix}${location}`;
  if (path.length <= longestLocation)
    return prefix === '' ? response : { ...response, headers: { ...response.headers, location: path } };
  const [asked = ''] = request.originalUrl.split('?', 1);
  const parts = location.split('/').slice(asked.endsWith('/') ? -1 : -2);
  return { ...response, headers: { ...response.headers, location: parts.join('/') } };
};

/**
 * Runs a write and sends its response. With an `Idempotency-Key` it runs once: the response, also that of a client error,
 * is stored together with what was written, and is replayed byte for byte. A dry run has no effect and is not stored.
 * @throws what `work` throws, and DomainError `idempotency/mismatch`, `idempotency/in-flight`, `idempotency/too-many`
 */
export const sendWriteResponse = async (
  request: AuthorizedRequest,
  reply: FastifyReply,
  { style, useCases, prefix, hasEffect }: { style: ApiStyle; useCases: UseCases; prefix: string; hasEffect: boolean },
  work: (useCases: TaskUseCases) => Promise<HttpResponse>,
): Promise<FastifyReply> => {
  const key = keyOf(request);
  if (key === undefined) return sendResponse(reply, located(await work(useCases), request, prefix));
  const call = { owner: request.owner, key, fingerprint: fingerprintOf(request), hasEffect };
  const { response, replayed } = await useCases.runIdempotently(request.actor, call, async (bound) => {
    const first = await work(bound).catch((thrown) => toErrorResponse(thrown, style.responses.error.style, request.id));
    return JSON.stringify(toText(first));
  });
  if (replayed) reply.header('idempotency-replayed', 'true');
  return sendText(reply, located(JSON.parse(response), request, prefix));
};
