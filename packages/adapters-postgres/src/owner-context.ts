import type { UserId } from '@taskward/domain';
import { type Statement, type Step, statement, step } from './flight.ts';
import { requestRole, userSetting } from './names.ts';
import { timeouts } from './timeouts.ts';

const patience = { statement_timeout: `${timeouts.statement}ms` };
// A page and its count: together they have to end before their answer is not waited for any more, or the server would
// work on for nobody.
// Lists wait for no lock but a migration's, which should not look like a search that takes too long.
const patienceOfSeveral = {
  statement_timeout: `${timeouts.severalStatements}ms`,
  lock_timeout: `${timeouts.severalLock}ms`,
};
// Whoever takes longer, or meets a lock of somebody else's, may not keep those waiting with whom it shares the
// transaction: it goes again, alone.
const sharedPatience = { statement_timeout: `${timeouts.sharedStatement}ms`, lock_timeout: `${timeouts.sharedLock}ms` };

// Sent with every transaction and not with the connection: a transaction pooler refuses or mixes up connection
// settings. ISO dates in UTC are what the mapper reads.
const transactionSettings = {
  idle_in_transaction_session_timeout: `${timeouts.idleInTransaction}ms`,
  TimeZone: 'UTC',
  DateStyle: 'ISO',
  // By an index, and in its order: every statement names its owner, and every index begins with the owner. Where the
  // server knows nothing of a table, or knew it when it was empty, to read all of it looks as cheap.
  enable_bitmapscan: 'off',
  enable_seqscan: 'off',
  // Planned once for everybody: that a page is short, the server takes for a reason to plan it anew for each, which costs
  // a quarter of what the page does.
  plan_cache_mode: 'force_generic_plan',
  // No statement of a request's lives long enough to be worth a compiler.
  jit: 'off',
};

const setting = ([name, value]: readonly [string, string]) => `set_config('${name}', '${value}', true)`;
const forOwner = `set_config('${userSetting}', $1, true)`;
const entering = (own: Record<string, string>) => {
  const settings = Object.entries({ ...transactionSettings, ...own })
    .map(setting)
    .join(', ');
  return statement(`select set_config('role', '${requestRole}', true), ${forOwner}, ${settings}`);
};

const alone = entering(patience);
const severalAlone = entering(patienceOfSeveral);
const together = entering(sharedPatience);
// It answers with no row, which would have to be written, sent and read for every errand.
const another = statement(`select where ${forOwner} is null`);

/** Begins a transaction, or goes on after `begin`: from here on the database shows and accepts this owner's rows only. */
export const enter = (owner: UserId): Step => step(alone, owner);

/** The same, for several statements of which each may take long. */
export const enterForSeveral = (owner: UserId): Step => step(severalAlone, owner);

/** The same, in a transaction that others share. */
export const enterShared = (owner: UserId): Step => step(together, owner);

/** Hands the transaction on: from here on the database shows and accepts this owner's rows only. */
export const handTo = (owner: UserId): Step => step(another, owner);

/**
 * A query of one owner's, named `$1`, which several may ask at once. In that form every parameter is an array with a place
 * for each of them, and each row ends with the place, from 1, of the one whom it is for.
 *
 * The database shows each their own rows only, in whatever way it goes about it: the owner that the query gets is what
 * `set_config` gave back, so it cannot begin before theirs is set, and `offset 0` keeps it from being merged with what is
 * around it, so it runs once for each.
 * @param types the parameters' types
 */
export const ownerQuery = (types: readonly string[], text: string): Statement => {
  const parameters = types.map((_, index) => `p${index + 1}`);
  const own = text.replace(/\$(?=\d)/g, 'w.p');
  return {
    ...statement(text),
    several: statement(
      `select q.*, w.place from (
         select ${['place', forOwner.replace('$1', 'p1'), ...parameters.slice(1)].join(', ')}
         from unnest(${types.map((type, index) => `$${index + 1}::${type}[]`).join(', ')})
           with ordinality as asked(${[...parameters, 'place'].join(', ')})
       ) w(${['place', ...parameters].join(', ')}), lateral (select * from (${own}) one offset 0) q`,
    ),
  };
};
