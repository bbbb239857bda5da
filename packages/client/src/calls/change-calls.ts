import { successOf } from '../errors.ts';
import type { CallOptions, IfUnchanged, WriteOptions } from '../options.ts';
import { hasChanges, isChanges, isHistory, isPurged, isTrash } from '../shapes.ts';
import type { Call, Transport } from '../transport/transport.ts';
import type {
  Change,
  ChangesPage,
  ChangesQuery,
  HistoryPage,
  KnownTask,
  PageQuery,
  ResponseBody,
  Task,
  TrashPage,
} from '../types.ts';
import { collection, queryOf, type Target, target } from './target.ts';

/** What was done to the tasks of the authenticated user, and how to take it back. */
export interface ChangeCalls {
  /**
   * Returns what has changed since a cursor; without `since` all tasks, a page at a time, and then what changes.
   * @throws TaskwardError `changes/gone` if these changes are not kept any more: start again without `since`
   */
  changes(query?: ChangesQuery, options?: CallOptions): Promise<ChangesPage>;
  /** Returns one page of what was done to a task, newest first. @throws TaskwardError `task/not-found` */
  history(id: number, query?: PageQuery, options?: CallOptions): Promise<HistoryPage>;
  /**
   * Takes back a change, together with the others of its batch.
   * @returns what has become of each task
   * @throws TaskwardError `undo/superseded` with `superseded`, if later changes touched the same; `change/not-found`
   */
  undo(revision: number, options?: WriteOptions): Promise<Change[]>;
  /** Returns one page of the deleted tasks that can be restored, newest deletion first. */
  trash(query?: PageQuery, options?: CallOptions): Promise<TrashPage>;
  /**
   * Restores a deleted task. With a task of the trash, `ifUnchanged` says whether it must be this deletion.
   * @throws TaskwardError `task/not-found`, `task/purged`
   */
  restore(id: number, options?: WriteOptions): Promise<Task>;
  restore(task: KnownTask, options: IfUnchanged & WriteOptions): Promise<Task>;
  /** Removes all deleted tasks for good. @returns how many */
  purgeTrash(options?: CallOptions): Promise<number>;
  /** Removes one deleted task for good. @throws TaskwardError `task/not-found` if it is not in the trash */
  purgeTask(id: number, options?: CallOptions): Promise<void>;
}

/** Makes the calls. @param taskOf sends a call whose response is a task */
export const makeChangeCalls = (send: Transport, taskOf: (call: Call) => Promise<Task>): ChangeCalls => ({
  async changes(query = {}, options) {
    const reply = await send({ method: 'GET', path: `${collection}/changes${queryOf(query)}`, options });
    const { data, meta } = successOf<ResponseBody<'listChangesOfToken'>>(reply, isChanges);
    return { changes: data, cursor: meta.cursor, hasMore: meta.has_more };
  },

  async history(id, query = {}, options) {
    const reply = await send({ method: 'GET', path: `${collection}/${id}/history${queryOf(query)}`, options });
    const { data, meta } = successOf<ResponseBody<'taskHistoryOfToken'>>(reply, isHistory);
    return { entries: data, nextCursor: meta.next_cursor };
  },

  async undo(revision, options) {
    const path = `${collection}/changes/${revision}/undo`;
    const reply = await send({ method: 'POST', path, needsKey: true, options });
    return successOf<ResponseBody<'undoChangeOfToken'>>(reply, hasChanges).data;
  },

  async trash(query = {}, options) {
    const reply = await send({ method: 'GET', path: `${collection}/trash${queryOf(query)}`, options });
    const { data, meta } = successOf<ResponseBody<'listTrashOfToken'>>(reply, isTrash);
    return { tasks: data, nextCursor: meta.next_cursor };
  },

  // Safe to repeat without a key, also with a condition: a task that exists is returned.
  restore: async (task: Target, options?: Partial<IfUnchanged> & WriteOptions) =>
    taskOf({ method: 'POST', ...target(task, options, '/restore'), options }),

  async purgeTrash(options) {
    const reply = await send({ method: 'DELETE', path: `${collection}/trash`, options });
    return successOf<ResponseBody<'purgeTrashOfToken'>>(reply, isPurged).data.purged;
  },

  async purgeTask(id, options) {
    const reply = await send({ method: 'DELETE', path: `${collection}/trash/${id}`, options });
    // An earlier attempt, whose response was lost, has most likely removed it.
    if (reply.status === 404 && reply.repeatedUnsure) return;
    successOf(reply);
  },
});
