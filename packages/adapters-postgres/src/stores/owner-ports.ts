import type { OwnerPorts } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { OwnerSession } from '@taskward/owner-transactions';
import { tasksOver } from './task-repository.ts';

/** Makes all ports of an owner's over sessions, so that what is written through them shares the sessions' transaction. */
export const ownerPortsOver = (sessionOf: (owner: UserId) => OwnerSession): OwnerPorts => ({
  tasks: tasksOver(sessionOf),
});
