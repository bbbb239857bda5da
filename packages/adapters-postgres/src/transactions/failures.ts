import { DomainError, databaseReadOnly, databaseUnavailable } from '@taskward/domain';

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

const lostCodes = new Set(['ECONNRESET', 'EPIPE', '57P01', '57P02', '08003', '08006']);
const lostMessages = /Connection terminated|connection error and is not queryable|Connection ended/i;
// How the pool says that it could not make one: it has waited for that, and should not have to once more.
const notMade = /due to connection timeout/i;

// SQLSTATE classes and codes of https://www.postgresql.org/docs/current/errcodes-appendix.html that say "not now":
// 08 connection, 53 resources, 57P0x shutdown, 57014 statement timeout, 25P03 idle in transaction, 25006 a standby,
// 40 rolled back, 55P03 lock timeout, 28 and 3D000 while a server is being set up; and Node's own network errors.
const unavailableCodes =
  /^(08...|53...|57P0.|57014|25P03|25006|40...|55P03|28...|3D000|ECONN.*|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOENT)$/;
const unavailableMessages =
  /timeout exceeded when trying to connect|due to connection timeout|Query read timeout|Cannot use a pool after calling end/i;

/** Whether the error says that a connection of the pool had been lost. */
export const isLostConnection = (error: unknown): boolean => {
  for (const cause of causes(error)) {
    if (notMade.test(String(property(cause, 'message')))) return false;
    if (lostCodes.has(String(property(cause, 'code')))) return true;
    if (lostMessages.test(String(property(cause, 'message')))) return true;
  }
  return false;
};

const hasCode = (error: unknown, codes: readonly string[]): boolean =>
  [...causes(error)].some((cause) => codes.includes(String(property(cause, 'code'))));

/** Whether the server refused to begin, because it was going or coming: then nothing of what was sent was done. */
export const isNotAccepting = (error: unknown): boolean => hasCode(error, ['57P01', '57P03']);

/** Whether the server takes no writes: a standby, or a primary that was demoted. Then nothing was done. */
export const isReadOnly = (error: unknown): boolean => hasCode(error, ['25006']);

/** Whether the server, and not only this connection, is going, coming or gone. */
export const isServerGone = (error: unknown): boolean => hasCode(error, ['57P01', '57P02', '57P03', '08006']);

/** Whether the server refused the login. */
export const isWrongPassword = (error: unknown): boolean => hasCode(error, ['28P01', '28000']);

const hasMessage = (error: unknown, pattern: RegExp): boolean =>
  [...causes(error)].some((cause) => pattern.test(String(property(cause, 'message'))));

/** Whether a connection could not be opened in time. */
export const isTimedOut = (error: unknown): boolean => hasMessage(error, notMade);

/** Whether nothing came back of what was sent: the server is frozen, or the network drops every packet. */
export const isResponseTimeout = (error: unknown): boolean =>
  hasMessage(error, /Query read timeout|no answer to a ping/);

/** Whether a pooler between mixed up prepared statements: one that was prepared was unknown, or the other way round. */
export const isLostStatement = (error: unknown): boolean => hasCode(error, ['26000', '42P05']);

/** Whether a statement took longer than it may. */
export const isStatementTimeout = (error: unknown): boolean => hasCode(error, ['57014']);

/** Whether a lock or a statement took longer than it may. */
export const isTimeout = (error: unknown): boolean => hasCode(error, ['55P03', '57014']);

/**
 * Whether a table changed its form after a statement on it was prepared, which it has to be again. The server says so
 * before it does anything.
 */
export const isStalePlan = (error: unknown): boolean =>
  hasCode(error, ['0A000']) &&
  [...causes(error)].some((cause) => /cached plan/.test(String(property(cause, 'message'))));

/** The name of the constraint that a write would have broken. */
export const brokenConstraint = (error: unknown): string | undefined => {
  for (const cause of causes(error)) {
    if (property(cause, 'code') === '23514') return String(property(cause, 'constraint'));
  }
  return undefined;
};

// A standby, a disk that is full: nobody's own fault.
const generalCodes = /^(25006|53...)$/;

/** Whether it would have happened to any other statement there too. */
export const isServerWide = (error: unknown): boolean =>
  isNotAccepting(error) ||
  isLostStatement(error) ||
  isStalePlan(error) ||
  [...causes(error)].some((cause) => generalCodes.test(String(property(cause, 'code'))));

/** DomainError `database/unavailable` where the database could not answer for now; any other error as it is. */
export const unavailableOr = (error: unknown): unknown => {
  if (error instanceof DomainError) return error;
  if (isReadOnly(error)) return databaseReadOnly(error);
  for (const cause of causes(error)) {
    if (unavailableCodes.test(String(property(cause, 'code')))) return databaseUnavailable(error);
    if (unavailableMessages.test(String(property(cause, 'message')))) return databaseUnavailable(error);
  }
  return isLostConnection(error) || isStalePlan(error) ? databaseUnavailable(error) : error;
};
