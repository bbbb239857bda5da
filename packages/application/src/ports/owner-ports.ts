import type { ChangeLog } from './change-log.ts';
import type { PlanningStore } from './planning-store.ts';
import type { TaskRepository } from './task-repository.ts';

/** The ports whose writes can share one transaction of an owner. A call with an idempotency key gets all of them. */
export interface OwnerPorts {
  readonly tasks: TaskRepository;
  readonly changes: ChangeLog;
  readonly planning: PlanningStore;
}
