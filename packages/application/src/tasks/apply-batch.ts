import {
  type Actor,
  assertMayAct,
  type Calendar,
  type Condition,
  DomainError,
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
import { defaultLimits, type Limits, requestLimits } from '../limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { TaskRepository, UnitScope } from '../ports/task-repository.ts';
import { applyChange, type TaskChange } from './task-changes.ts';

/** One step of a batch. */
export type Operation =
  | { readonly kind: 'create'; readonly content: TaskContent }
  | ({ readonly id: number; readonly condition?: Condition } & TaskChange)
  | { readonly kind: 'delete'; readonly id: number; readonly condition?: Condition }
  | { readonly kind: 'restore'; readonly id: number; readonly condition?: Condition }
  | { readonly kind: 'undo'; readonly revision: number };

/** The outcome of one operation. */
export type Outcome =
  | { readonly kind: 'created' | 'changed'; readonly task: Task }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'undone'; readonly changes: readonly TaskOutcome[] }
  | { readonly kind: 'rejected'; readonly error: DomainError };

/** The result of a batch: one outcome per operation, in order. */
export interface BatchResult {
  /** Whether the accepted operations are stored. If `false`, the outcomes are hypothetical. */
  readonly applied: boolean;
  readonly outcomes: readonly Outcome[];
}

const perform = (unit: UnitOfWork, context: UndoContext, operation: Operation): Outcome => {
  const { actor, owner, now, quota, calendar } = context;
  const planning = { calendar, settings: unit.settings };
  if (operation.kind === 'create') {
    return { kind: 'created', task: unit.add(Task.draft(actor, owner, operation.content, now, planning), quota) };
  }
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

const scopeOf = (operations: readonly (Operation | DomainError)[]): UnitScope => ({
  ids: operations.flatMap((operation) => ('id' in operation ? operation.id : [])),
  undone: operations.flatMap((operation) => ('revision' in operation ? operation.revision : [])),
  restored: operations.flatMap((one) => ('kind' in one && one.kind === 'restore' ? one.id : [])),
});

const attempt = (work: () => Outcome): Outcome => {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainError) return { kind: 'rejected', error };
    throw error;
  }
};

const assertCount = (count: number): void => {
  const { min, max } = requestLimits.operations;
  if (count >= min && count <= max) return;
  throw invalid([{ field: 'operations', message: `must be ${min} to ${max} operations, not ${count}` }]);
};

/**
 * Applies several operations to the owner's tasks in one step, in order. A rejected operation does not affect the others,
 * but with `atomic` nothing is stored if any is rejected. With `dryRun` nothing is stored at all.
 * @param input.operations a DomainError stands for an operation that the caller could not parse
 * @throws DomainError `auth/wrong-user`, `request/invalid` for too many operations or none; ApplicationError
 * `database/unavailable`
 */
export const makeApplyBatch =
  ({
    tasks,
    clock,
    calendar,
    limits = defaultLimits,
  }: {
    tasks: TaskRepository;
    clock: Clock;
    calendar: Calendar;
    limits?: Limits;
  }) =>
  async (
    actor: Actor,
    input: { owner: UserId; operations: readonly (Operation | DomainError)[]; atomic: boolean; dryRun: boolean },
  ): Promise<BatchResult> => {
    const { owner, operations, atomic, dryRun } = input;
    assertMayAct(actor, owner);
    assertCount(operations.length);
    const context = { actor, owner, now: clock.now(), calendar, quota: limits.tasksPerUser };
    return tasks.transact(owner, scopeOf(operations), originOf(actor, context.now), (unit) => {
      const outcomes = operations.map((operation) =>
        operation instanceof DomainError
          ? ({ kind: 'rejected', error: operation } as const)
          : attempt(() => perform(unit, context, operation)),
      );
      const applied = !dryRun && !(atomic && outcomes.some(({ kind }) => kind === 'rejected'));
      return { store: applied, result: { applied, outcomes } };
    });
  };
