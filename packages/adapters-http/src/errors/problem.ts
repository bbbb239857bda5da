import { STATUS_CODES } from 'node:http';
import type { TaskSchema } from '@taskward/task-schemas';
import { type Static, Type } from 'typebox';
import { type HttpCode, type HttpError, statuses } from './http-error.ts';

const FaultSchema = Type.Object({
  field: Type.String({ description: 'The field or parameter; `body` means the body as a whole.' }),
  message: Type.String({ description: 'The fault, worded to follow the field’s name: "must be …".' }),
});

const shared = {
  code: Type.Enum(Object.keys(statuses) as HttpCode[], {
    description: 'Stable error code for programs, such as `task/not-found`.',
  }),
  errors: Type.Optional(Type.Array(FaultSchema, { description: 'With 422: every fault of the input.' })),
  current: Type.Optional(
    Type.Unsafe<Static<typeof TaskSchema>>({
      $ref: 'Task#',
      description: 'With 412, and with `task/occurrence-passed`: the current state of the task.',
    }),
  ),
  superseded: Type.Optional(
    Type.Array(
      Type.Object({ id: Type.Integer(), field: Type.String(), given: Type.Unknown(), current: Type.Unknown() }),
      { description: 'With an undo that is not possible: the fields that changed since, with both values.' },
    ),
  ),
  results: Type.Optional(
    Type.Array(Type.Object({ status: Type.Integer() }, { additionalProperties: true }), {
      description: 'With a rejected batch: the result of each operation.',
    }),
  ),
  request_id: Type.String({ description: 'Identifies this request in the server’s log; the same as `X-Request-Id`.' }),
};

/** The error body of the style with the owner in the path (RFC 9457). */
export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: 'Always `about:blank`: `code` identifies the problem.' }),
    title: Type.String({ description: 'The name of the status.' }),
    status: Type.Integer(),
    detail: Type.String({ description: 'A sentence to show to the user; says what to do next.' }),
    ...shared,
  },
  { $id: 'Problem', title: 'Problem', description: 'An error (RFC 9457).' },
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
    headers: { 'X-Request-Id': { ...Type.String(), description: 'Identifies this request in the server’s log.' } },
    content: { ...content, ...problemContent },
  });
  return {
    400: unparsed('The request is not valid HTTP, or has no `Host` header.'),
    408: unparsed('The request did not arrive in time.'),
    431: unparsed('The request line and headers are larger than 16 KiB.'),
  };
};

/** The error body of the style with the owner from the token. */
export const FailureSchema = Type.Object(
  {
    success: Type.Literal(false),
    error: Type.String({ description: 'A sentence to show to the user; says what to do next.' }),
    detail: Type.String({ description: 'The same sentence, where clients of problems look for it.' }),
    ...shared,
  },
  { $id: 'Failure', title: 'Failure', description: 'An error in the envelope.' },
);

const sharedOf = (error: HttpError, requestId: string) => ({
  ...error.members,
  code: error.code,
  ...(error.faults.length > 0 && { errors: error.faults.map(({ field, message }) => ({ field, message })) }),
  request_id: requestId,
});

/** Makes a problem (RFC 9457). @param detail a sentence @param members what it has besides */
export const problemOf = <Members extends object>(status: number, detail: string, members: Members) => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
  detail,
  ...members,
});

/** Converts an error to a problem. */
export const toProblem = (error: HttpError, requestId: string): Static<typeof ProblemSchema> =>
  problemOf(error.status, error.message, sharedOf(error, requestId));

/** Converts an error to the envelope's failure. */
export const toFailure = (error: HttpError, requestId: string): Static<typeof FailureSchema> => ({
  success: false,
  error: error.message,
  detail: error.message,
  ...sharedOf(error, requestId),
});
