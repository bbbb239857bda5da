import {
  type Change,
  type ChangeEffect,
  contentOf,
  type DraftChange,
  type FiredReminder,
  type LastState,
  previousValues,
} from './change.ts';
import { taskNotFound, taskQuotaExceeded } from './errors.ts';
import type { Instant } from './instant.ts';
import { defaultSettings, type UserSettings } from './planning/settings.ts';
import { Task, type TaskDraft } from './task.ts';

/** An owner's counters, and the tasks that take part in a unit of work. */
export interface UnitOfWorkState {
  /** The last id assigned to a task of the owner. */
  readonly lastTaskId: number;
  /** The owner's change counter. */
  readonly revision: number;
  /** How many tasks the owner has, including those not in `tasks`. */
  readonly taskCount: number;
  /** How the owner counts days. */
  readonly settings?: UserSettings;
  readonly tasks: readonly Task[];
  /** The latest stored changes of the tasks about which a change is to be taken back, newest first. */
  readonly log?: readonly Change[];
  /** The ids of the tasks that each filter of the unit's scope selects, in the order of the filters. */
  readonly selected?: readonly (readonly number[])[];
}

const lastStateOf = ({ createdAt, updatedAt, completedAt, revision, ...task }: Task): LastState => ({
  ...contentOf(task),
  createdAt,
  updatedAt,
  completedAt,
  revision,
});

/**
 * Collects several changes to an owner's tasks, to be stored in one step. A later change sees the effect of earlier ones.
 * Ids and revisions are counted as if each change were stored by itself.
 */
export class UnitOfWork {
  #lastTaskId: number;
  #revision: number;
  #taskCount: number;
  #settings: UserSettings;
  readonly #tasks: Map<number, Task>;
  readonly #written = new Set<number>();
  readonly #removed = new Set<number>();
  readonly #log: readonly Change[];
  readonly #selected: readonly (readonly number[])[];
  readonly #changes: (ChangeEffect & { revision: number; taskId: number })[] = [];

  constructor(state: UnitOfWorkState) {
    const { lastTaskId, revision, taskCount, settings = defaultSettings, tasks, log = [], selected = [] } = state;
    this.#log = log;
    this.#selected = selected;
    this.#lastTaskId = lastTaskId;
    this.#revision = revision;
    this.#taskCount = taskCount;
    this.#settings = settings;
    this.#tasks = new Map(tasks.map((task) => [task.id, task]));
  }

  /** The last id assigned to a task of the owner, including tasks added here. */
  get lastTaskId(): number {
    return this.#lastTaskId;
  }

  /** The owner's change counter, including changes made here. */
  get revision(): number {
    return this.#revision;
  }

  /** How many tasks the owner has, including changes made here. */
  get taskCount(): number {
    return this.#taskCount;
  }

  /** How the owner counts days. */
  get settings(): UserSettings {
    return this.#settings;
  }

  /** All tasks of the unit of work, in no order. */
  get tasks(): Task[] {
    return [...this.#tasks.values()];
  }

  /** Returns the ids of the tasks that a filter of the unit's scope selected before any change. @param filter from 0 on */
  selected(filter = 0): readonly number[] {
    return this.#selected[filter] ?? [];
  }

  /** The new and changed tasks, to be stored. */
  get written(): Task[] {
    return [...this.#written].flatMap((id) => this.#tasks.get(id) ?? []);
  }

  /** The ids of the tasks to remove from the store. */
  get removed(): number[] {
    return [...this.#removed];
  }

  /** The changes that were made here, in order, to be stored in the owner's log. */
  get changes(): readonly DraftChange[] {
    const [first, second] = this.#changes;
    if (first === undefined || second === undefined) return this.#changes;
    return this.#changes.map((change) => ({ ...change, batch: first.revision }));
  }

  /** Returns the task's changes, newest first: those made here, then the stored ones that the unit of work has. */
  changesOf(id: number): readonly DraftChange[] {
    return [...this.#changes.toReversed(), ...this.#log].filter(({ taskId }) => taskId === id);
  }

  /**
   * Returns the stored change with this revision and those that were made in one step with it, newest first. None if some
   * of them are not kept any more.
   */
  changesMadeWith(revision: number): readonly Change[] {
    const named = this.#log.find((change) => change.revision === revision);
    if (named?.batch === undefined) return named === undefined ? [] : [named];
    const all = this.#log.filter(({ batch }) => batch === named.batch);
    // The log loses its oldest changes first.
    return all.at(-1)?.revision === named.batch ? all : [];
  }

  /** Returns the task, or `undefined` if it is not in the unit of work. */
  find(id: number): Task | undefined {
    return this.#tasks.get(id);
  }

  /** Returns the task. @throws DomainError `task/not-found` */
  get(id: number): Task {
    const task = this.#tasks.get(id);
    if (task === undefined) throw taskNotFound(id);
    return task;
  }

  /**
   * Adds a draft with the next id and revision.
   * @param quota the maximum number of tasks that the owner may have
   * @throws DomainError `task/quota-exceeded`
   */
  add(draft: TaskDraft, quota = Number.POSITIVE_INFINITY): Task {
    if (this.#taskCount >= quota) throw taskQuotaExceeded(quota);
    this.#taskCount += 1;
    this.#lastTaskId += 1;
    return this.#put(Task.restore({ ...draft, id: this.#lastTaskId, revision: 0 }), { kind: 'created' });
  }

  /**
   * Puts a deleted task back, at the next revision.
   * @param quota the maximum number of tasks that the owner may have
   * @throws DomainError `task/quota-exceeded`
   */
  restore(task: Task, quota = Number.POSITIVE_INFINITY): Task {
    if (this.#taskCount >= quota) throw taskQuotaExceeded(quota);
    this.#taskCount += 1;
    this.#removed.delete(task.id);
    return this.#put(task, { kind: 'restored' });
  }

  /**
   * Replaces a task by the result of `change`. Returning the same task changes nothing.
   * @throws DomainError `task/not-found`, or what `change` throws
   */
  update(id: number, change: (task: Task) => Task): Task {
    const before = this.get(id);
    const after = change(before);
    if (after === before) return before;
    const kind = after.completedOccurrence === undefined ? 'updated' : 'occurrence_completed';
    return this.#put(after, { kind, before: previousValues(before, after) });
  }

  /** Records that the owner was reminded of a task, and of what is still to come. The task keeps its revision. */
  remind(task: Task, reminder: FiredReminder): void {
    this.#record(task.id, { kind: 'reminded', reminder });
    this.#tasks.set(task.id, task.withoutRemindersUntil(reminder.at));
    this.#written.add(task.id);
  }

  /** Drops a task's reminders up to a moment, of which nobody is told. The task keeps its revision. */
  skipReminders(task: Task, until: Instant): void {
    // Counted, so that a unit of work that began before does not bring them back.
    this.#revision += 1;
    this.#tasks.set(task.id, task.withoutRemindersUntil(until));
    this.#written.add(task.id);
  }

  /** Changes how the owner counts days. The caller recomputes what depends on it. */
  changeSettings(settings: UserSettings): void {
    this.#settings = settings;
    this.#revision += 1;
  }

  /**
   * Removes a task unless `allow` throws.
   * @returns the revision of the removal
   * @throws DomainError `task/not-found`, or what `allow` throws
   */
  remove(id: number, allow: (task: Task) => void = () => {}): number {
    const task = this.get(id);
    allow(task);
    this.#record(id, { kind: 'deleted', before: lastStateOf(task) });
    this.#taskCount -= 1;
    this.#tasks.delete(id);
    this.#written.delete(id);
    this.#removed.add(id);
    return this.#revision;
  }

  #record(taskId: number, effect: ChangeEffect): void {
    this.#revision += 1;
    this.#changes.push({ ...effect, taskId, revision: this.#revision });
  }

  #put(task: Task, effect: ChangeEffect): Task {
    this.#record(task.id, effect);
    const counted = task.revise(this.#revision);
    this.#tasks.set(task.id, counted);
    this.#written.add(task.id);
    return counted;
  }
}
