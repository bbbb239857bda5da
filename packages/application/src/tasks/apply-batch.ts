import {
  type Actor,
  assertMayAct,
  type Condition,
  DomainError,
  type Instant,
  invalid,
  originOf,
  restoreTask,
  Task,
  type TaskContent,
  type TaskOutcome,
  type UndoContext,
  type UnitOfWork,
  type UserId,
  undoChange,
} from '@taskward/domain';
import { defaultLimits, requestLimits } from '../limits.ts';
import type { UnitScope } from '../ports/task-repository.ts';
import type { WritePorts } from '../ports/write-ports.ts';
import { applyChange, type TaskChange } from './task-changes.ts';
import type { FilterPorts } from './task-filter.ts';
import { resolveUpdate, type SelectedUpdate, type Updated, type UpdateWhere, updateSelected } from './update-where.ts';

/** One step of a batch. */
export type Operation =
  | { readonly kind: 'create'; readonly content: TaskContent }
  | ({ readonly id: number; readonly condition?: Condition } & TaskChange)
  | { readonly kind: 'delete'; readonly id: number; readonly condition?: Condition }
  | { readonly kind: 'restore'; readonly id: number; readonly condition?: Condition }
  | { readonly kind: 'undo'; readonly revision: number }
  | UpdateWhere;

/** The outcome of one operation. */
export type Outcome =
  | { readonly kind: 'created' | 'changed'; readonly task: Task }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'undone'; readonly changes: readonly TaskOutcome[] }
  | Updated
  | { readonly kind: 'rejected'; readonly error: DomainError };

/** The result of a batch: one outcome per operation, in order. */
export interface BatchResult {
  /** Whether the accepted operations are stored. If `false`, the outcomes are hypothetical. */
  readonly applied: boolean;
  readonly outcomes: readonly Outcome[];
  /** The revision of the first change, by which all of them can be undone; absent if nothing changed. */
  readonly revision?: number;
}

/** An operation, with what it needs to know besides the tasks. */
type Step = Exclude<Operation, UpdateWhere> | SelectedUpdate;

const perform = (
  unit: UnitOfWork,
  context: UndoContext,
  operation: Step,
  updates: readonly SelectedUpdate[],
): Outcome => {
  const { actor, owner, now, quota, calendar } = context;
  const planning = { calendar, settings: unit.settings };
  if (operation.kind === 'create') {
    return { kind: 'created', task: unit.add(Task.draft(actor, owner, operation.content, now, planning), quota) };
  }
  if (operation.kind === 'update_where') return updateSelected(unit, updates, operation, { actor, now, planning });
  if (operation.kind === 'undo') return { kind: 'undone', changes: undoChange(unit, operation.revision, context) };
  const { id, condition = {} } = operation;
  if (operation.kind === 'restore') return { kind: 'changed', task: restoreTask(unit, id, condition, context) };
  if (operation.kind === 'delete') {
    unit.remove(id, (task) => task.assertMeets(condition));
    return { kind: 'deleted' };
  }
  const task = unit.update(id, (before) => {
    before.assertMeets(condition);
    return applyChange(before, operation, { actor, now, planning });
  });
  return { kind: 'changed', task };
};

const scopeOf = (operations: readonly (Step | DomainError)[], updates: readonly SelectedUpdate[]): UnitScope => ({
  ids: operations.flatMap((operation) => ('id' in operation ? operation.id : [])),
  undone: operations.flatMap((operation) => ('revision' in operation ? operation.revision : [])),
  restored: operations.flatMap((one) => ('kind' in one && one.kind === 'restore' ? one.id : [])),
  matching: updates.map(({ selection }) => selection),
});

const domainError = (error: unknown): DomainError => {
  if (error instanceof DomainError) return error;
  throw error;
};

const attempt = (work: () => Outcome): Outcome => {
  try {
    return work();
  } catch (error) {
    return { kind: 'rejected', error: domainError(error) };
  }
};

const stepOf = async (
  owner: UserId,
  operation: Operation | DomainError,
  now: Instant,
  ports: FilterPorts,
): Promise<Step | DomainError> =>
  !(operation instanceof DomainError) && operation.kind === 'update_where'
    ? resolveUpdate(owner, operation, now, ports).catch(domainError)
    : operation;

const isUpdate = (step: Step | DomainError): step is SelectedUpdate => 'selection' in step;

const assertCount = (count: number): void => {
  const { min, max } = requestLimits.operations;
  if (count >= min && count <= max) return;
  throw invalid([{ field: 'operations', message: `must be ${min} to ${max} operations, not ${count}` }]);
};

/**
 * Applies several operations to the owner's tasks in one step, in order. Filters select the tasks as they were before. A
 * rejected operation does not affect the others, but with `atomic` nothing is stored if any is rejected. With `dryRun`
 * nothing is stored at all.
 * @param input.operations a DomainError stands for an operation that the caller could not parse
 * @throws DomainError `auth/wrong-user`, `request/invalid` for too many operations or none; ApplicationError
 * `database/unavailable`
 */
export const makeApplyBatch =
  ({ tasks, planning, clock, calendar, limits = defaultLimits }: WritePorts & FilterPorts) =>
  async (
    actor: Actor,
    input: { owner: UserId; operations: readonly (Operation | DomainError)[]; atomic: boolean; dryRun: boolean },
  ): Promise<BatchResult> => {
    const { owner, operations, atomic, dryRun } = input;
    assertMayAct(actor, owner);
    assertCount(operations.length);
    const now = clock.now();
    const context = { actor, owner, now, calendar, quota: limits.tasksPerUser };
    const steps = await Promise.all(operations.map((one) => stepOf(owner, one, now, { planning, calendar })));
    const updates = steps.filter(isUpdate);
    return tasks.transact(owner, scopeOf(steps, updates), originOf(actor, now), (unit) => {
      const outcomes = steps.map((step) =>
        step instanceof DomainError
          ? ({ kind: 'rejected', error: step } as const)
          : attempt(() => perform(unit, context, step, updates)),
      );
      const applied = !dryRun && !(atomic && outcomes.some(({ kind }) => kind === 'rejected'));
      const [first] = unit.changes;
      return { store: applied, result: { applied, outcomes, ...(first && { revision: first.revision }) } };
    });
  };
