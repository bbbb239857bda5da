import { taskNotFound, taskQuotaExceeded } from './errors.ts';
import { Task, type TaskDraft } from './task.ts';

/** An owner's counters, and the tasks that take part in a unit of work. */
export interface UnitOfWorkState {
  /** The last id assigned to a task of the owner. */
  readonly lastTaskId: number;
  /** The owner's change counter. */
  readonly revision: number;
  /** How many tasks the owner has, including those not in `tasks`. */
  readonly taskCount: number;
  readonly tasks: readonly Task[];
}

/**
 * Collects several changes to an owner's tasks, to be stored in one step. A later change sees the effect of earlier ones.
 * Ids and revisions are counted as if each change were stored by itself.
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

  /** The new and changed tasks, to be stored. */
  get written(): Task[] {
    return [...this.#written].flatMap((id) => this.#tasks.get(id) ?? []);
  }

  /** The ids of the tasks to remove from the store. */
  get removed(): number[] {
    return [...this.#removed];
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
    return this.#put(Task.restore({ ...draft, id: this.#lastTaskId, revision: 0 }));
  }

  /**
   * Replaces a task by the result of `change`. Returning the same task changes nothing.
   * @throws DomainError `task/not-found`, or what `change` throws
   */
  update(id: number, change: (task: Task) => Task): Task {
    const before = this.get(id);
    const after = change(before);
    return after === before ? before : this.#put(after);
  }

  /** Removes a task unless `allow` throws. @throws DomainError `task/not-found`, or what `allow` throws */
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
