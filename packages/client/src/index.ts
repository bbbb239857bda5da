export { createTaskwardClient, type TaskwardClient } from './client.ts';
export { TaskwardError, type TaskwardErrorCode } from './errors.ts';
export type { ChangeListener, ReminderListener, SubscribeOptions } from './live/subscribe.ts';
export type {
  CallOptions,
  IfUnchanged,
  OccurrenceOptions,
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
  ChangedTask,
  ChangesPage,
  ChangesQuery,
  DeletedTask,
  Failure,
  Fault,
  HistoryEntry,
  HistoryPage,
  KnownTask,
  Limits,
  ListQuery,
  NewTask,
  Occurrence,
  OccurrencesPage,
  Page,
  PageQuery,
  Place,
  ReminderEvent,
  Settings,
  Summary,
  Superseded,
  Tag,
  Task,
  TaskChanges,
  TrashPage,
} from './types.ts';
