import type { FastifyReply } from 'fastify';
import { type HttpError, toHttpError } from '../errors/http-error.ts';
import { toFailure, toProblem } from '../errors/problem.ts';

/** A response before it is sent. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON; absent for no body. */
  readonly body?: unknown;
}

/** The format of an error's body. */
export type ErrorStyle = 'problem' | 'failure';

/** The media type of each format. */
export const errorMediaTypes = { problem: 'application/problem+json', failure: 'application/json' };

/** Returns the content type of errors in a format. */
const contentTypeOf = (style: ErrorStyle): string => `${errorMediaTypes[style]}; charset=utf-8`;

/** Makes an error's body. */
export const errorBody = (error: HttpError, style: ErrorStyle, requestId: string): object =>
  style === 'failure' ? toFailure(error, requestId) : toProblem(error, requestId);

/** Makes the response to an error. */
export const errorResponse = (error: HttpError, style: ErrorStyle, requestId: string): HttpResponse => ({
  status: error.status,
  headers: { ...error.headers, 'content-type': contentTypeOf(style) },
  body: errorBody(error, style, requestId),
});

/** The response to a client whose stored copy is current. */
export const notModified = (etag: string): HttpResponse => ({ status: 304, headers: { etag } });

/** Sends a response. */
export const sendResponse = (reply: FastifyReply, { status, headers, body }: HttpResponse): FastifyReply =>
  reply.code(status).headers(headers).send(body);

/** The content type of a body in JSON. */
export const jsonType = 'application/json; charset=utf-8';

/** Converts the body to text. `sendText` then sends the same bytes that `sendResponse` would have sent. */
export const toText = ({ status, headers, body }: HttpResponse) =>
  body === undefined
    ? { status, headers }
    : { status, headers: { 'content-type': jsonType, ...headers }, body: JSON.stringify(body) };

/** Sends a response whose body is serialized already. */
export const sendText = (reply: FastifyReply, response: Omit<HttpResponse, 'body'> & { body?: string }): FastifyReply =>
  reply
    .code(response.status)
    .headers(response.headers)
    .serializer((text: string) => text)
    .send(response.body);

/**
 * Converts what a handler threw to a response that may be stored under an idempotency key.
 * @throws what was thrown, if the same request may succeed later: server errors, rate limits and quotas
 */
export const toErrorResponse = (thrown: unknown, style: ErrorStyle, requestId: string): HttpResponse => {
  const error = toHttpError(thrown);
  if (error.status >= 500 || error.status === 429 || error.code === 'task/quota-exceeded') throw thrown;
  return errorResponse(error, style, requestId);
};
