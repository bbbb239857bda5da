import type { RawResponse } from './raw-response.ts';
import { areFaults, areResults, isTask } from './shapes.ts';
import type { BatchResult, Failure, Fault, Task } from './types.ts';

/** Every code of a refusal; `client/…` where there was no answer, or none that Taskward could have given. */
export type TaskwardErrorCode =
  | Failure['code']
  | 'client/unreachable'
  | 'client/timeout'
  | 'client/redirected'
  | 'client/unreadable';

interface Details {
  readonly status: number;
  readonly code: TaskwardErrorCode;
  readonly errors?: readonly Fault[] | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly current?: Task | undefined;
  readonly results?: readonly BatchResult[] | undefined;
  readonly cause?: unknown;
}

/** A call that did not succeed. Its message is a sentence to show. */
export class TaskwardError extends Error {
  /** The HTTP status; 0 where there was no answer. */
  readonly status: number;
  readonly code: TaskwardErrorCode;
  /** Every fault of the input, with `request/invalid`. */
  readonly errors: readonly Fault[] | undefined;
  /** Under which the server logged the request. */
  readonly requestId: string | undefined;
  /** Seconds after which the server asks to be tried again. */
  readonly retryAfter: number | undefined;
  /** The task as it is now, with `task/stale`. */
  readonly current: Task | undefined;
  /** What is wrong with which operation, with `batch/refused`. */
  readonly results: readonly BatchResult[] | undefined;

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
  }
}

// RFC 9110 has three forms of dates, all in GMT, which one of them does not say; some servers send ISO 8601.
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*\d\d:\d\d:\d\d/;
const isoDate = /^\d{4}-\d\d-\d\dT/;

/** The seconds that a `Retry-After` asks for, be it a number or a date; `undefined` without a readable one. */
export const retryAfterOf = (headers: Headers): number | undefined => {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
  // `Date.parse` makes a date of nearly anything, `-5` for one.
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

/** The refusal that an answer's body tells of, in the envelope or as a problem (RFC 9457); else `undefined`. */
export const errorBodyOf = ({
  text,
}: RawResponse): (ErrorBody & { code: Failure['code']; sentence: string }) | undefined => {
  const body = parse(text) as ErrorBody | null | undefined;
  const sentence = body?.error ?? body?.detail;
  if (typeof body?.code !== 'string' || typeof sentence !== 'string') return undefined;
  return { ...body, code: body.code, sentence };
};

/** A request that got no answer, as an error. */
export const unreachable = (url: string, cause: unknown): TaskwardError =>
  new TaskwardError(`${url} cannot be reached. Check the connection, then try again.`, {
    status: 0,
    code: 'client/unreachable',
    cause,
  });

/** A request that was not answered in time, as an error. */
export const timedOut = (url: string, milliseconds: number): TaskwardError =>
  new TaskwardError(`${url} has not answered within ${milliseconds / 1000} s. Try again in a moment.`, {
    status: 0,
    code: 'client/timeout',
  });

/** An answer that sends the request elsewhere, as an error. `target` is not known in browsers. */
export const redirected = (url: string, status: number, target: string | undefined): TaskwardError =>
  new TaskwardError(
    `${url} redirects to ${target ?? 'elsewhere'}, which is not followed: a write could get lost on the way, and a token into wrong hands. Check the client's baseUrl.`,
    { status, code: 'client/redirected' },
  );

/** An answer that is too large to be read, as an error. */
export const tooLarge = (url: string, status: number, limit: number): TaskwardError =>
  new TaskwardError(`The answer of ${url} is larger than ${limit} bytes. Ask for less, or raise maxResponseBytes.`, {
    status,
    code: 'client/unreadable',
  });

/** A list that does not come to its end, as an error. */
export const endless = (cursor: string): TaskwardError =>
  new TaskwardError(`The list does not end: the cursor ${cursor} came twice. Check what is between here and the API.`, {
    status: 200,
    code: 'client/unreadable',
  });

/** An answer that is no success, as an error. */
export const toTaskwardError = (reply: RawResponse): TaskwardError => {
  const { status, headers, url } = reply;
  const body = errorBodyOf(reply);
  const requestId = body?.request_id ?? headers.get('x-request-id') ?? undefined;
  const shared = { status, requestId, retryAfter: retryAfterOf(headers) };
  if (body === undefined) {
    const sentence = `The answer of ${url} (status ${status}) is not one of Taskward's. Check the client's baseUrl.`;
    return new TaskwardError(sentence, { ...shared, code: 'client/unreadable' });
  }
  const { sentence, code, errors, current, results } = body;
  return new TaskwardError(sentence, {
    ...shared,
    code,
    errors: areFaults(errors) ? errors : undefined,
    current: isTask(current) ? current : undefined,
    results: areResults(results) ? results : undefined,
  });
};

/**
 * The body of an answer.
 * @param isExpected whether it has the shape that it must have
 * @throws TaskwardError when it is a refusal, or nothing of Taskward's
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
