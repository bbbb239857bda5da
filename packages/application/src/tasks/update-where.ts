import {
  editFaults,
  type Fault,
  type Instant,
  invalid,
  type TaskEdit,
  type UnitOfWork,
  type UserId,
} from '@taskward/domain';
import { assertSelectable, maxSelected } from '../limits.ts';
import type { TaskSelection } from '../ports/task-repository.ts';
import { applyChange, type ChangeContext } from './task-changes.ts';
import { type AskedFilter, type FilterPorts, filterFaults, resolveFilter } from './task-filter.ts';

/** An update of all tasks that meet a filter before the batch. */
export interface UpdateWhere {
  readonly kind: 'update_where';
  readonly where: AskedFilter;
  readonly set: TaskEdit;
}

/** What such an update has done. */
export interface Updated {
  readonly kind: 'updated';
  /** How many tasks met the filter. */
  readonly count: number;
  /** How many of them it changed. */
  readonly changed: number;
}

/** An update whose filter says which tasks to select. */
export interface SelectedUpdate extends Omit<UpdateWhere, 'where'> {
  readonly selection: TaskSelection;
}

const within = (part: string, faults: readonly Fault[]): Fault[] =>
  faults.map(({ field, message }) => ({ field: `${part}.${field}`, message }));

/** Returns the update with the tasks to select for it. @throws DomainError `request/invalid` with every fault */
export const resolveUpdate = async (
  owner: UserId,
  { kind, where, set }: UpdateWhere,
  now: Instant,
  ports: FilterPorts,
): Promise<SelectedUpdate> => {
  const faults = [
    ...within('where', filterFaults(where, ports.calendar)),
    ...within('set', editFaults(set, ports.calendar)),
  ];
  if (faults.length > 0) throw invalid(faults);
  const filter = await resolveFilter(owner, where, now, ports);
  return { kind, set, selection: { ...filter, limit: maxSelected + 1 } };
};

/**
 * Updates the tasks that were selected for an update, or none of them if one cannot be changed so.
 * @param unit has the tasks of all updates of the batch, which together are bounded
 * @throws DomainError `auth/wrong-user`, `request/invalid`, `task/occurrence-passed`
 */
export const updateSelected = (
  unit: UnitOfWork,
  updates: readonly SelectedUpdate[],
  update: SelectedUpdate,
  context: ChangeContext,
): Updated => {
  const total = updates.reduce((count, _, index) => count + unit.selected(index).length, 0);
  assertSelectable('where', total);
  const set = { kind: 'update', changes: update.set } as const;
  const changes = unit.selected(updates.indexOf(update)).flatMap((id) => {
    const task = unit.find(id);
    return task === undefined ? [] : [{ task, changed: applyChange(task, set, context) }];
  });
  const effective = changes.filter(({ task, changed }) => changed !== task);
  for (const { task, changed } of effective) unit.update(task.id, () => changed);
  return { kind: 'updated', count: changes.length, changed: effective.length };
};
