// Statement texts for databases with Citus, which sends to one worker no statement that changes several tables and inserts
// into any of them. Each is several statements instead, in one message: first the owner's row is locked, so that it stays as
// it is; then the others read it; last the counters in it move on.

/** Locks the owner, $1, if they exist. */
export const lockOwner = 'select from taskward.users where id = $1 for no key update';

/** Locks the owner, $1, whom it makes if they do not exist. */
export const makeOwner = `insert into taskward.users as u (id, removed_count, created_at) values ($1, 0, now())
   on conflict (id) do update set revision = u.revision`;
