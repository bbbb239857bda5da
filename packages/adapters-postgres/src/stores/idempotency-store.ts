import type { IdempotencyBounds, IdempotencyStore, IdempotentCall } from '@taskward/application';
import { idempotencyInFlight, idempotencyMismatch, tooManyIdempotencyKeys } from '@taskward/domain';
import {
  brokenConstraint,
  inOwnerTransaction,
  type Query,
  query,
  type Row,
  statement,
} from '@taskward/owner-transactions';
import type { Database } from '../database.ts';
import { asJob } from '../isolation/job.ts';
import { compress, decompress } from './compression.ts';
import { ownerPortsOver } from './owner-ports.ts';

// Whoever has the lock is the one that works under this key, until the end of the transaction. Two keys that hash to
// the same number, one in 2⁶⁴, would at worst have to wait for each other.
const lock = statement(`select pg_try_advisory_xact_lock(hashtextextended($2, hashtextextended($1, 0)))`);

// A statement of its own, after the lock: so it sees what the lock's last holder wrote.
const select = statement(
  `select fingerprint, response, packed from taskward.idempotency_keys
   where user_id = $1 and key = $2 and created_at > $3::timestamptz - $4::bigint * interval '1 ms'`,
);

// How much of the owner's calls is kept, and in how many seconds counting begins anew.
const selectUsage = statement(
  `select keys, bytes, ceil(extract(epoch from since - ($2::timestamptz - $3::bigint * interval '1 ms')))::bigint
   from taskward.idempotency_usage
   where user_id = $1 and since > $2::timestamptz - $3::bigint * interval '1 ms'`,
);

// $1 to $7: owner, key, fingerprint, answer, packed answer, now, lifetime. $8 to $10: bytes, and the most keys and bytes.
// Two calls at once both look before either writes: the table's own constraint holds for both.
const isCurrent = `u.since > $6::timestamptz - $7::bigint * interval '1 ms'`;
const insert = statement(
  `with used as (
     insert into taskward.idempotency_usage as u (user_id, since, keys, bytes, max_keys, max_bytes)
     values ($1, $6::timestamptz, 1, $8::bigint, $9::integer, $10::bigint)
     on conflict (user_id) do update set
       since = case when ${isCurrent} then u.since else excluded.since end,
       keys = case when ${isCurrent} then u.keys else 0 end + 1,
       bytes = case when ${isCurrent} then u.bytes else 0 end + excluded.bytes,
       max_keys = excluded.max_keys, max_bytes = excluded.max_bytes
   )
   insert into taskward.idempotency_keys as k (user_id, key, fingerprint, response, packed, created_at)
   values ($1, $2, $3, $4, $5::bytea, $6::timestamptz)
   on conflict (user_id, key) do update set fingerprint = excluded.fingerprint, response = excluded.response,
     packed = excluded.packed, created_at = excluded.created_at`,
);
const usageConstraint = 'idempotency_usage_bounds';

// Locked, so that its age cannot change before it is deleted; what another process is forgetting is left to it.
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

const storing = async (call: IdempotentCall, answer: string): Promise<Query> => {
  const { owner, key, fingerprint, now, lifetime, bounds } = call;
  const { text, packed, bytes } = await compress(answer);
  // Owner and key stand in the table and in its index.
  const all = bytes + fingerprint.length + 2 * (Buffer.byteLength(owner) + Buffer.byteLength(key));
  return query(insert, owner, key, fingerprint, text, packed, now, lifetime, all, bounds.keys, bounds.bytes);
};

/** The idempotency store over PostgreSQL: answers stand in the database of the tasks, and share their transactions. */
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
      // Known at once where it is this process that works on it; else the lock tells.
      const name = JSON.stringify([owner, key]);
      if (inFlight.has(name)) throw idempotencyInFlight();
      inFlight.add(name);
      return inOwnerTransaction(database.transactions, owner, first, async ([locked, kept, usage = []], tx) => {
        if (locked?.[0]?.[0] !== 't') throw idempotencyInFlight();
        const [was, text, packed = null] = kept?.[0] ?? [];
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
        if (hasEffect) await tx.commit(await storing(call, response));
        return { response, replayed: false };
      })
        .catch((error) => {
          if (brokenConstraint(error) !== usageConstraint) throw error;
          throw tooManyIdempotencyKeys(Math.ceil(lifetime / 1_000));
        })
        .finally(() => inFlight.delete(name));
    },

    async purge({ now, lifetime, limit }) {
      return asJob(database, { timeout: 20_000 }, async (execute) => {
        await execute(purgeUsage, [now, lifetime, limit]);
        return (await execute(purgeKeys, [now, lifetime, limit])).length;
      });
    },
  };
};
