import { escapeLiteral } from 'pg';
import { type Query, query, type Statement, statement } from './pipelined-query.ts';
import { timeouts } from './timeouts.ts';

/** Whose rows a transaction may see and change, as the row security policies read it. */
export interface OwnerContextSettings {
  /** The role that statements run as. Row security must apply to it: no superuser, no BYPASSRLS, no ownership of tables. */
  readonly role: string;
  /** The setting that names the owner for one transaction, such as `app.owner`. */
  readonly ownerSetting: string;
  /** Further settings of each transaction. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  /** Further settings of each transaction on a database with Citus. */
  readonly distributedSettings?: Readonly<Record<string, string>> | undefined;
}

/** The queries that set the owner. After each of them the database shows and accepts this owner's rows only. */
export interface OwnerContext {
  /** Begins a transaction of one request, or follows `begin`. */
  setOwner(owner: string): Query;
  /** The same, for a request with several queries, each of which may take long. */
  setOwnerForSeveral(owner: string): Query;
  /** The same, for the first request of a shared transaction. */
  setOwnerInBatch(owner: string): Query;
  /** Switches a shared transaction to the owner of the next request. */
  switchOwner(owner: string): Query;
}

const limits = { statement_timeout: `${timeouts.statement}ms` };
// All of them together have to end before the response is given up, or the server would work on for nobody. The limit for
// locks is shorter, so that waiting for one (of a migration) does not look like a slow statement.
const limitsForSeveral = {
  statement_timeout: `${timeouts.severalStatements}ms`,
  lock_timeout: `${timeouts.severalLock}ms`,
};
// A request that takes longer, or waits for a lock, must not delay those that share its transaction: it is sent again alone.
const limitsInBatch = { statement_timeout: `${timeouts.sharedStatement}ms`, lock_timeout: `${timeouts.sharedLock}ms` };

const setting = ([name, value]: readonly [string, string]) =>
  `set_config(${escapeLiteral(name)}, ${escapeLiteral(value)}, true)`;

const setOwnerTo = (ownerSetting: string, value: string) =>
  `set_config(${escapeLiteral(ownerSetting)}, ${value}, true)`;

/**
 * Returns a read of one owner, named `$1`, that can be sent once for several of them. In that form every parameter is an
 * array with an element for each request, and each row ends with the position of its request, from 1.
 *
 * Row security holds however the planner runs it: the query takes as its owner the value that `set_config` returned, so for
 * no request can it begin before that owner is set, and `offset 0` keeps it a query of its own, which runs once for each.
 * @param ownerSetting the setting that names the owner
 * @param types the parameters' types
 */
export const mergeableStatement = (ownerSetting: string, types: readonly string[], text: string): Statement => {
  const parameters = types.map((_, index) => `p${index + 1}`);
  const own = text.replace(/\$(?=\d)/g, 'request.p');
  return {
    ...statement(text),
    forOwners: statement(
      `select found.*, request.position from (
         select ${['position', setOwnerTo(ownerSetting, 'p1'), ...parameters.slice(1)].join(', ')}
         from unnest(${types.map((type, index) => `$${index + 1}::${type}[]`).join(', ')})
           with ordinality as requests(${[...parameters, 'position'].join(', ')})
       ) request(${['position', ...parameters].join(', ')}), lateral (select * from (${own}) one offset 0) found`,
    ),
  };
};

/**
 * Makes the queries that set the owner. Role, owner and settings hold for one transaction and are sent with each: a
 * transaction pooler rejects settings of the connection, or carries them over to other clients.
 */
export const ownerContext = ({ role, ownerSetting, settings = {} }: OwnerContextSettings): OwnerContext => {
  const forOwner = setOwnerTo(ownerSetting, '$1');
  const settingOwner = (own: Record<string, string>) => {
    const all = { idle_in_transaction_session_timeout: `${timeouts.idleInTransaction}ms`, ...settings, ...own };
    const others = Object.entries(all).map(setting).join(', ');
    return statement(`select set_config('role', ${escapeLiteral(role)}, true), ${forOwner}, ${others}`);
  };
  const alone = settingOwner(limits);
  const several = settingOwner(limitsForSeveral);
  const inBatch = settingOwner(limitsInBatch);
  // It returns no row, which would have to be written, sent and read for every request.
  const another = statement(`select where ${forOwner} is null`);
  return {
    setOwner: (owner) => query(alone, owner),
    setOwnerForSeveral: (owner) => query(several, owner),
    setOwnerInBatch: (owner) => query(inBatch, owner),
    switchOwner: (owner) => query(another, owner),
  };
};
