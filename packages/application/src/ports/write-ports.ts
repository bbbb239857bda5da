import type { Calendar } from '@taskward/domain';
import type { Limits } from '../limits.ts';
import type { Clock } from './clock.ts';
import type { TaskRepository } from './task-repository.ts';

/** What use-cases need that change an owner's tasks. */
export interface WritePorts {
  readonly tasks: TaskRepository;
  readonly clock: Clock;
  readonly calendar: Calendar;
  /** The defaults without it. */
  readonly limits?: Limits;
}
