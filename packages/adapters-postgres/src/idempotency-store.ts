import type { IdempotencyStore } from '@taskward/application';
import { idempotencyInFlight, idempotencyMismatch } from '@taskward/domain';
import type { Database } from './database.ts';
import { statement, step } from './flight.ts';
import { asJob } from './job.ts';
import { inOwnerTransaction } from './session.ts';
import { tasksOver } from './task-repository.ts';

// Whoever has the lock is the one that works under this key, until the end of the transaction. Two keys that hash to
// the same number, one in 2⁶⁴, would at worst have to wait for each other.
const lock = statement(`select pg_try_advisory_xact_lock(hashtextextended($2, hashtextextended($1, 0)))`);

// A statement of its own, after the lock: so it sees what the lock's last holder wrote.
const select = statement(
  `select fingerprint, answer from taskward.answers
   where user_id = $1 and key = $2 and created_at > $3::timestamptz - $4::bigint * interval '1 ms'`,
);

const insert = statement(
  `insert into taskward.answers as a (user_id, key, fingerprint, answer, created_at)
   values ($1, $2, $3, $4, $5::timestamptz)
   on conflict (user_id, key) do update
   set fingerprint = excluded.fingerprint, answer = excluded.answer, created_at = excluded.created_at`,
);

// Its age is asked twice: an answer that is renewed meanwhile is no longer old when it comes to deleting it.
const forget = `with old as (
    select user_id, key, ?::timestamptz - ?::bigint * interval '1 ms' as before from taskward.answers
    where created_at <= ?::timestamptz - ?::bigint * interval '1 ms' limit ?
  )
  delete from taskward.answers a using old
  where a.user_id = old.user_id and a.key = old.key and a.created_at <= old.before returning 1`;

/** The idempotency store over PostgreSQL: answers stand in the database of the tasks, and share their transactions. */
export const makeIdempotencyStore = ({ database }: { database: Database }): IdempotencyStore => {
  const inFlight = new Set<string>();
  return {
    async once({ owner, key, fingerprint, now, lifetime }, work) {
      const first = [step(lock, owner, key), step(select, owner, key, now, lifetime)];
      // Known at once where it is this process that works on it; else the lock tells.
      const name = JSON.stringify([owner, key]);
      if (inFlight.has(name)) throw idempotencyInFlight();
      inFlight.add(name);
      return inOwnerTransaction(database, owner, first, async ([locked, kept], tx) => {
        if (locked?.[0]?.[0] !== 't') throw idempotencyInFlight();
        const [was, replay] = kept?.[0] ?? [];
        if (typeof replay === 'string') {
          if (was !== fingerprint) throw idempotencyMismatch();
          return { answer: replay, replayed: true };
        }
        const answer = await work(
          tasksOver((other) => {
            if (other !== owner) throw new Error('a call under one user’s key reached for the tasks of another');
            return tx;
          }),
        );
        await tx.commit(step(insert, owner, key, fingerprint, answer, now));
        return { answer, replayed: false };
      }).finally(() => inFlight.delete(name));
    },

    async forget({ now, lifetime, limit }) {
      const forgotten = await asJob(database, { timeout: '60s' }, (execute) =>
        execute(forget, [now, lifetime, now, lifetime, limit]),
      );
      return forgotten.length;
    },
  };
};
