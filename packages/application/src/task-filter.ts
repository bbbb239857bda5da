import type { TaskFilter, TaskQuery } from './ports.ts';

/** A list as a whole, whatever page of it is asked for: what it selects, in which order. */
export type TaskList = TaskFilter & Pick<TaskQuery, 'sort' | 'order'>;

// What is no filter is left out by name, so that a new filter is one without anybody's doing.
const filterOf = ({
  sort: _sort,
  order: _order,
  limit: _limit,
  after: _after,
  offset: _offset,
  count: _count,
  ...filter
}: TaskList & Partial<TaskQuery>): TaskFilter => filter;

/** What tells a list from every other one of its owner's, as plain data: two that select and sort alike have the same. */
export const listIdentity = (list: TaskList & Partial<TaskQuery>): readonly unknown[] => {
  const filters = Object.entries(filterOf(list)).filter(([, value]) => value !== undefined);
  return [filters.sort(([a], [b]) => (a < b ? -1 : 1)), list.sort, list.order];
};
