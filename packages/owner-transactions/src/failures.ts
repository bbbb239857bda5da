import { DatabaseBusy, DatabaseReadOnly, DatabaseUnavailable } from './errors.ts';

const property = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined;

function* causes(error: unknown): Generator<unknown> {
  for (let current = error, depth = 0; current !== undefined && depth < 5; depth += 1) {
    yield current;
    const errors = property(current, 'errors');
    if (Array.isArray(errors)) yield* errors;
    current = property(current, 'cause') ?? property(current, 'previous');
  }
}

const hasCode = (error: unknown, codes: readonly string[]): boolean =>
  [...causes(error)].some((cause) => codes.includes(String(property(cause, 'code'))));

const hasMessage = (error: unknown, pattern: RegExp): boolean =>
  [...causes(error)].some((cause) => pattern.test(String(property(cause, 'message'))));

const lostCodes = new Set(['ECONNRESET', 'EPIPE', '57P01', '57P02', '08003', '08006']);
const lostMessages = /Connection terminated|connection error and is not queryable|Connection ended/i;
// The pool's message when a new connection did not open in time. The request has waited for that and should not wait again.
const notOpened = /due to connection timeout/i;

// SQLSTATE classes and codes that mean "not now", of https://www.postgresql.org/docs/current/errcodes-appendix.html:
// 08 connection, 53 resources, 57P0x shutdown, 58 the server's own files, 57014 statement timeout, 25P03 idle in transaction,
// 25006 a standby,
// 40 rolled back, 55P03 lock timeout, 28 and 3D000 while a server is being set up; and Node's own network errors.
const unavailableCodes =
  /^(08...|53...|58...|57P0.|57014|25P03|25006|40...|55P03|28...|3D000|ECONN.*|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOENT)$/;
const unavailableMessages =
  /timeout exceeded when trying to connect|due to connection timeout|Query read timeout|Cannot use a pool after calling end/i;

/** Whether a pooled connection was lost. */
export const isLostConnection = (error: unknown): boolean => {
  for (const cause of causes(error)) {
    if (notOpened.test(String(property(cause, 'message')))) return false;
    if (lostCodes.has(String(property(cause, 'code')))) return true;
    if (lostMessages.test(String(property(cause, 'message')))) return true;
  }
  return false;
};

/** Whether the server refused to begin because it was shutting down or starting up. Nothing that was sent was done. */
export const isNotAccepting = (error: unknown): boolean => hasCode(error, ['57P01', '57P03']);

/** Whether the server accepts no writes: a standby, or a primary that was demoted. Nothing was done. */
export const isReadOnly = (error: unknown): boolean => hasCode(error, ['25006']);

/** Whether the server itself, not only this connection, is shutting down, starting up or gone. */
export const isServerGone = (error: unknown): boolean => hasCode(error, ['57P01', '57P02', '57P03', '08006']);

/** Whether the server rejected the login. */
export const isWrongPassword = (error: unknown): boolean => hasCode(error, ['28P01', '28000']);

/** Whether a connection could not be opened in time. */
export const isConnectTimeout = (error: unknown): boolean => hasMessage(error, notOpened);

/** Whether no response came in time: the server is frozen, or the network drops every packet. */
export const isResponseTimeout = (error: unknown): boolean =>
  hasMessage(error, /Query read timeout|no answer to a ping/);

/** Whether a pooler lost a prepared statement: one that was prepared is unknown, or a new one exists already. */
export const isLostStatement = (error: unknown): boolean => hasCode(error, ['26000', '42P05']);

/** Whether a statement exceeded its time limit. */
export const isStatementTimeout = (error: unknown): boolean => hasCode(error, ['57014']);

/** Whether a statement exceeded its time limit, or that of waiting for a lock. */
export const isTimeout = (error: unknown): boolean => hasCode(error, ['55P03', '57014']);

/**
 * Whether a table changed after a statement on it was prepared, so that it has to be prepared again. The server reports
 * that before it does anything.
 */
export const isStalePlan = (error: unknown): boolean => hasCode(error, ['0A000']) && hasMessage(error, /cached plan/);

/** The name of the check constraint that a write violated. Citus passes the message of its worker on, and not the name. */
export const brokenConstraint = (error: unknown): string | undefined => {
  for (const cause of causes(error)) {
    if (property(cause, 'code') !== '23514') continue;
    const named = property(cause, 'constraint') ?? /"([^"]*)"[^"]*$/.exec(String(property(cause, 'message')))?.[1];
    return String(named);
  }
  return undefined;
};

// A standby, a full disk or lost files: no single request caused it.
const serverWideCodes = /^(25006|53...|58...)$/;

/** Whether any other statement would have failed in the same way there. */
export const isServerWide = (error: unknown): boolean =>
  isNotAccepting(error) ||
  isLostStatement(error) ||
  isStalePlan(error) ||
  [...causes(error)].some((cause) => serverWideCodes.test(String(property(cause, 'code'))));

/** DatabaseReadOnly or DatabaseUnavailable where the database could not serve a request for now; else the error itself. */
export const toDatabaseError = (error: unknown): unknown => {
  if (error instanceof DatabaseBusy || error instanceof DatabaseReadOnly || error instanceof DatabaseUnavailable) {
    return error;
  }
  if (isReadOnly(error)) return new DatabaseReadOnly('the database accepts no writes', { cause: error });
  for (const cause of causes(error)) {
    const isUnavailable =
      unavailableCodes.test(String(property(cause, 'code'))) ||
      unavailableMessages.test(String(property(cause, 'message')));
    if (isUnavailable) return new DatabaseUnavailable('the database cannot be reached', { cause: error });
  }
  return isLostConnection(error) || isStalePlan(error)
    ? new DatabaseUnavailable('the database cannot be reached', { cause: error })
    : error;
};
