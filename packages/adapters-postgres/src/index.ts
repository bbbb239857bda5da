export * from './database.ts';
export * from './isolation.ts';
export * from './migrate.ts';
export { requestRole, schema } from './names.ts';
export { makeTaskRepository } from './task-repository.ts';
export { TaskRow, UserRow } from './task-row.ts';
