import { taskNotFound, taskQuotaExceeded } from './errors.ts';
import { Task, type TaskDraft } from './task.ts';

/** One owner's counters, and those of their tasks that somebody wants to work on. */
export interface UnitOfWorkState {
  /** The last id that was given to a task of theirs. */
  readonly lastTaskId: number;
  /** Their change counter. */
  readonly revision: number;
  /** How many tasks they have, also those that are not among `tasks`. */
  readonly taskCount: number;
  readonly tasks: readonly Task[];
}

/**
 * An owner's tasks while several changes are made to them in one step: a later one sees what an earlier one did.
 * It counts ids and revisions as storing each change by itself would have.
 */
export class UnitOfWork {
  #lastTaskId: number;
  #revision: number;
  #taskCount: number;
  readonly #tasks: Map<number, Task>;
  readonly #written = new Set<number>();
  readonly #removed = new Set<number>();

  constructor({ lastTaskId, revision, taskCount, tasks }: UnitOfWorkState) {
    this.#lastTaskId = lastTaskId;
    this.#revision = revision;
    this.#taskCount = taskCount;
    this.#tasks = new Map(tasks.map((task) => [task.id, task]));
  }

  /** The last id that was given to a task of theirs, in this unit of work or before. */
  get lastTaskId(): number {
    return this.#lastTaskId;
  }

  /** Their change counter, with the changes in this unit of work. */
  get revision(): number {
    return this.#revision;
  }

  /** How many tasks they have, with the changes in this unit of work. */
  get taskCount(): number {
    return this.#taskCount;
  }

  /** The tasks that are new or changed, as they are to be stored. */
  get written(): Task[] {
    return [...this.#written].flatMap((id) => this.#tasks.get(id) ?? []);
  }

  /** The ids of tasks that are to be removed from the store. */
  get removed(): number[] {
    return [...this.#removed];
  }

  /** The task, if it is in the unit of work. */
  find(id: number): Task | undefined {
    return this.#tasks.get(id);
  }

  /** @throws DomainError `task/not-found` */
  get(id: number): Task {
    const task = this.#tasks.get(id);
    if (task === undefined) throw taskNotFound(id);
    return task;
  }

  /**
   * Puts a draft in the unit of work, under the next id and revision.
   * @param quota the most tasks that the owner may have
   * @throws DomainError `task/quota-exceeded`
   */
  add(draft: TaskDraft, quota = Number.POSITIVE_INFINITY): Task {
    if (this.#taskCount >= quota) throw taskQuotaExceeded(quota);
    this.#taskCount += 1;
    this.#lastTaskId += 1;
    return this.#put(Task.restore({ ...draft, id: this.#lastTaskId, revision: 0 }));
  }

  /** Lets `change` decide; the same task again is no change. @throws DomainError `task/not-found`, or what `change` throws. */
  update(id: number, change: (task: Task) => Task): Task {
    const before = this.get(id);
    const after = change(before);
    return after === before ? before : this.#put(after);
  }

  /** Takes a task away, if `allow` does not throw. @throws DomainError `task/not-found`, or what `allow` throws. */
  remove(id: number, allow: (task: Task) => void): void {
    allow(this.get(id));
    this.#revision += 1;
    this.#taskCount -= 1;
    this.#tasks.delete(id);
    this.#written.delete(id);
    this.#removed.add(id);
  }

  #put(task: Task): Task {
    this.#revision += 1;
    const counted = task.revise(this.#revision);
    this.#tasks.set(task.id, counted);
    this.#written.add(task.id);
    return counted;
  }
}
