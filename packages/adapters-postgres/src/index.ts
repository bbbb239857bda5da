export * from './database.ts';
export { makeIdempotencyStore } from './idempotency-store.ts';
export * from './isolation.ts';
export * from './migrate.ts';
export { jobsRole, requestRole, schema } from './names.ts';
export { AnswerRow, TaskRow, UserRow } from './rows.ts';
export { makeTaskRepository } from './task-repository.ts';
