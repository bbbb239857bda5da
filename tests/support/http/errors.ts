import { STATUS_CODES } from 'node:http';
import type { LightMyRequestResponse } from 'fastify';
import type { Test } from 'tap';
import { styles } from './api.ts';
import type { ApiStyle } from './client.ts';

interface Rejection {
  readonly status: number;
  readonly code: string;
  readonly style?: ApiStyle;
  /** What the sentence must say. */
  readonly sentence?: RegExp;
  /** The fields that `errors` must name: these, in any order, and no other. */
  readonly fields?: readonly string[];
  /** What the body must have besides, such as `current`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** Asserts that a response is a complete error in its style: status, media type, every member, request id. */
export const isRefused = (t: Test, response: LightMyRequestResponse, expected: Rejection, about = ''): void => {
  const { status, code, style = styles.bare, sentence = /^\S+( \S+){2,}/, fields, members } = expected;
  const label = `${about} ${status} ${code}`.trim();
  t.equal(response.statusCode, status, `${label}: status`);
  t.equal(response.headers['content-type'], style.mediaType, `${label}: media type`);
  const { errors, ...body } = response.json();
  const requestId = response.headers['x-request-id'];
  t.match(requestId, /^[\w.:-]{1,128}$/, `${label}: X-Request-Id`);
  const text = style.sentence(response);
  const shared = { ...members, code, request_id: requestId };
  const whole =
    style === styles.bare
      ? { type: 'about:blank', title: STATUS_CODES[status], status, detail: text, ...shared }
      : { success: false, error: text, detail: text, ...shared };
  t.strictSame(body, whole, `${label}: members`);
  t.match(text, sentence, `${label}: sentence`);
  if (code !== 'request/invalid') return void t.equal(errors, undefined, `${label}: no errors`);
  t.ok(
    errors.every(({ field, message }: Record<string, string>) => field && message),
    `${label}: field and message`,
  );
  const named = errors.map(({ field }: { field: string }) => field);
  if (fields !== undefined) t.strictSame(named.sort(), [...fields].sort(), `${label}: fields`);
};

/** The message that `errors` has for a field. */
export const faultOf = (response: LightMyRequestResponse, field: string): string | undefined =>
  (response.json().errors as { field: string; message: string }[]).find((one) => one.field === field)?.message;
