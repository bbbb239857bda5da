import { toChangedRecord } from '@taskward/application';
import type { Task } from '@taskward/domain';
import { type HttpResponse, notModified } from '../messages/http-response.ts';
import type { ApiStyle } from './api-styles.ts';
import type { Call } from './operations/operation.ts';
import { contentTag, isKnownTag, taskTag } from './preconditions.ts';

/** Makes the response with a result. */
export const resultResponse = (
  style: ApiStyle,
  result: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse => ({ status: 200, headers, body: style.wrap(result) });

/** Makes the response with a task and its ETag. */
export const taskResponse = (style: ApiStyle, task: Task): HttpResponse =>
  resultResponse(style, toChangedRecord(task), { etag: taskTag(task) });

/**
 * Makes the response with a result that is read as a whole, or says that the client has it already.
 * @param path the path of the result under that of the collection
 * @param revision the owner's change counter at reading
 */
export const readResponse = (
  { request, owner, style }: Pick<Call, 'request' | 'owner' | 'style'>,
  path: string,
  revision: number,
  result: unknown,
): HttpResponse => {
  const etag = contentTag(owner, path, revision, result);
  return isKnownTag(request, etag) ? notModified(etag) : resultResponse(style, result, { etag });
};
