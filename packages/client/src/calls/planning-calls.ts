import { successOf } from '../errors.ts';
import type { CallOptions, IfUnchanged, WriteOptions } from '../options.ts';
import { isLimits, isOccurrences, isSettings, isSummary, isTagChange, isTags } from '../shapes.ts';
import type { Call, Transport } from '../transport/transport.ts';
import type {
  ChangedTask,
  KnownTask,
  Limits,
  OccurrencesPage,
  PageQuery,
  Place,
  ResponseBody,
  Settings,
  Summary,
  Tag,
} from '../types.ts';
import { collection, queryOf, type Target, target } from './target.ts';

/** What the authenticated user plans with. */
export interface PlanningCalls {
  /**
   * Moves a task in the user's own order, which a list with `sort: 'position'` has.
   * @throws TaskwardError `task/anchor-gone` if the task next to it is gone; `task/stale`, as `update`
   */
  move(id: number, to: Place, options?: WriteOptions): Promise<ChangedTask>;
  move(task: KnownTask, to: Place, options: IfUnchanged & WriteOptions): Promise<ChangedTask>;
  /** Returns one page of the completed occurrences of a recurring task, newest first. @throws TaskwardError `task/not-found` */
  occurrences(id: number, query?: PageQuery, options?: CallOptions): Promise<OccurrencesPage>;
  /** Returns the numbers of tasks by state, priority and tag. */
  summary(options?: CallOptions): Promise<Summary>;
  /** Returns all tags, in the order of their texts. */
  tags(options?: CallOptions): Promise<Tag[]>;
  /**
   * Renames a tag on all tasks in one step, which `undo` takes back as one.
   * @param options with `merge`, the tag may become one with another that has the name
   * @returns how many tasks it changed
   * @throws TaskwardError `tag/exists` if another tag has the name; `tag/not-found`
   */
  renameTag(name: string, newName: string, options?: { readonly merge?: boolean } & WriteOptions): Promise<number>;
  /**
   * Takes a tag off all tasks in one step, which `undo` takes back as one.
   * @returns how many tasks it changed; 0 if an attempt whose response was lost has done so
   * @throws TaskwardError `tag/not-found`
   */
  removeTag(name: string, options?: CallOptions): Promise<number>;
  /** Returns the user's time zone, and when their days and weeks start. */
  settings(options?: CallOptions): Promise<Settings>;
  /** Changes some settings, and with them `due_at` and the reminders of all tasks. @returns all settings */
  changeSettings(changes: Partial<Settings>, options?: WriteOptions): Promise<Settings>;
  /** Returns the bounds of what can be sent, and how much of them the user uses. */
  limits(options?: CallOptions): Promise<Limits>;
}

const settingsPath = `${collection}/settings`;
const tagPath = (name: string): string => `${collection}/tags/${encodeURIComponent(name)}`;

/** Makes the calls. @param taskOf sends a call whose response is a task */
export const makePlanningCalls = (send: Transport, taskOf: (call: Call) => Promise<ChangedTask>): PlanningCalls => ({
  // Repeated without a key, it could undo a move that was made meanwhile.
  move: async (task: Target, to: Place, options?: Partial<IfUnchanged> & WriteOptions) =>
    taskOf({ method: 'POST', ...target(task, options, '/move'), body: to, needsKey: true, options }),

  async occurrences(id, query = {}, options) {
    const reply = await send({ method: 'GET', path: `${collection}/${id}/occurrences${queryOf(query)}`, options });
    const { data, meta } = successOf<ResponseBody<'listOccurrencesOfToken'>>(reply, isOccurrences);
    return { occurrences: data, nextCursor: meta.next_cursor };
  },

  async summary(options) {
    const reply = await send({ method: 'GET', path: `${collection}/summary`, options });
    return successOf<ResponseBody<'summariseTasksOfToken'>>(reply, isSummary).data;
  },

  async tags(options) {
    const reply = await send({ method: 'GET', path: `${collection}/tags`, options });
    return successOf<ResponseBody<'listTagsOfToken'>>(reply, isTags).data;
  },

  async renameTag(name, newName, { merge, ...options } = {}) {
    const body = { name: newName, ...(merge !== undefined && { merge }) };
    const reply = await send({ method: 'PATCH', path: tagPath(name), body, needsKey: true, options });
    return successOf<ResponseBody<'renameTagOfToken'>>(reply, isTagChange).data.tasks;
  },

  async removeTag(name, options) {
    const reply = await send({ method: 'DELETE', path: tagPath(name), options });
    // An earlier attempt, whose response was lost, has most likely removed it.
    if (reply.status === 404 && reply.repeatedUnsure) return 0;
    return successOf<ResponseBody<'removeTagOfToken'>>(reply, isTagChange).data.tasks;
  },

  async settings(options) {
    const reply = await send({ method: 'GET', path: settingsPath, options });
    return successOf<ResponseBody<'getSettingsOfToken'>>(reply, isSettings).data;
  },

  async changeSettings(changes, options) {
    const reply = await send({ method: 'PATCH', path: settingsPath, body: changes, options });
    return successOf<ResponseBody<'changeSettingsOfToken'>>(reply, isSettings).data;
  },

  async limits(options) {
    const reply = await send({ method: 'GET', path: `${collection}/limits`, options });
    return successOf<ResponseBody<'getOwnerLimitsOfToken'>>(reply, isLimits).data;
  },
});
