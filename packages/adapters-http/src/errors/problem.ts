import { STATUS_CODES } from 'node:http';
import { type Static, Type } from 'typebox';
import type { TaskSchema } from '../tasks/schemas.ts';
import { type HttpCode, type HttpError, statuses } from './http-error.ts';

const FaultSchema = Type.Object({
  field: Type.String({ description: 'The field or parameter; `body` for the body as a whole.' }),
  message: Type.String({ description: 'What is wrong with it, continuing its name: "must be …".' }),
});

const shared = {
  code: Type.Enum(Object.keys(statuses) as HttpCode[], { description: 'Stable, for programs: `task/not-found`.' }),
  errors: Type.Optional(Type.Array(FaultSchema, { description: 'Every fault of the input at once, with 422.' })),
  current: Type.Optional(
    Type.Unsafe<Static<typeof TaskSchema>>({ $ref: 'Task#', description: 'The task as it is now, with 412.' }),
  ),
  results: Type.Optional(
    Type.Array(Type.Object({ status: Type.Integer() }, { additionalProperties: true }), {
      description: 'What was wrong with each operation of a batch that was refused.',
    }),
  ),
  request_id: Type.String({ description: 'The same as `X-Request-Id`; the server logs under it.' }),
};

/** The error body of the style with the owner in the path (RFC 9457). */
export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: 'Always `about:blank`: `code` says which problem it is.' }),
    title: Type.String({ description: "The status' name." }),
    status: Type.Integer(),
    detail: Type.String({ description: 'A sentence to show, with what to do next.' }),
    ...shared,
  },
  { $id: 'Problem', title: 'Problem', description: 'A refusal (RFC 9457).' },
);

/** The content of a problem response, for the OpenAPI document. */
export const problemContent = { 'application/problem+json': { schema: Type.Unsafe({ $ref: 'Problem#' }) } };

/**
 * Returns the documented responses to requests that cannot be parsed as HTTP. They come in the path's style, or as a
 * problem where the path is unknown.
 * @param content the path's style of errors
 */
export const unparsedRequest = (content: Readonly<Record<string, unknown>> = {}) => {
  const unparsed = (description: string) => ({
    description,
    headers: { 'X-Request-Id': { ...Type.String(), description: 'Under which the server logged this request.' } },
    content: { ...content, ...problemContent },
  });
  return {
    400: unparsed('The request is not HTTP that can be read, or names no host.'),
    408: unparsed('The request did not arrive in time.'),
    431: unparsed('Its first line and headers are larger than 16 KiB.'),
  };
};

/** The error body of the style with the owner from the token. */
export const FailureSchema = Type.Object(
  {
    success: Type.Literal(false),
    error: Type.String({ description: 'A sentence to show, with what to do next.' }),
    ...shared,
  },
  { $id: 'Failure', title: 'Failure', description: 'A refusal.' },
);

const sharedOf = (error: HttpError, requestId: string) => ({
  ...error.members,
  code: error.code,
  ...(error.faults.length > 0 && { errors: error.faults.map(({ field, message }) => ({ field, message })) }),
  request_id: requestId,
});

/** Converts an error to a problem (RFC 9457). */
export const toProblem = (error: HttpError, requestId: string): Static<typeof ProblemSchema> => ({
  type: 'about:blank',
  title: STATUS_CODES[error.status] ?? 'Error',
  status: error.status,
  detail: error.message,
  ...sharedOf(error, requestId),
});

/** Converts an error to the envelope's failure. */
export const toFailure = (error: HttpError, requestId: string): Static<typeof FailureSchema> => ({
  success: false,
  error: error.message,
  ...sharedOf(error, requestId),
});
