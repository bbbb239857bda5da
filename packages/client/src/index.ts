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
  Failure,
  Fault,
  KnownTask,
  ListQuery,
  NewTask,
  Page,
  Task,
  TaskChanges,
} from './types.ts';
