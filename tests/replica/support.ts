import { makeOwnerPorts, openReplica, type Replica } from '@taskward/adapters-postgres';
import type { FastifyInstance } from 'fastify';
import type { Test } from 'tap';
import { anApi } from '../support/http/api.ts';
import { open, poolSettings } from '../support/postgres/database.ts';
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

/** Makes an API over a primary and a replica, as a process of its own would have it. */
export const aReplicatedApi = async (t: Test, primaryUrl: string, replicaUrl: string): Promise<ReplicatedApi> => {
  const database = open(t, primaryUrl);
  const said: string[] = [];
  const replica = openReplica(database, replicaUrl, poolSettings, { log: (line) => said.push(line) });
  t.teardown(() => replica.close());
  const app = await anApi(t, makeOwnerPorts({ database, replica }));
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
