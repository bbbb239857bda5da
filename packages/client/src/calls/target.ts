import type { IfUnchanged } from '../options.ts';
import type { Call } from '../transport/transport.ts';
import type { KnownTask } from '../types.ts';

/** The path of the user's tasks. */
export const collection = '/api/tasks';

const parametersOf = ([name, value]: [string, unknown]): [string, string][] => {
  if (value === undefined) return [];
  if (typeof value === 'object' && !Array.isArray(value))
    return Object.entries(value as object).map(([member, one]) => [`${name}.${member}`, String(one)]);
  // Tags may have commas; repeated parameters hold them as they are.
  if (!/^(any_)?tags?$/.test(name)) return [[name, String(value)]];
  return [value].flat().map((tag) => [name === 'tags' ? 'tag' : name, String(tag)]);
};

/** Returns the query string of a call. Arrays are sent with commas between their items. */
export const queryOf = (query: object): string => {
  const parameters = Object.entries(query).flatMap(parametersOf);
  return parameters.length === 0 ? '' : `?${new URLSearchParams(parameters)}`;
};

/** A task, or only its id. */
export type Target = number | KnownTask;

/**
 * Returns the path of a task, and the revision that it must have.
 * @param suffix appended to the path
 * @throws TypeError for a task without `ifUnchanged`, or an id with it
 */
export const target = (
  task: Target,
  { ifUnchanged }: Partial<IfUnchanged> = {},
  suffix = '',
): Pick<Call, 'path' | 'ifRevision'> => {
  if (typeof task === 'number') {
    if (ifUnchanged) throw new TypeError('ifUnchanged needs the task, not only its id.');
    return { path: `${collection}/${task}${suffix}` };
  }
  if (ifUnchanged === undefined) {
    throw new TypeError(
      'Pass the id of the task to write in any case, or { ifUnchanged: true } to write only if nobody has changed it.',
    );
  }
  return { path: `${collection}/${task.id}${suffix}`, ...(ifUnchanged && { ifRevision: task.revision }) };
};
