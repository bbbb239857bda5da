import { type Actor, assertMayAct } from './actor.ts';
import { invalid, stale } from './errors.ts';
import { type Instant, latest } from './instant.ts';
import { contentFaults, effectiveChanges, newContent, type TaskChanges, type TaskContent } from './task-fields.ts';
import type { TaskState } from './task-state.ts';
import type { UserId } from './user-id.ts';

/** A task that is not stored yet: the repository assigns its id and revision. */
export type TaskDraft = Omit<TaskState, 'id' | 'revision'>;

/** A set of revisions: any, or the listed ones. */
export type Revisions = 'any' | readonly number[];

/** A precondition on a task, so that no change is overwritten unseen. */
export interface Condition {
  /** The task must be at one of these revisions. */
  readonly match?: Revisions;
  /** The task must be at none of these revisions. */
  readonly noneMatch?: Revisions;
  /** The task must have been created at this moment: clients that send a whole task back include the field. */
  readonly createdAt?: string;
}

/** The effect of `setCompleted` as data, so that a store can apply it without reading the task first. */
export interface CompletionRule {
  /** Whether a completed task is completed afterwards. */
  readonly whenCompleted: boolean;
  /** Whether an open task is completed afterwards. */
  readonly whenOpen: boolean;
  readonly at: Instant;
}

const completionOutcomes = (completed: boolean | undefined) => ({
  whenCompleted: completed ?? false,
  whenOpen: completed ?? true,
});

/** The largest id that a task can have (PostgreSQL's `integer`). */
export const maxTaskId = 2_147_483_647;

const assertContent = (changes: TaskChanges): void => {
  const faults = contentFaults(changes);
  if (faults.length > 0) throw invalid(faults);
};

/**
 * The aggregate. It is immutable: a change returns a new task, or the same instance if nothing changes. The constructor
 * assigns fields by name, so that V8 gives all tasks one shape.
 */
export class Task implements TaskState {
  readonly owner: UserId;
  readonly id: number;
  readonly title: string;
  readonly description: string | null;
  readonly completed: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly revision: number;

  private constructor(state: TaskState) {
    this.owner = state.owner;
    this.id = state.id;
    this.title = state.title;
    this.description = state.description;
    this.completed = state.completed;
    this.createdAt = state.createdAt;
    this.updatedAt = state.updatedAt;
    this.revision = state.revision;
  }

  /**
   * Makes a draft of a new task. Titles are trimmed, descriptions kept verbatim.
   * @throws DomainError `auth/wrong-user`, or `request/invalid` with every fault of the content
   */
  static draft(actor: Actor, owner: UserId, content: TaskContent, now: Instant): TaskDraft {
    assertMayAct(actor, owner);
    assertContent(content);
    return {
      owner,
      ...newContent(content),
      createdAt: now,
      updatedAt: now,
    };
  }

  /** Restores a stored task. Trusts the state: it was valid when it was written. */
  static restore(state: TaskState): Task {
    return new Task(state);
  }

  /** Returns whether the task is at one of the revisions. */
  isAt(revisions: Revisions): boolean {
    return revisions === 'any' || revisions.includes(this.revision);
  }

  /**
   * Checks a precondition.
   * @throws DomainError `task/stale` with this task when its revision fails the condition, `request/invalid` when
   * `createdAt` differs
   */
  assertMeets({ match, noneMatch, createdAt }: Condition): void {
    if (createdAt !== undefined && createdAt !== this.createdAt) {
      throw invalid([{ field: 'created_at', message: `is read only: it is ${this.createdAt}, or may be left out` }]);
    }
    if (match !== undefined && !this.isAt(match)) throw stale(this);
    if (noneMatch !== undefined && this.isAt(noneMatch)) throw stale(this);
  }

  /**
   * Returns the task with the named fields changed; `description: null` clears the description.
   * @throws DomainError `auth/wrong-user`, or `request/invalid` with every fault of the changes
   */
  change(actor: Actor, changes: TaskChanges, now: Instant): Task {
    assertMayAct(actor, this.owner);
    assertContent(changes);
    const changed = effectiveChanges(this, changes);
    if (changed === undefined) return this;
    // A clock that was set back must not move `updatedAt` back.
    return new Task({ ...this, ...changed, updatedAt: latest(now, this.updatedAt) });
  }

  /**
   * Returns the task with `completed` set, or toggled where it is `undefined`.
   * @throws DomainError `auth/wrong-user`
   */
  setCompleted(actor: Actor, completed: boolean | undefined, now: Instant): Task {
    const { whenCompleted, whenOpen } = completionOutcomes(completed);
    return this.change(actor, { completed: this.completed ? whenCompleted : whenOpen }, now);
  }

  /** Returns the rule that has the same effect as `setCompleted`. */
  static completionRule(completed: boolean | undefined, now: Instant): CompletionRule {
    return { ...completionOutcomes(completed), at: now };
  }

  /** Returns whether the task is completed and last changed before the moment, so that a purge may remove it. */
  isDoneBefore(moment: Instant): boolean {
    return this.completed && this.updatedAt < moment;
  }

  /** Returns the task at the revision that the repository assigned to its change. */
  revise(revision: number): Task {
    return new Task({ ...this, revision });
  }
}
