export * from './actor.ts';
export * from './errors.ts';
export * from './imported-task.ts';
export * from './instant.ts';
export * from './task.ts';
export * from './task-fields.ts';
export * from './text.ts';
export * from './unit-of-work.ts';
