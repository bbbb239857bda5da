import type { Filter } from '../../list/task-list.ts';

/** The values of a filter that lets everything through. */
export const noFilter = { search: '', status: 'all', due: 'any', priority: 'any', tag: '' } as const;

/** Returns whether a filter may hide some tasks. */
export const isFiltered = (filter: Filter): boolean =>
  Object.entries(noFilter).some(([name, value]) => filter[name as keyof Filter].trim() !== value);
