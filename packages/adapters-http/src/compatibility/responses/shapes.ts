import { isObject } from '@taskward/domain';
import { problemOf } from '../../errors/problem.ts';
import { jsonType } from '../../messages/http-response.ts';
import { listLinks } from '../../tasks/pages/links.ts';
import { type CompatibilitySettings, listShapes } from '../settings.ts';
import { isTask, type Members } from './task.ts';

/** A response of the contract: its body is parsed JSON, or absent. */
export interface ContractResponse {
  readonly status: number;
  readonly body: unknown;
  /** Whether it is the list of tasks. */
  readonly isList: boolean;
  readonly isDeletion: boolean;
  readonly query: Members;
  /** Returns a header of the response. */
  header(name: string): string | undefined;
}

/** A response in the shape of the settings. */
export interface ShapedResponse {
  readonly status: number;
  /** Absent for no body. */
  readonly body: unknown;
  /** Headers to set. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Returns whether responses with a list of tasks say how many there are, so that the list has to count them. */
export const needsTotal = (settings: CompatibilitySettings): boolean => listShapes.some((shape) => settings.has(shape));

// Clients show the sentence from `detail` or from `message`.
const withMessage = (problem: Members): Members => ({ ...problem, message: problem.detail });

const toProblem = ({ success: _success, error, detail, ...rest }: Members, status: number): Members =>
  withMessage(problemOf(status, String(detail ?? error), rest));

const isFailure = (value: unknown): value is Members => isObject(value) && value.success === false;

// The results of a batch have errors of their own.
const withProblems = (value: unknown): unknown => {
  if (!isObject(value) || !Array.isArray(value.results)) return value;
  const results = value.results.map((result) =>
    isObject(result) && isFailure(result.error)
      ? { ...result, error: toProblem(result.error, Number(result.status)) }
      : result,
  );
  return { ...value, results };
};

const bareBody = ({ status, body, query }: ContractResponse): ShapedResponse => {
  // Such clients know one type of JSON only.
  if (isFailure(body))
    return { status, body: withProblems(toProblem(body, status)), headers: { 'content-type': jsonType } };
  if (!isObject(body) || body.success !== true || !('data' in body)) return { status, body, headers: {} };
  const { data, meta } = body;
  if (!isObject(meta)) return { status, body: withProblems(data), headers: {} };
  if ('has_more' in meta) return { status, body: { changes: data, ...meta }, headers: {} };
  const total = meta.total === undefined ? {} : { 'x-total-count': String(meta.total) };
  const limit = Number(meta.limit);
  const next = typeof meta.next_cursor === 'string' ? meta.next_cursor : undefined;
  // Relative to the request's URL.
  const link = listLinks('', query, { limit, offset: Number(query.offset ?? 0), next });
  return { status, body: data, headers: { link, ...total } };
};

interface ListPage {
  readonly tasks: readonly unknown[];
  readonly total: number;
  readonly next: string | null;
}

// The list of one style or the other.
const listOf = ({ body, header }: ContractResponse): ListPage | undefined => {
  if (Array.isArray(body)) {
    const [, next] = /[?&]cursor=([^&>]*)>; rel="next"/.exec(header('link') ?? '') ?? [];
    const cursor = next === undefined ? null : decodeURIComponent(next);
    return { tasks: body, total: Number(header('x-total-count') ?? body.length), next: cursor };
  }
  if (!isObject(body) || !Array.isArray(body.data) || !isObject(body.meta)) return undefined;
  const { next_cursor = null, total = body.data.length } = body.meta;
  return { tasks: body.data, total: Number(total), next: next_cursor as string | null };
};

const listBody = (settings: CompatibilitySettings, { tasks, total, next }: ListPage): Members => {
  if (settings.has('tasks')) return { tasks, count: total, total, next_cursor: next };
  if (settings.has('items')) return { items: tasks, total, next_cursor: next };
  return { success: true, data: { tasks, total } };
};

const wrapped = (body: unknown): unknown => {
  const task = isObject(body) && body.success === true ? body.data : body;
  return isTask(task) ? { task } : body;
};

const message = 'Deleted.';

const deletion = (response: ContractResponse, settings: CompatibilitySettings): ShapedResponse | undefined => {
  const { status, body } = response;
  const isEnveloped = isObject(body) && Object.keys(body).join() === 'success' && body.success === true;
  if (!response.isDeletion || (status !== 204 && !isEnveloped)) return undefined;
  if (settings.has('delete-json'))
    return { status: 200, body: { success: true, message }, headers: { 'content-type': jsonType } };
  if (settings.has('bare')) return { status: 204, body: undefined, headers: {} };
  return undefined;
};

const isError = ({ status, body }: ContractResponse): boolean =>
  status >= 400 && isObject(body) && typeof body.detail === 'string';

/** Gives a response the shape that the settings say. */
export const shaped = (response: ContractResponse, settings: CompatibilitySettings): ShapedResponse => {
  const deleted = deletion(response, settings);
  if (deleted !== undefined) return deleted;
  const { status, body } = response;
  const bare = settings.has('bare') ? bareBody(response) : { status, body, headers: {} };
  if (settings.has('json-errors') && isError(response))
    return { status, body: withMessage(bare.body as Members), headers: { 'content-type': jsonType } };
  const page = response.isList && needsTotal(settings) ? listOf(response) : undefined;
  if (page !== undefined) return { ...bare, body: listBody(settings, page) };
  return settings.has('task') ? { ...bare, body: wrapped(bare.body) } : bare;
};
