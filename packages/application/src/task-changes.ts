import { type Actor, type CompletionRule, type Instant, Task, type TaskChanges } from '@taskward/domain';

/** A change to one task that exists. Single calls and batches carry it out alike. */
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
  /** States what `apply` makes of any task, where a store can do it without reading the task first. */
  rule?(change: Change, now: Instant): CompletionRule;
}

type Definitions = { readonly [Kind in TaskChange['kind']]: ChangeDefinition<Extract<TaskChange, { kind: Kind }>> };

// A new kind of change is a line here and a method of Task: the use-case `changeTask` and batches know it then.
const definitions: Definitions = {
  update: { apply: (task, { changes }, { actor, now }) => task.change(actor, changes, now) },
  complete: {
    apply: (task, { completed }, { actor, now }) => task.setCompleted(actor, completed, now),
    rule: ({ completed }, now) => Task.completionRule(completed, now),
  },
};

const definitionOf = ({ kind }: TaskChange): ChangeDefinition<TaskChange> => definitions[kind];

/**
 * Makes a change to a task.
 * @returns the changed task, or the same one where nothing changes
 * @throws DomainError `auth/wrong-user`, `request/invalid` with every fault
 */
export const applyChange = (task: Task, change: TaskChange, context: ChangeContext): Task =>
  definitionOf(change).apply(task, change, context);

/** Returns what `applyChange` makes of any task, or `undefined` where that depends on the task. */
export const completionRuleOf = (change: TaskChange, now: Instant): CompletionRule | undefined =>
  definitionOf(change).rule?.(change, now);
