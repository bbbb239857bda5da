import type { Replica } from '@taskward/adapters-postgres';
import type { FastifyInstance } from 'fastify';
import type { Test } from 'tap';
import { anApi } from '../support/http/api.ts';
import { importMutated, type Mutation } from '../support/mutation.ts';
import { poolSettings } from '../support/postgres/database.ts';
import { eventually } from '../support/processes/processes.ts';

/** An API that reads from a replica. */
export interface ReplicatedApi {
  readonly app: FastifyInstance;
  readonly replica: Replica;
  /** What was logged about the replica. */
  readonly said: readonly string[];
  /** Waits until the replica is used. */
  isUsed(): Promise<boolean>;
}

/**
 * Makes an API over a primary and a replica, as a process of its own would have it.
 * @param mutations deliberate faults in the adapter's sources
 */
export const aReplicatedApi = async (
  t: Test,
  primaryUrl: string,
  replicaUrl: string,
  mutations: readonly Mutation[] = [],
): Promise<ReplicatedApi> => {
  const adapter = await importMutated<typeof import('@taskward/adapters-postgres')>(
    '@taskward/adapters-postgres',
    mutations,
  );
  const database = adapter.openDatabase(primaryUrl, poolSettings);
  const said: string[] = [];
  const replica = adapter.openReplica(database, replicaUrl, poolSettings, { log: (line) => said.push(line) });
  t.teardown(() => adapter.closeDatabase(database));
  t.teardown(() => replica.close());
  const app = await anApi(t, adapter.makeOwnerPorts({ database, replica }));
  return {
    app,
    replica,
    said,
    isUsed: () =>
      eventually(async () => {
        await replica.check();
        return said.at(-1)?.startsWith('The replica answers') === true;
      }),
  };
};
