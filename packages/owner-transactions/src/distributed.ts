import { escapeLiteral } from 'pg';
import type { OwnerContextSettings } from './owner-context.ts';
import { type Query, query, statement } from './pipelined-query.ts';
import { timeouts } from './timeouts.ts';

/** Asks whether the database has Citus, which spreads owners over several servers. */
export const selectDistribution = query(
  statement(`select exists (select from pg_extension where extname = 'citus') as distributed`),
);

/**
 * Returns a setting command for the transaction under way. Citus repeats those on its workers, which it does not do for
 * `set_config`. A command takes no parameters, so that the value becomes part of the text.
 * @throws Error for a value with a NUL character, which would end the text
 */
export const setLocal = (name: string, value: string): string => {
  if (value.includes('\0')) throw new Error(`a value of ${name} has a NUL character`);
  const quoted = name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');
  return `set local ${quoted} = ${escapeLiteral(value)}`;
};

/** Returns the commands that set the role and settings of a transaction on the coordinator and on every worker. */
export const setLocally = (role: string, settings: Readonly<Record<string, string>>): string[] => [
  setLocal('citus.propagate_set_commands', 'local'),
  setLocal('role', role),
  ...Object.entries(settings).map(([name, value]) => setLocal(name, value)),
];

// Of a text of its own for each owner, it is not prepared.
const once = (text: string): Query => ({ statement: { name: '', text }, values: [] });

/**
 * Makes the queries that follow `begin` and set the owner on a database with Citus.
 * @returns a function from the owner to the queries
 */
export const distributedContext = ({
  role,
  ownerSetting,
  distributedSettings = {},
}: OwnerContextSettings): ((owner: string) => Query[]) => {
  const settings = {
    statement_timeout: `${timeouts.statement}ms`,
    lock_timeout: `${timeouts.severalLock}ms`,
    idle_in_transaction_session_timeout: `${timeouts.idleInTransaction}ms`,
    ...distributedSettings,
  };
  const fixed = setLocally(role, settings).map((text) => query(statement(text)));
  return (owner) => [...fixed, once(setLocal(ownerSetting, owner))];
};
