import type { CallOptions } from '../options.ts';
import type { Failure, NewTask, Task, TaskChanges } from '../types.ts';
import type { TaskField } from './edits.ts';

/** A task in the local copy, with what was done to it here. */
export interface LocalTask extends Omit<Task, 'user_id' | 'repeat'> {
  /** As the server has it; until it is sent, as it was given here. */
  readonly repeat: Task['repeat'] | NonNullable<TaskChanges['repeat']>;
  /** Identifies the task here, for good: its id, or a negative number for a task that was created here. */
  readonly key: number;
  /** Whether something that was done to it here is not sent. */
  readonly isPending: boolean;
}

/**
 * What was done here and elsewhere to the same. Tags and metadata are merged and never conflict. A recurring task whose due date was
 * changed elsewhere, and an occurrence of which was completed here, is a conflict of `completed`. The local copy has `mine`, and it is not sent, until it is resolved.
 * `deleted` with `mine: false` is a task that was deleted elsewhere and edited here, with `mine: true` the reverse.
 */
export type Conflict = { readonly task: LocalTask } & (
  | ConflictingValues[keyof ConflictingValues]
  | { readonly field: 'deleted'; readonly mine: boolean; readonly theirs: boolean }
);

type ConflictingValues = {
  readonly [Field in Exclude<TaskField, 'tags' | 'metadata'>]: {
    readonly field: Field;
    readonly mine: LocalTask[Field];
    readonly theirs: Task[Field];
  };
};

/** What cannot be sent as it is. */
export interface SyncResult {
  /** To be decided with `resolve`. */
  readonly conflicts: readonly Conflict[];
  /** Edits that the server rejected: change the task again, or `discard` them. */
  readonly rejected: readonly { readonly task: LocalTask; readonly error: Failure }[];
}

/**
 * A copy of all tasks of a user, which can be read and changed offline. Tasks are known by their `key`. Calls on a task
 * that is not there reject with a TaskwardError `task/not-found`.
 */
export interface LocalTasks {
  /** Returns all tasks, in no particular order. */
  list(): Promise<LocalTask[]>;
  get(key: number): Promise<LocalTask | undefined>;
  create(input: NewTask): Promise<LocalTask>;
  update(key: number, changes: TaskChanges): Promise<LocalTask>;
  complete(key: number, completed?: boolean): Promise<LocalTask>;
  remove(key: number): Promise<void>;
  /** Returns what was done here and elsewhere to the same, as far as the last `sync` knows. */
  conflicts(): Promise<Conflict[]>;
  /** Decides a conflict. With `mine`, the next `sync` sends it, and brings a deleted task back. */
  resolve(conflict: Conflict, keep: 'mine' | 'theirs'): Promise<void>;
  /** Drops what was done to a task here and is not sent. */
  discard(key: number): Promise<void>;
  /**
   * Sends what was done here, then reads what was done elsewhere. After a failure, call it again: nothing is done twice.
   * @returns what is left to decide
   * @throws TaskwardError as other calls, and `client/other-user` if the copy is another user's
   */
  sync(options?: CallOptions): Promise<SyncResult>;
  /**
   * Calls a function after each change of the copy, also by another tab: with the keys of the tasks that may have changed, or
   * `undefined` if a tab with another version of the client does not say which.
   * @returns what ends that
   */
  watch(listener: (keys: readonly number[] | undefined) => void): () => void;
}
