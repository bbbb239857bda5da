import type { OwnerPorts } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import { type OwnerSession, ownerSession } from '@taskward/owner-transactions';
import type { Database } from '../database.ts';
import type { Replica } from '../replica/replica.ts';
import { replicaReads } from '../replica/replica-reads.ts';
import { changesOver } from './changes/change-log.ts';
import type { OwnerSizes } from './tasks/owner-sizes.ts';
import { planningOver } from './tasks/planning-store.ts';
import { tasksOver } from './tasks/task-repository.ts';

/**
 * Makes the ports of an owner over sessions: each call is a transaction of its own, or all share one.
 * @param sizes how many tasks owners have, where filtered lists share connections
 */
export const ownerPortsOver = (sessionOf: (owner: UserId) => OwnerSession, sizes?: OwnerSizes): OwnerPorts => ({
  tasks: tasksOver(sessionOf, sizes),
  changes: changesOver(sessionOf),
  planning: planningOver(sessionOf, sizes),
});

/**
 * Makes all ports of an owner over PostgreSQL. Each call is a transaction of its own. Every statement names the owner, and
 * row security checks it again.
 * @param replica what may answer first pages of lists
 */
export const makeOwnerPorts = ({
  database,
  replica,
}: {
  database: Database;
  replica?: Replica | undefined;
}): OwnerPorts => {
  const { transactions, sizes } = database;
  const sessionOf = (owner: UserId) => ownerSession(transactions, owner);
  const ports = ownerPortsOver(sessionOf, sizes);
  if (replica === undefined) return ports;
  return { ...ports, tasks: tasksOver(sessionOf, sizes, (owner) => replicaReads(replica, sessionOf(owner), owner)) };
};
