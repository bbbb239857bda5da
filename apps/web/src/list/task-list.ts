import type {
  Conflict,
  DeletedTask,
  HistoryEntry,
  LocalTask,
  NewTask,
  Settings,
  SyncResult,
  TaskChanges,
} from '@taskward/client';

/** How the server is reached: `limited` while a rate limit holds requests back, `unreachable` while it gives no response. */
export type Connection = 'online' | 'offline' | 'limited' | 'unreachable';

/** Which tasks are shown, and in which order. */
export interface Filter {
  readonly search: string;
  readonly status: 'all' | 'pending' | 'completed';
  readonly due: 'any' | 'overdue' | 'today' | 'week' | 'none';
  readonly priority: 'any' | 'urgent' | 'high' | 'medium' | 'low' | 'none';
  /** A tag, in any case; empty for all tasks. */
  readonly tag: string;
  readonly sort: 'position' | 'due_date' | 'priority' | 'created_at' | 'title';
}

/** What has just happened, as a sentence to show and to announce. */
export interface Notice {
  /** Differs from that of every other notice. */
  readonly id: number;
  readonly kind: 'done' | 'failed';
  readonly text: string;
  /** Takes back what was done, if that is possible. */
  readonly undo?: () => Promise<void>;
}

/** A reminder that has come due while the page is open. */
export interface DueReminder {
  readonly id: number;
  readonly task: LocalTask;
  /** When it was due. */
  readonly at: string;
}

/** Everything that the page shows of a user's tasks. A new object after each change. */
export interface ListState {
  /** Whether the tasks are not read yet, neither from the copy in this browser nor from the server. */
  readonly isLoading: boolean;
  /** The tasks that the filter lets through, in its order. */
  readonly tasks: readonly LocalTask[];
  /** Numbers of all tasks, whatever the filter. */
  readonly counts: { readonly all: number; readonly pending: number; readonly overdue: number; readonly today: number };
  /** All tags, each once, in the order of their texts. */
  readonly tags: readonly string[];
  readonly filter: Filter;
  readonly connection: Connection;
  /** How many tasks have something that is not sent. */
  readonly unsent: number;
  readonly conflicts: readonly Conflict[];
  readonly rejected: SyncResult['rejected'];
  readonly notice: Notice | undefined;
  readonly reminders: readonly DueReminder[];
  readonly settings: Settings;
  /** Why the list cannot be kept up to date although the server answers: its own sentence. */
  readonly error: string | undefined;
}

/** A place in the user's own order: next to a task, by its key, or at an end. */
export type ListPlace = { readonly before: number } | { readonly after: number } | { readonly to: 'top' | 'bottom' };

/**
 * A user's tasks: a copy in this browser that can be read and changed at once, also offline, and is kept the same as the
 * server's. Tasks are known by their `key`. What fails is told by a notice with the server's sentence; no call rejects, except
 * where it says so.
 */
export interface TaskList {
  state(): ListState;
  /** Calls a function after each change of the state. @returns what ends that */
  watch(listener: () => void): () => void;
  setFilter(changes: Partial<Filter>): void;
  add(input: NewTask): Promise<void>;
  update(key: number, changes: TaskChanges): Promise<void>;
  setCompleted(key: number, completed: boolean): Promise<void>;
  /** Deletes a task, with a notice that can undo it. */
  remove(key: number): Promise<void>;
  /** Moves a task in the user's own order. It needs the network. */
  move(key: number, place: ListPlace): Promise<void>;
  /** Decides a conflict. */
  resolve(conflict: Conflict, keep: 'mine' | 'theirs'): Promise<void>;
  /** Drops what was done to a task here and is not sent. */
  discard(key: number): Promise<void>;
  dismissNotice(): void;
  dismissReminder(id: number): void;
  /** Sends and reads now what is to be sent and read. */
  refresh(): Promise<void>;
  /** Returns the deleted tasks, newest first. @throws TaskwardError */
  trash(): Promise<readonly DeletedTask[]>;
  restore(task: DeletedTask): Promise<void>;
  /** Removes a task, or all of them, from the trash for good. */
  purge(task?: DeletedTask): Promise<void>;
  /** Returns what was done to a task, newest first. @throws TaskwardError */
  history(key: number): Promise<readonly HistoryEntry[]>;
  /** Takes back a change by the revision that it has in the history. */
  undo(revision: number): Promise<void>;
  changeSettings(changes: Partial<Settings>): Promise<void>;
  /** Ends the subscription and all waiting. The copy stays. */
  close(): void;
}
