import type { UserId } from '@taskward/domain';
import { requestRole, userSetting } from '../schema/names.ts';
import { type Query, query, statement } from './pipelined-query.ts';
import { timeouts } from './timeouts.ts';

const limits = { statement_timeout: `${timeouts.statement}ms` };
// A page and its count: together they have to end before their answer is not waited for any more, or the server would
// work on for nobody.
// Lists wait for no lock but a migration's, which should not look like a search that takes too long.
const limitsForSeveral = {
  statement_timeout: `${timeouts.severalStatements}ms`,
  lock_timeout: `${timeouts.severalLock}ms`,
};
// Whoever takes longer, or meets a lock of somebody else's, may not keep those waiting with whom it shares the
// transaction: it goes again, alone.
const limitsInBatch = { statement_timeout: `${timeouts.sharedStatement}ms`, lock_timeout: `${timeouts.sharedLock}ms` };

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
const settingOwner = (own: Record<string, string>) => {
  const settings = Object.entries({ ...transactionSettings, ...own })
    .map(setting)
    .join(', ');
  return statement(`select set_config('role', '${requestRole}', true), ${forOwner}, ${settings}`);
};

const alone = settingOwner(limits);
const severalAlone = settingOwner(limitsForSeveral);
const together = settingOwner(limitsInBatch);
// It answers with no row, which would have to be written, sent and read for every errand.
const another = statement(`select where ${forOwner} is null`);

/** Begins a transaction, or goes on after `begin`: from here on the database shows and accepts this owner's rows only. */
export const setOwner = (owner: UserId): Query => query(alone, owner);

/** The same, for several statements of which each may take long. */
export const setOwnerForSeveral = (owner: UserId): Query => query(severalAlone, owner);

/** The same, in a transaction that others share. */
export const setOwnerInBatch = (owner: UserId): Query => query(together, owner);

/** Hands the transaction on: from here on the database shows and accepts this owner's rows only. */
export const switchOwner = (owner: UserId): Query => query(another, owner);
