import { type Actor, assertMayAct } from './actor.ts';
import { invalid, stale } from './errors.ts';
import { type Instant, latest } from './instant.ts';
import { contentFaults, effectiveChanges, newContent, type TaskChanges, type TaskContent } from './task-fields.ts';
import type { TaskState } from './task-state.ts';
import type { UserId } from './user-id.ts';

/** A task that has not been stored: the repository gives it its id and revision. */
export type TaskDraft = Omit<TaskState, 'id' | 'revision'>;

/** Revisions of a task: whichever it is at, or one of these. */
export type Revisions = 'any' | readonly number[];

/** What must hold of a task for an action to go ahead, so that nobody's change is overwritten unseen. */
export interface Condition {
  /** Only if the task is at one of these. */
  readonly match?: Revisions;
  /** Only if it is at none of these. */
  readonly noneMatch?: Revisions;
  /** Only if it was created then: clients that send a whole task back send what they were given. */
  readonly createdAt?: string;
}

/** What `setCompleted` makes of a task, stated before it is read: it depends only on whether the task is completed. */
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
 * The aggregate: immutable, so a change is a new task, and a change that changes nothing is the very same one. Its fields
 * are assigned by name, so that all tasks have one shape in memory.
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
   * A new task of the owner's, for a repository to store. Titles are trimmed, descriptions kept verbatim.
   * @throws DomainError `auth/wrong-user`, or `request/invalid` with every fault of the content.
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

  /** A task as a repository stored it. The state is trusted: it was valid when it was written. */
  static restore(state: TaskState): Task {
    return new Task(state);
  }

  /** Whether the task is at one of the revisions. */
  isAt(revisions: Revisions): boolean {
    return revisions === 'any' || revisions.includes(this.revision);
  }

  /**
   * @throws DomainError `task/stale` with this task when it is not at the revisions of the condition, `request/invalid`
   * when it was not created at the moment of it
   */
  assertMeets({ match, noneMatch, createdAt }: Condition): void {
    if (createdAt !== undefined && createdAt !== this.createdAt) {
      throw invalid([{ field: 'created_at', message: `is read only: it is ${this.createdAt}, or may be left out` }]);
    }
    if (match !== undefined && !this.isAt(match)) throw stale(this);
    if (noneMatch !== undefined && this.isAt(noneMatch)) throw stale(this);
  }

  /**
   * The task with the named fields changed; `description: null` clears it.
   * @throws DomainError `auth/wrong-user`, or `request/invalid` with every fault of the changes.
   */
  change(actor: Actor, changes: TaskChanges, now: Instant): Task {
    assertMayAct(actor, this.owner);
    assertContent(changes);
    const changed = effectiveChanges(this, changes);
    if (changed === undefined) return this;
    // A clock that was set back must not make a task look older than it was.
    return new Task({ ...this, ...changed, updatedAt: latest(now, this.updatedAt) });
  }

  /**
   * Sets whether the task is completed; without a state it toggles.
   * @throws DomainError `auth/wrong-user`
   */
  setCompleted(actor: Actor, completed: boolean | undefined, now: Instant): Task {
    const { whenCompleted, whenOpen } = completionOutcomes(completed);
    return this.change(actor, { completed: this.completed ? whenCompleted : whenOpen }, now);
  }

  /** States what `setCompleted` makes of any task. */
  static completionRule(completed: boolean | undefined, now: Instant): CompletionRule {
    return { ...completionOutcomes(completed), at: now };
  }

  /** Whether the task has been done and left alone since before the moment: what a clean-up may remove. */
  isDoneBefore(moment: Instant): boolean {
    return this.completed && this.updatedAt < moment;
  }

  /** The task under the revision that the repository counted for its change. */
  revise(revision: number): Task {
    return new Task({ ...this, revision });
  }
}
