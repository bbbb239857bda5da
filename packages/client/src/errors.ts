import type { Answered } from './transport.ts';
import type { BatchResult, Failure, Fault, Task } from './types.ts';

/** Every code of a refusal; `client/…` where there was no answer, or none that Taskward could have given. */
export type TaskwardErrorCode = Failure['code'] | 'client/unreachable' | 'client/unreadable';

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

/** The seconds that a `Retry-After` asks for, be it a number or a date; `undefined` without a readable one. */
export const retryAfterOf = (headers: Headers): number | undefined => {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = /^\d+$/.test(value.trim()) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds));
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

type Refusal = Partial<Failure> & { detail?: string; current?: Task; results?: BatchResult[] };

/** The refusal that an answer's body tells of, in the envelope or as a problem (RFC 9457); else `undefined`. */
export const refusalOf = ({ text }: Answered): (Refusal & { code: Failure['code']; sentence: string }) | undefined => {
  const body = parse(text) as Refusal | null | undefined;
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

/** An answer that is no success, as an error. */
export const toTaskwardError = (reply: Answered): TaskwardError => {
  const { status, headers, url } = reply;
  const refusal = refusalOf(reply);
  const requestId = refusal?.request_id ?? headers.get('x-request-id') ?? undefined;
  const shared = { status, requestId, retryAfter: retryAfterOf(headers) };
  if (refusal === undefined) {
    const sentence = `The answer of ${url} (status ${status}) is not one of Taskward's. Check the client's baseUrl.`;
    return new TaskwardError(sentence, { ...shared, code: 'client/unreadable' });
  }
  const { sentence, code, errors, current, results } = refusal;
  return new TaskwardError(sentence, { ...shared, code, errors, current, results });
};

/** The body of an answer. @throws TaskwardError when it is a refusal, or nothing of Taskward's */
export const successOf = <Body extends { success: true }>(reply: Answered): Body => {
  const body = reply.status >= 200 && reply.status < 300 ? (parse(reply.text) as Body | null | undefined) : undefined;
  if (body?.success !== true) throw toTaskwardError(reply);
  return body;
};
