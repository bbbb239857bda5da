import { type Database, openReplica, type Replica } from '@taskward/adapters-postgres';
import type { Tracing } from '@taskward/adapters-tracing';
import type { Logger } from 'pino';
import type { Resources } from '../configuration/local-resources.ts';

/** Opens the replica of DATABASE_REPLICA_URL, or returns `undefined` if that is not set. */
export const makeReplica = ({
  config,
  database,
  log,
  tracing,
}: {
  config: Resources['config'];
  database: Database;
  log: Logger;
  tracing: Tracing | undefined;
}): Replica | undefined =>
  config.databaseReplicaUrl === undefined
    ? undefined
    : openReplica(database, config.databaseReplicaUrl, config.pool, {
        log: (sentence, isUsed) => (isUsed ? log.info(sentence) : log.warn(sentence)),
        passwordFile: config.databasePasswordFile,
        observer: tracing?.observer,
      });
