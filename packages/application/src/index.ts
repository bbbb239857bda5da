export * from './complete-task.ts';
export * from './create-task.ts';
export * from './delete-task.ts';
export * from './get-task.ts';
export * from './list-tasks.ts';
export * from './ports.ts';
export * from './update-task.ts';
export * from './use-cases.ts';
