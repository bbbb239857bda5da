import { areFaults, areResults, areSuperseded, isTask } from './shapes.ts';
import type { RawResponse } from './transport/raw-response.ts';
import type { BatchResult, Failure, Fault, Superseded, Task } from './types.ts';

/** All error codes; `client/…` if there was no response, or it was not Taskward's. */
export type TaskwardErrorCode =
  | Failure['code']
  | 'client/unreachable'
  | 'client/timeout'
  | 'client/redirected'
  | 'client/unreadable'
  | 'client/other-user';

interface Details {
  readonly status: number;
  readonly code: TaskwardErrorCode;
  readonly errors?: readonly Fault[] | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly current?: Task | undefined;
  readonly results?: readonly BatchResult[] | undefined;
  readonly superseded?: readonly Superseded[] | undefined;
  readonly cause?: unknown;
}

/** Thrown by a call that failed. Its message is a sentence to show to the user. */
export class TaskwardError extends Error {
  /** The HTTP status; 0 if there was no response. */
  readonly status: number;
  readonly code: TaskwardErrorCode;
  /** With `request/invalid`: every fault of the input. */
  readonly errors: readonly Fault[] | undefined;
  /** Identifies the request in the server's log. */
  readonly requestId: string | undefined;
  /** Seconds after which the server suggests to retry. */
  readonly retryAfter: number | undefined;
  /** With `task/stale`: the current state of the task. */
  readonly current: Task | undefined;
  /** With `batch/refused`: the result of each operation. */
  readonly results: readonly BatchResult[] | undefined;
  /** With `undo/superseded`: the fields that changed since, with the value that the change gave and the current one. */
  readonly superseded: readonly Superseded[] | undefined;

  constructor(message: string, details: Details) {
    super(message, { cause: details.cause });
    this.name = 'TaskwardError';
    this.status = details.status;
    this.code = details.code;
    this.errors = details.errors;
    this.requestId = details.requestId;
    this.retryAfter = details.retryAfter;
    this.current = details.current;
    this.results = details.results;
    this.superseded = details.superseded;
  }
}

// RFC 9110 has three date formats, all in GMT, which one of them leaves out; some servers send ISO 8601.
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*\d\d:\d\d:\d\d/;
const isoDate = /^\d{4}-\d\d-\d\dT/;

/** Returns the seconds of a `Retry-After`, a number or a date; `undefined` if there is none or it is not valid. */
export const retryAfterOf = (headers: Headers): number | undefined => {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
  // `Date.parse` accepts nearly anything, such as `-5`.
  const isDate = httpDate.test(value) || isoDate.test(value);
  const then = isDate ? Date.parse(isoDate.test(value) || value.endsWith('GMT') ? value : `${value} GMT`) : Number.NaN;
  return Number.isNaN(then) ? undefined : Math.max(0, Math.ceil((then - Date.now()) / 1000));
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

type ErrorBody = Partial<Failure> & { detail?: string; current?: Task; results?: BatchResult[] };

/** Returns the error in a response's body, an envelope or a problem (RFC 9457); `undefined` if it is neither. */
export const errorBodyOf = ({
  text,
}: RawResponse): (ErrorBody & { code: Failure['code']; sentence: string }) | undefined => {
  const body = parse(text) as ErrorBody | null | undefined;
  const sentence = body?.error ?? body?.detail;
  if (typeof body?.code !== 'string' || typeof sentence !== 'string') return undefined;
  return { ...body, code: body.code, sentence };
};

/** The error for a request without a response. */
export const unreachable = (url: string, cause: unknown): TaskwardError =>
  new TaskwardError(`${url} cannot be reached. Check the connection, then try again.`, {
    status: 0,
    code: 'client/unreachable',
    cause,
  });

/** The error for a request that timed out. */
export const timedOut = (url: string, milliseconds: number): TaskwardError =>
  new TaskwardError(`${url} has not answered within ${milliseconds / 1000} s. Try again in a moment.`, {
    status: 0,
    code: 'client/timeout',
  });

/** The error for a redirect. `target` is unknown in browsers. */
export const redirected = (url: string, status: number, target: string | undefined): TaskwardError =>
  new TaskwardError(
    `${url} redirects to ${target ?? 'elsewhere'}, which is not followed: a write could get lost on the way, and a token into wrong hands. Check the client's baseUrl.`,
    { status, code: 'client/redirected' },
  );

/** The error for a response that is too large. */
export const tooLarge = (url: string, status: number, limit: number): TaskwardError =>
  new TaskwardError(`The response of ${url} is larger than ${limit} bytes. Ask for less, or raise maxResponseBytes.`, {
    status,
    code: 'client/unreadable',
  });

/** The error for a list whose cursors repeat. */
export const endless = (cursor: string): TaskwardError =>
  new TaskwardError(`The list does not end: the cursor ${cursor} came twice. Check what is between here and the API.`, {
    status: 200,
    code: 'client/unreadable',
  });

/** The error for tasks that belong to another user. @param subject what has them */
export const otherUser = (subject: string): TaskwardError =>
  new TaskwardError(`${subject} the tasks of another user. Begin again for this one, with a store of their own.`, {
    status: 0,
    code: 'client/other-user',
  });

/** The error for a task that is not in the local copy. */
export const unknownTask = (key: number): TaskwardError =>
  new TaskwardError(`The local copy has no task ${key}. It may be deleted: list the tasks again.`, {
    status: 0,
    code: 'task/not-found',
  });

/** Converts an unsuccessful response to an error. */
export const toTaskwardError = (reply: RawResponse): TaskwardError => {
  const { status, headers, url } = reply;
  const body = errorBodyOf(reply);
  const requestId = body?.request_id ?? headers.get('x-request-id') ?? undefined;
  const shared = { status, requestId, retryAfter: retryAfterOf(headers) };
  if (body === undefined) {
    const sentence = `The response of ${url} (status ${status}) is not one of Taskward's. Check the client's baseUrl.`;
    return new TaskwardError(sentence, { ...shared, code: 'client/unreadable' });
  }
  const { sentence, code, errors, current, results, superseded } = body;
  return new TaskwardError(sentence, {
    ...shared,
    code,
    errors: areFaults(errors) ? errors : undefined,
    current: isTask(current) ? current : undefined,
    results: areResults(results) ? results : undefined,
    superseded: areSuperseded(superseded) ? superseded : undefined,
  });
};

/**
 * Returns the body of a successful response.
 * @param isExpected whether the body has the documented shape
 * @throws TaskwardError if the response is an error, or not Taskward's
 */
export const successOf = <Body extends { success: true }>(
  reply: RawResponse,
  isExpected: (body: Body & Readonly<Record<string, unknown>>) => boolean = () => true,
): Body => {
  const isSuccess = reply.status >= 200 && reply.status < 300;
  const body = isSuccess
    ? (parse(reply.text) as (Body & Readonly<Record<string, unknown>>) | null | undefined)
    : undefined;
  if (body?.success !== true || !isExpected(body)) throw toTaskwardError(reply);
  return body;
};
