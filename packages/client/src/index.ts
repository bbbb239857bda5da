export { createTaskwardClient, type TaskwardClient } from './client.ts';
export { TaskwardError, type TaskwardErrorCode } from './errors.ts';
export type { ChangeListener, ReminderListener, SubscribeOptions } from './live/subscribe.ts';
export type {
  CallOptions,
  IfUnchanged,
  RetryOptions,
  TaskwardClientOptions,
  TokenProvider,
  WriteOptions,
} from './options.ts';
export type { Conflict, LocalTask, LocalTasks, SyncResult } from './sync/local-tasks.ts';
export { makeMemoryStore, type SyncStore } from './sync/store.ts';
export type {
  BatchOperation,
  BatchOptions,
  BatchOutcome,
  BatchResult,
  Change,
  ChangesPage,
  ChangesQuery,
  DeletedTask,
  Failure,
  Fault,
  HistoryEntry,
  HistoryPage,
  KnownTask,
  ListQuery,
  NewTask,
  Page,
  PageQuery,
  ReminderEvent,
  Superseded,
  Task,
  TaskChanges,
  TrashPage,
} from './types.ts';
