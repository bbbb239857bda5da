export { createTaskwardClient, type TaskwardClient } from './client.ts';
export { TaskwardError, type TaskwardErrorCode } from './errors.ts';
export type {
  CallOptions,
  IfUnchanged,
  RetryOptions,
  TaskwardClientOptions,
  TokenProvider,
  WriteOptions,
} from './options.ts';
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
  Superseded,
  Task,
  TaskChanges,
  TrashPage,
} from './types.ts';
