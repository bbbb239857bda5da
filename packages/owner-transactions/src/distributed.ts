import { escapeLiteral } from 'pg';
import type { OwnerContextSettings } from './owner-context.ts';
import { type DistributedForm, type Query, query, type Row, type Statement, statement } from './pipelined-query.ts';
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

// Each part has the parameters that it uses, numbered without gaps.
const partOf = (text: string): DistributedForm['parts'][number] => {
  const places: number[] = [];
  const numbered = text.replace(/\$(\d+)/g, (_, number: string) => {
    const place = Number(number) - 1;
    if (!places.includes(place)) places.push(place);
    return `$${places.indexOf(place) + 1}`;
  });
  return { statement: statement(numbered), places };
};

/**
 * Returns a statement with another form for databases with Citus, which sends to one worker no statement that changes
 * several tables and inserts into any of them: several statements, sent in one message.
 * @param parts their texts, with the parameters of the whole statement. The first ones lock what the others read.
 * @param result the one whose rows are those of the whole
 */
export const distributable = (whole: Statement, parts: readonly string[], result = parts.length - 1): Statement => ({
  ...whole,
  distributed: { parts: parts.map(partOf), result },
});

/**
 * Returns queries in the form that they have on a database with Citus.
 * @returns what to send, and a function from the rows of that to those of the queries
 */
export const distributedForms = (
  queries: readonly Query[],
): { readonly sent: Query[]; rowsOf(rows: readonly Row[][]): Row[][] } => {
  const sent: Query[] = [];
  const results = queries.map((one) => {
    const first = sent.length;
    const form = one.statement.distributed;
    if (form === undefined) return sent.push(one) - 1;
    for (const { statement, places } of form.parts)
      sent.push({ statement, values: places.map((place) => one.values[place] ?? null) });
    return first + form.result;
  });
  return { sent, rowsOf: (rows) => results.map((index) => rows[index] as Row[]) };
};
