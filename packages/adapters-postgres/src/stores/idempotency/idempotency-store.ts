import {
  type IdempotencyBounds,
  type IdempotencyStore,
  type IdempotentCall,
  idempotencyInFlight,
  idempotencyMismatch,
  tooManyIdempotencyKeys,
} from '@taskward/application';
import {
  brokenConstraint,
  distributable,
  inOwnerTransaction,
  type Query,
  query,
  type Row,
  statement,
} from '@taskward/owner-transactions';
import * as onCitus from '../../citus/jobs.ts';
import { countUse as countUseOnCitus } from '../../citus/stores.ts';
import type { Database } from '../../database.ts';
import { asJob } from '../../isolation/job.ts';
import { ownerPortsOver } from '../owner-ports.ts';
import { compress, decompress } from './compression.ts';

// The transaction that holds the lock is the only one that runs a call with this key. If two keys have the same hash
// (one in 2⁶⁴), one of them is rejected as in flight while the other runs.
const lock = statement(`select pg_try_advisory_xact_lock(hashtextextended($2, hashtextextended($1, 0)))`);

// A separate statement after the lock, so that its snapshot includes what the lock's previous holder wrote.
const select = statement(
  `select fingerprint, response, packed from taskward.idempotency_keys
   where user_id = $1 and key = $2 and created_at > $3::timestamptz - $4::bigint * interval '1 ms'`,
);

// The owner's usage, and the seconds until its window ends.
const selectUsage = statement(
  `select keys, bytes, ceil(extract(epoch from since - ($2::timestamptz - $3::bigint * interval '1 ms')))::bigint
   from taskward.idempotency_usage
   where user_id = $1 and since > $2::timestamptz - $3::bigint * interval '1 ms'`,
);

// $1 to $7: owner, key, fingerprint, response, compressed response, now, lifetime. $8 to $10: bytes, and the bounds on
// keys and bytes. Concurrent calls may both pass `assertRoom`: the table's constraint enforces the bounds.
const isCurrent = `u.since > $6::timestamptz - $7::bigint * interval '1 ms'`;
const countUse = `insert into taskward.idempotency_usage as u (user_id, since, keys, bytes, max_keys, max_bytes)
     values ($1, $6::timestamptz, 1, $8::bigint, $9::integer, $10::bigint)
     on conflict (user_id) do update set
       since = case when ${isCurrent} then u.since else excluded.since end,
       keys = case when ${isCurrent} then u.keys else 0 end + 1,
       bytes = case when ${isCurrent} then u.bytes else 0 end + excluded.bytes,
       max_keys = excluded.max_keys, max_bytes = excluded.max_bytes`;
const insertKey = `insert into taskward.idempotency_keys as k (user_id, key, fingerprint, response, packed, created_at)
   values ($1, $2, $3, $4, $5::bytea, $6::timestamptz)
   on conflict (user_id, key) do update set fingerprint = excluded.fingerprint, response = excluded.response,
     packed = excluded.packed, created_at = excluded.created_at`;
const insert = distributable(
  statement(
    `with used as (
     ${countUse}
   )
   ${insertKey}`,
  ),
  [...countUseOnCitus, insertKey],
);
const usageConstraint = 'idempotency_usage_bounds';

// Locked, so that no row is renewed before it is deleted. Rows that another process is deleting are skipped.
const purging = (table: string, key: string, age: string) =>
  `with old as (
     select ${key} from taskward.${table} where ${age} <= ?::timestamptz - ?::bigint * interval '1 ms'
     limit ? for update skip locked
   )
   delete from taskward.${table} where (${key}) in (select ${key} from old) returning 1`;
const purgeKeys = purging('idempotency_keys', 'user_id, key', 'created_at');
const purgeUsage = purging('idempotency_usage', 'user_id', 'since');

const assertRoom = ([usage]: readonly Row[], bounds: IdempotencyBounds): void => {
  const [keys = 0, bytes = 0, seconds = 0] = usage?.map(Number) ?? [];
  if (keys >= bounds.keys || bytes >= bounds.bytes) throw tooManyIdempotencyKeys(seconds);
};

const insertQuery = async (call: IdempotentCall, response: string): Promise<Query> => {
  const { owner, key, fingerprint, now, lifetime, bounds } = call;
  const { text, packed, bytes } = await compress(response);
  // The table and its index each store owner and key.
  const totalBytes = bytes + fingerprint.length + 2 * (Buffer.byteLength(owner) + Buffer.byteLength(key));
  return query(insert, owner, key, fingerprint, text, packed, now, lifetime, totalBytes, bounds.keys, bounds.bytes);
};

/** Makes the idempotency store over PostgreSQL. Responses are stored in the same transactions as tasks. */
export const makeIdempotencyStore = ({ database }: { database: Database }): IdempotencyStore => {
  const inFlight = new Set<string>();
  return {
    async runIdempotently(call, work) {
      const { owner, key, fingerprint, hasEffect, now, lifetime, bounds } = call;
      const first = [
        query(lock, owner, key),
        query(select, owner, key, now, lifetime),
        query(selectUsage, owner, now, lifetime),
      ];
      // Calls in this process are detected at once; the advisory lock detects those of other processes.
      const name = JSON.stringify([owner, key]);
      if (inFlight.has(name)) throw idempotencyInFlight();
      inFlight.add(name);
      return inOwnerTransaction(database.transactions, owner, first, async ([locked, stored, usage = []], tx) => {
        if (locked?.[0]?.[0] !== 't') throw idempotencyInFlight();
        const [was, text, packed = null] = stored?.[0] ?? [];
        if (typeof text === 'string') {
          if (was !== fingerprint) throw idempotencyMismatch();
          return { response: await decompress({ text, packed }), replayed: true };
        }
        if (hasEffect) assertRoom(usage, bounds);
        const response = await work(
          ownerPortsOver((other) => {
            if (other !== owner) throw new Error('a call under one user’s key reached for the tasks of another');
            return tx;
          }),
        );
        if (hasEffect) await tx.commit(await insertQuery(call, response));
        return { response, replayed: false };
      })
        .catch((error) => {
          if (brokenConstraint(error) !== usageConstraint) throw error;
          throw tooManyIdempotencyKeys(Math.ceil(lifetime / 1_000));
        })
        .finally(() => inFlight.delete(name));
    },

    async purge({ now, lifetime, limit }) {
      const timeout = 20_000;
      if (await database.transactions.isDistributed()) {
        const inJob: onCitus.InJob = (user, work) => asJob(database, { user: user ?? '', timeout }, work);
        await onCitus.purgeUsage(inJob, { now, lifetime }, limit);
        return onCitus.purgeKeys(inJob, { now, lifetime }, limit);
      }
      return asJob(database, { timeout }, async (execute) => {
        await execute(purgeUsage, [now, lifetime, limit]);
        return (await execute(purgeKeys, [now, lifetime, limit])).length;
      });
    },
  };
};
