import { timeouts } from '@taskward/owner-transactions';
import type { Database } from '../database.ts';
import { inTransaction } from '../isolation/job.ts';
import { verifyIsolation } from '../isolation/verify-isolation.ts';
import { schema } from '../schema/names.ts';

/** The server of DATABASE_REPLICA_URL is not used. The message says what to do. */
export class UnfitReplicaError extends Error {
  override readonly name = 'UnfitReplicaError';
}

interface ServerFacts {
  readonly standby: boolean;
  /** Identifies the cluster: a standby has that of its primary. */
  readonly cluster: string;
  readonly name: string;
  /** A digest of the schema's columns and their types. Those of a standby have the same ids. */
  readonly columns: string | null;
}

const factsOf = (database: Database): Promise<ServerFacts> =>
  inTransaction(database, timeouts.response, async (execute) => {
    const [facts] = await execute<ServerFacts>(
      `select pg_is_in_recovery() as standby, (select system_identifier::text from pg_control_system()) as cluster,
         current_database() as name,
         (select md5(string_agg(format('%s.%s %s', c.oid, a.attname, a.atttypid), ',' order by c.oid, a.attnum))
          from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = ? and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped) as columns`,
      [schema],
    );
    return facts as ServerFacts;
  });

/**
 * Verifies that a server is a standby of the primary, with the same database and schema, and isolates users as the primary
 * has to.
 * @throws UnfitReplicaError or UnsafeDatabaseError, saying what to do; what the servers fail with
 */
export const verifyReplica = async (primary: Database, standby: Database): Promise<void> => {
  const [ours, theirs] = await Promise.all([factsOf(primary), factsOf(standby)]);
  if (!theirs.standby) {
    throw new UnfitReplicaError(
      'The server of DATABASE_REPLICA_URL accepts writes: name a standby of the server of DATABASE_URL, or none.',
    );
  }
  if (theirs.cluster !== ours.cluster || theirs.name !== ours.name) {
    throw new UnfitReplicaError(
      `DATABASE_REPLICA_URL names a standby of another database, "${theirs.name}": name one that streams from the server of DATABASE_URL, with the database "${ours.name}".`,
    );
  }
  if (theirs.columns !== ours.columns) {
    throw new UnfitReplicaError(
      'The server of DATABASE_REPLICA_URL has the schema of another version: it has not replayed the latest migration. Wait for it, or see why it does not stream with `select * from pg_stat_wal_receiver` there.',
    );
  }
  await verifyIsolation(standby);
};
