import { makeApplyBatch } from './apply-batch.ts';
import { makeChangeTask } from './change-task.ts';
import { makeCreateTask } from './create-task.ts';
import { makeDeleteTask } from './delete-task.ts';
import { makeEraseUser } from './erase-user.ts';
import { makeGetTask } from './get-task.ts';
import { makeImportTasks } from './import-tasks.ts';
import type { Limits } from './limits.ts';
import { makeListImports } from './list-imports.ts';
import { makeListTasks } from './list-tasks.ts';
import { makeListUsers } from './list-users.ts';
import type { Clock, IdempotencyStore, ImportStore, OwnerPorts, TaskRepository, UserDirectory } from './ports.ts';
import { makePurgeIdempotencyKeys } from './purge-idempotency-keys.ts';
import { makePurgeTasks } from './purge-tasks.ts';
import { makeRunIdempotently } from './run-idempotently.ts';

/** The ports that the use-cases on tasks need. */
type TaskPorts = Pick<OwnerPorts, 'tasks'> & { clock: Clock; limits?: Limits };

/** Makes the use-cases on tasks. */
export const makeTaskUseCases = (ports: TaskPorts) => ({
  createTask: makeCreateTask(ports),
  getTask: makeGetTask(ports),
  listTasks: makeListTasks(ports),
  changeTask: makeChangeTask(ports),
  deleteTask: makeDeleteTask(ports),
  applyBatch: makeApplyBatch(ports),
});

/** The use-cases on tasks, which can also run with an idempotency key. */
export type TaskUseCases = ReturnType<typeof makeTaskUseCases>;

/** Makes all use-cases of users. */
export const makeUseCases = (ports: TaskPorts & { idempotency: IdempotencyStore }) => {
  // Not a spread: `ports` may be a container that resolves a dependency when its property is read.
  const { clock, limits } = ports;
  return {
    ...makeTaskUseCases(ports),
    runIdempotently: makeRunIdempotently(ports, (owned) =>
      makeTaskUseCases({ ...owned, clock, ...(limits && { limits }) }),
    ),
    purgeIdempotencyKeys: makePurgeIdempotencyKeys(ports),
  };
};

/** All use-cases of users: what a driving adapter depends on. */
export type UseCases = ReturnType<typeof makeUseCases>;

/** Makes the operator's jobs. */
export const makeJobs = (ports: {
  tasks: TaskRepository;
  imports: ImportStore;
  users: UserDirectory;
  clock: Clock;
  limits?: Limits;
}) => ({
  importTasks: makeImportTasks(ports),
  listImports: makeListImports(ports),
  purgeTasks: makePurgeTasks(ports),
  listUsers: makeListUsers(ports),
  eraseUser: makeEraseUser(ports),
});

/** The operator's jobs. Only the command line gets them, so that the HTTP server cannot erase a user by mistake. */
export type Jobs = ReturnType<typeof makeJobs>;
