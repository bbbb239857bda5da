export { createTaskwardClient, type TaskwardClient } from './client.ts';
export { TaskwardError, type TaskwardErrorCode } from './errors.ts';
export type { CallOptions, RetryOptions, TaskwardClientOptions, TokenProvider, WriteOptions } from './options.ts';
export type {
  BatchOperation,
  BatchOptions,
  BatchOutcome,
  BatchResult,
  Failure,
  Fault,
  ListQuery,
  NewTask,
  Page,
  Task,
  TaskChanges,
  TaskReference,
} from './types.ts';
