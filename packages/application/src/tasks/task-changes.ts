import { type Actor, type CompletionRule, type Instant, Task, type TaskChanges } from '@taskward/domain';

/** A change to one existing task, by itself or in a batch. */
export type TaskChange =
  | { readonly kind: 'update'; readonly changes: TaskChanges }
  | { readonly kind: 'complete'; readonly completed?: boolean | undefined };

/** Who makes a change, and when. */
export interface ChangeContext {
  readonly actor: Actor;
  readonly now: Instant;
}

interface ChangeDefinition<Change> {
  /** Returns the changed task, or the same one where nothing changes. */
  apply(task: Task, change: Change, context: ChangeContext): Task;
  /** Returns the effect of `apply` as data, if a store can apply it without reading the task first. */
  rule?(change: Change, now: Instant): CompletionRule;
}

type Definitions = { readonly [Kind in TaskChange['kind']]: ChangeDefinition<Extract<TaskChange, { kind: Kind }>> };

// To add a kind of change, add an entry here and a method to Task: `changeTask` and batches both use this table.
const definitions: Definitions = {
  update: { apply: (task, { changes }, { actor, now }) => task.change(actor, changes, now) },
  complete: {
    apply: (task, { completed }, { actor, now }) => task.setCompleted(actor, completed, now),
    rule: ({ completed }, now) => Task.completionRule(completed, now),
  },
};

const definitionOf = ({ kind }: TaskChange): ChangeDefinition<TaskChange> => definitions[kind];

/**
 * Applies a change to a task.
 * @returns the changed task, or the same one where nothing changes
 * @throws DomainError `auth/wrong-user`, `request/invalid` with every fault
 */
export const applyChange = (task: Task, change: TaskChange, context: ChangeContext): Task =>
  definitionOf(change).apply(task, change, context);

/** Returns the effect of `applyChange` as data, or `undefined` where it depends on the task's content. */
export const completionRuleOf = (change: TaskChange, now: Instant): CompletionRule | undefined =>
  definitionOf(change).rule?.(change, now);
