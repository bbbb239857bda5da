import type { IfUnchanged } from '../options.ts';
import type { Call } from '../transport/transport.ts';
import type { KnownTask } from '../types.ts';

/** The path of the user's tasks. */
export const collection = '/api/tasks';

/** Returns the query string of a call. */
export const queryOf = (query: object): string => {
  const parameters = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string] => [name, String(value)]);
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
