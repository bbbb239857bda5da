import { type Actor, assertMayAct } from './actor.ts';
import { invalid, occurrencePassed, stale } from './errors.ts';
import { type Instant, latest } from './instant.ts';
import type { Metadata } from './metadata.ts';
import { changesDates, momentsOf } from './planning/due-dates/dates.ts';
import { dueDateFault, normalisedDueDate } from './planning/due-dates/due-date.ts';
import type { Planning } from './planning/planning.ts';
import type { Priority } from './planning/priority.ts';
import { nextOccurrence, type Repeat } from './planning/recurrence/recurrence.ts';
import type { Reminder } from './planning/reminders/reminders.ts';
import { changedContent, newContent, type TaskEdit } from './task-content.ts';
import { effectiveChanges, type StoredValues, type TaskContent, type TaskFields } from './task-fields.ts';
import type { TaskState } from './task-state.ts';
import type { UserId } from './user-id.ts';

/** A task that is not stored yet: the repository assigns its id and revision. */
export type TaskDraft = Omit<TaskState, 'id' | 'revision'>;

/** An occurrence of a recurring task that was completed, so that the task has moved on to the next one. */
export interface CompletedOccurrence {
  /** Its due date. */
  readonly dueDate: string;
  /** How many occurrences were passed over between it and the next one. */
  readonly skipped: number;
}

/** Which completion is meant, and what it depends on. */
export interface Completion {
  /** The state to set; toggled where it is left out. */
  readonly completed?: boolean | undefined;
  /** The due date that the task must still have: the occurrence that the caller has seen. */
  readonly occurrence?: string | undefined;
}

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

/** The effect of `setCompleted` on a task that does not recur as data, so that a store can apply it without reading the task. */
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
  readonly priority: Priority | null;
  readonly tags: readonly string[];
  readonly due_date: string | null;
  readonly repeat: Repeat | null;
  readonly reminders: readonly Reminder[];
  readonly position: string | null;
  readonly metadata: Metadata;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly completedAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly remindAt: readonly Instant[];
  readonly revision: number;
  /** What the change that made this state has completed; a stored task has none. */
  readonly completedOccurrence: CompletedOccurrence | undefined;

  private constructor(state: TaskState, completedOccurrence?: CompletedOccurrence) {
    this.owner = state.owner;
    this.id = state.id;
    this.title = state.title;
    this.description = state.description;
    this.completed = state.completed;
    this.priority = state.priority;
    this.tags = state.tags;
    this.due_date = state.due_date;
    this.repeat = state.repeat;
    this.reminders = state.reminders;
    this.position = state.position;
    this.metadata = state.metadata;
    this.createdAt = state.createdAt;
    this.updatedAt = state.updatedAt;
    this.completedAt = state.completedAt;
    this.dueAt = state.dueAt;
    this.remindAt = state.remindAt ?? [];
    this.revision = state.revision;
    this.completedOccurrence = completedOccurrence;
  }

  /**
   * Makes a draft of a new task. Titles are trimmed, descriptions kept verbatim.
   * @throws DomainError `auth/wrong-user`, or `request/invalid` with every fault of the content
   */
  static draft(actor: Actor, owner: UserId, content: TaskContent, now: Instant, planning: Planning): TaskDraft {
    assertMayAct(actor, owner);
    const fields = newContent(content, planning.calendar);
    return {
      owner,
      ...fields,
      ...momentsOf(fields, now, planning),
      completedAt: fields.completed ? now : null,
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

  /** Returns whether completing the task moves it on to its next occurrence. */
  get isRecurring(): boolean {
    return this.repeat !== null && !this.completed;
  }

  /**
   * Returns the task with the named fields changed; `null` clears a field. Completing a recurring task moves it on.
   * @throws DomainError `auth/wrong-user`, `task/occurrence-passed`, or `request/invalid` with every fault of the changes
   */
  change(actor: Actor, edit: TaskEdit, now: Instant, planning: Planning): Task {
    assertMayAct(actor, this.owner);
    const { completed, ...others } = changedContent(this, edit, planning.calendar);
    this.#assertDue(edit.occurrence, planning);
    const changed = this.#with(others, now, planning);
    return completed === undefined ? changed : changed.setCompleted(actor, { completed }, now, planning);
  }

  /**
   * Returns the task with `completed` set, or toggled where it is `undefined`. A recurring task that is completed moves on to
   * its next occurrence and stays open; the last one of a series is completed for good.
   * @throws DomainError `auth/wrong-user`, `request/invalid` for an occurrence that is no due date, or `task/occurrence-passed` if
   * the task has moved on from the named occurrence
   */
  setCompleted(actor: Actor, { completed, occurrence }: Completion, now: Instant, planning: Planning): Task {
    assertMayAct(actor, this.owner);
    this.#assertDue(occurrence, planning);
    const { whenCompleted, whenOpen } = completionOutcomes(completed);
    const next = this.completed ? whenCompleted : whenOpen;
    if (next && this.isRecurring && this.due_date !== null) {
      const following = nextOccurrence(this.repeat as Repeat, this.due_date, now, planning);
      if (following !== undefined) {
        const { dueDate, repeat, skipped } = following;
        const moved = this.#with({ due_date: dueDate, repeat }, now, planning);
        return new Task(moved, { dueDate: this.due_date, skipped });
      }
    }
    return this.#with({ completed: next }, now, planning);
  }

  /** Returns the task with an earlier content, as a change that is taken back leaves it. @throws DomainError `auth/wrong-user` */
  revert(actor: Actor, content: TaskFields, now: Instant, planning: Planning): Task {
    assertMayAct(actor, this.owner);
    return this.#with(content, now, planning);
  }

  /** Returns the task at another position among the owner's tasks. @throws DomainError `auth/wrong-user` */
  moveTo(actor: Actor, position: string, now: Instant): Task {
    assertMayAct(actor, this.owner);
    return position === this.position ? this : new Task({ ...this, position, updatedAt: latest(now, this.updatedAt) });
  }

  /** Returns the task with what is computed from its dates by other settings, or the same task where nothing differs. */
  recompute(now: Instant, planning: Planning): Task {
    const moments = momentsOf(this, now, planning, this.remindAt);
    const isSame = moments.dueAt === this.dueAt && moments.remindAt.join() === this.remindAt.join();
    return isSame ? this : new Task({ ...this, ...moments, updatedAt: latest(now, this.updatedAt) });
  }

  /** Returns the task without the reminders up to a moment. */
  withoutRemindersUntil(moment: Instant): Task {
    return new Task({ ...this, remindAt: this.remindAt.filter((at) => at > moment) });
  }

  #assertDue(occurrence: string | undefined, { calendar }: Planning): void {
    if (occurrence === undefined) return;
    const message = dueDateFault(occurrence, calendar);
    if (message !== undefined) throw invalid([{ field: 'occurrence', message }]);
    if (normalisedDueDate(occurrence, calendar) !== this.due_date) throw occurrencePassed(this);
  }

  // A clock that was set back must not move `updatedAt` back.
  #with(values: StoredValues, now: Instant, planning: Planning): Task {
    const changed = effectiveChanges(this, values);
    if (changed === undefined) return this;
    const content = { ...this, ...changed };
    const completedAt = content.completed ? (this.completed ? this.completedAt : now) : null;
    const moments = changesDates(changed) ? momentsOf(content, now, planning) : {};
    return new Task({ ...content, ...moments, completedAt, updatedAt: latest(now, this.updatedAt) });
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
    return new Task({ ...this, revision }, this.completedOccurrence);
  }
}
