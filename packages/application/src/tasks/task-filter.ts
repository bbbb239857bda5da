import type { TaskFilter, TaskQuery } from '../ports/task-repository.ts';

/** A list of tasks regardless of its pages: filter and order. */
export type TaskList = TaskFilter & Pick<TaskQuery, 'sort' | 'order'>;

// Excludes the properties that are not filters, so that a new filter is included automatically.
const filterOf = ({
  sort: _sort,
  order: _order,
  limit: _limit,
  after: _after,
  offset: _offset,
  count: _count,
  ...filter
}: TaskList & Partial<TaskQuery>): TaskFilter => filter;

/** Returns the identity of a list among those of its owner, as plain data: equal for equal filters and order. */
export const listIdentity = (list: TaskList & Partial<TaskQuery>): readonly unknown[] => {
  const filters = Object.entries(filterOf(list)).filter(([, value]) => value !== undefined);
  return [filters.sort(([a], [b]) => (a < b ? -1 : 1)), list.sort, list.order];
};
