import type { FastifyReply } from 'fastify';
import { type HttpError, toHttpError } from '../errors/http-error.ts';
import { toFailure, toProblem } from '../errors/problem.ts';

/** What is to be answered, before it is bytes. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent: no body. */
  readonly body?: unknown;
}

/** The style of an error's body. */
export type ErrorStyle = 'problem' | 'failure';

const mediaTypes = { problem: 'application/problem+json', failure: 'application/json' };

/** A refusal's body, in its style. */
export const errorBody = (error: HttpError, style: ErrorStyle, requestId: string): object =>
  style === 'failure' ? toFailure(error, requestId) : toProblem(error, requestId);

/** A refusal as an answer. */
export const errorResponse = (error: HttpError, style: ErrorStyle, requestId: string): HttpResponse => ({
  status: error.status,
  headers: { ...error.headers, 'content-type': `${mediaTypes[style]}; charset=utf-8` },
  body: errorBody(error, style, requestId),
});

/** The response to a client whose stored copy is current. */
export const notModified = (etag: string): HttpResponse => ({ status: 304, headers: { etag } });

/** Sends a response. */
export const sendResponse = (reply: FastifyReply, { status, headers, body }: HttpResponse): FastifyReply =>
  reply.code(status).headers(headers).send(body);

const jsonType = 'application/json; charset=utf-8';

/** The same answer with its body as text: `sendText` sends it byte for byte as `sendAnswer` would have. */
export const toText = ({ status, headers, body }: HttpResponse) =>
  body === undefined
    ? { status, headers }
    : { status, headers: { 'content-type': jsonType, ...headers }, body: JSON.stringify(body) };

/** Sends an answer whose body is text already. */
export const sendText = (reply: FastifyReply, response: Omit<HttpResponse, 'body'> & { body?: string }): FastifyReply =>
  reply
    .code(response.status)
    .headers(response.headers)
    .serializer((text: string) => text)
    .send(response.body);

/**
 * What a handler threw, as an answer to keep. What is the server's own fault, or only too much for now, is thrown on: the
 * same request can do better later.
 */
export const toErrorResponse = (thrown: unknown, style: ErrorStyle, requestId: string): HttpResponse => {
  const error = toHttpError(thrown);
  if (error.status >= 500 || error.status === 429 || error.code === 'task/quota-exceeded') throw thrown;
  return errorResponse(error, style, requestId);
};
