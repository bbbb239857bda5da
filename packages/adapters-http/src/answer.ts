import type { FastifyReply } from 'fastify';
import { type HttpError, toHttpError } from './errors.ts';
import { toFailure, toProblem } from './problem.ts';

/** What is to be answered, before it is bytes. */
export interface Answer {
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
export const errorAnswer = (error: HttpError, style: ErrorStyle, requestId: string): Answer => ({
  status: error.status,
  headers: { ...error.headers, 'content-type': `${mediaTypes[style]}; charset=utf-8` },
  body: errorBody(error, style, requestId),
});

/** Sends an answer, its body by the schema of the route where it has one for this status. */
export const sendAnswer = (reply: FastifyReply, { status, headers, body }: Answer): FastifyReply => {
  reply.code(status).headers(headers);
  // An error is serialized here: it may be answered where no route, and so no schema, was reached.
  if (status >= 400) reply.serializer(JSON.stringify);
  return reply.send(body);
};

const mediaType = 'application/json';
const jsonType = `${mediaType}; charset=utf-8`;

/** The same answer with its body as text: `sendText` sends it byte for byte as `sendAnswer` would have. */
export const toText = (reply: FastifyReply, { status, headers, body }: Answer) => {
  if (body === undefined) return { status, headers };
  // `reply.serialize` does not look among the schemas of media types, where all of ours are.
  const bySchema = status < 400 ? reply.getSerializationFunction(String(status), mediaType) : undefined;
  const text = bySchema === undefined ? JSON.stringify(body) : String(bySchema(body as Record<string, unknown>));
  return { status, headers: { 'content-type': jsonType, ...headers }, body: text };
};

/** Sends an answer whose body is text already. */
export const sendText = (reply: FastifyReply, answer: Omit<Answer, 'body'> & { body?: string }): FastifyReply =>
  reply
    .code(answer.status)
    .headers(answer.headers)
    .serializer((text: string) => text)
    .send(answer.body);

/** What a handler threw, as an answer; what is the server's own fault, or only too much for now, is thrown on. */
export const toErrorAnswer = (thrown: unknown, style: ErrorStyle, requestId: string): Answer => {
  const error = toHttpError(thrown);
  if (error.status >= 500 || error.status === 429) throw thrown;
  return errorAnswer(error, style, requestId);
};
