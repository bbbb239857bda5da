import type { OwnerPorts } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { OwnerSession } from '@taskward/owner-transactions';
import { tasksOver } from './task-repository.ts';

/** Makes the ports of an owner over sessions, so that their writes share the session's transaction. */
export const ownerPortsOver = (sessionOf: (owner: UserId) => OwnerSession): OwnerPorts => ({
  tasks: tasksOver(sessionOf),
});
