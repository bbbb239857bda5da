import {
  type Actor,
  type CompletionRule,
  changesDates,
  type Instant,
  type Planning,
  Task,
  type TaskEdit,
} from '@taskward/domain';

/** A change to one existing task, by itself or in a batch. */
export type TaskChange =
  | { readonly kind: 'update'; readonly changes: TaskEdit }
  | { readonly kind: 'complete'; readonly completed?: boolean | undefined; readonly occurrence?: string | undefined };

/** Who makes a change, when, and what dates depend on. */
export interface ChangeContext {
  readonly actor: Actor;
  readonly now: Instant;
  readonly planning: Planning;
}

interface ChangeDefinition<Change> {
  /** Returns the changed task, or the same one where nothing changes. */
  apply(task: Task, change: Change, context: ChangeContext): Task;
  /** Returns the effect of `apply` as data, if a store can apply it without reading the task first. */
  rule?(change: Change, now: Instant): CompletionRule | undefined;
  /** Returns whether the change is about dates, which depend on the owner's settings. */
  changesDates(change: Change): boolean;
  /** Returns whether the change completes an open task. */
  completes(change: Change): boolean;
}

type Definitions = { readonly [Kind in TaskChange['kind']]: ChangeDefinition<Extract<TaskChange, { kind: Kind }>> };

// To add a kind of change, add an entry here and a method to Task: `changeTask` and batches both use this table.
const definitions: Definitions = {
  update: {
    apply: (task, { changes }, { actor, now, planning }) => task.change(actor, changes, now, planning),
    changesDates: ({ changes }) => changesDates(changes),
    completes: ({ changes }) => changes.completed === true,
  },
  complete: {
    apply: (task, completion, { actor, now, planning }) => task.setCompleted(actor, completion, now, planning),
    rule: ({ completed, occurrence }, now) =>
      occurrence === undefined ? Task.completionRule(completed, now) : undefined,
    changesDates: () => false,
    completes: ({ completed }) => completed !== false,
  },
};

const definitionOf = ({ kind }: TaskChange): ChangeDefinition<TaskChange> => definitions[kind];

/**
 * Applies a change to a task.
 * @returns the changed task, or the same one where nothing changes
 * @throws DomainError `auth/wrong-user`, `task/occurrence-passed`, `request/invalid` with every fault
 */
export const applyChange = (task: Task, change: TaskChange, context: ChangeContext): Task =>
  definitionOf(change).apply(task, change, context);

/** Returns the effect of `applyChange` as data, or `undefined` where it depends on the task's content. */
export const completionRuleOf = (change: TaskChange, now: Instant): CompletionRule | undefined =>
  definitionOf(change).rule?.(change, now);

/** Returns whether a change of any task depends on its owner's settings. */
export const needsSettings = (change: TaskChange): boolean => definitionOf(change).changesDates(change);

/** Returns whether a change moves this task on to its next occurrence, which depends on its owner's settings. */
export const movesOn = (task: Task, change: TaskChange): boolean =>
  task.isRecurring && definitionOf(change).completes(change);
