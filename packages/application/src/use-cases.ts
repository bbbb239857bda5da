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

/** What the use-cases on tasks need of an owner's ports. */
type TaskPorts = Pick<OwnerPorts, 'tasks'> & { clock: Clock; limits?: Limits };

/** The use-cases on tasks, over the given ports. */
export const makeTaskUseCases = (ports: TaskPorts) => ({
  createTask: makeCreateTask(ports),
  getTask: makeGetTask(ports),
  listTasks: makeListTasks(ports),
  changeTask: makeChangeTask(ports),
  deleteTask: makeDeleteTask(ports),
  applyBatch: makeApplyBatch(ports),
});

/** What can be done with tasks; also what can be done once under a key. */
export type TaskUseCases = ReturnType<typeof makeTaskUseCases>;

/** Everything that users can do, over the given ports. */
export const makeUseCases = (ports: TaskPorts & { idempotency: IdempotencyStore }) => {
  // Named one by one: `ports` may be a container that makes what it is asked for, and a spread asks for everything.
  const { clock, limits } = ports;
  return {
    ...makeTaskUseCases(ports),
    runIdempotently: makeRunIdempotently(ports, (owned) =>
      makeTaskUseCases({ ...owned, clock, ...(limits && { limits }) }),
    ),
    purgeIdempotencyKeys: makePurgeIdempotencyKeys(ports),
  };
};

/** The one thing that every driving adapter is handed. */
export type UseCases = ReturnType<typeof makeUseCases>;

/** The jobs of an operator, over the given ports. */
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

/** What the command line is handed besides: a server that speaks HTTP cannot erase a user even by mistake. */
export type Jobs = ReturnType<typeof makeJobs>;
