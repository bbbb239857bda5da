import { crc32 } from 'node:zlib';
import { listIdentity, type TaskList, type TaskPosition } from '@taskward/application';
import { type DomainError, fieldFault, invalid, isInstant, maxTaskId, normalised, type UserId } from '@taskward/domain';

const checksumLength = 4;

// Binds a position to its scope, so that a cursor of another list or owner is rejected. It needs no secret (ADR 24): a
// forged cursor only gives a position in a list of the client's own, as `offset` does.
const checksum = (scope: readonly unknown[], position: string): Buffer => {
  const bytes = Buffer.allocUnsafe(checksumLength);
  bytes.writeUInt32BE(crc32(JSON.stringify([...scope, position])));
  return bytes;
};

/**
 * Encodes a position as a cursor that is opaque to clients.
 * @param scope what the cursor belongs to: the owner first, then what names the list
 */
export const encodeCursor = (scope: readonly unknown[], position: string): string =>
  Buffer.concat([checksum(scope, position), Buffer.from(position)]).toString('base64url');

/** Returns the position of a cursor, or `undefined` if it was altered or belongs to another scope. */
export const decodeCursor = (scope: readonly unknown[], cursor: string): string | undefined => {
  const position = Buffer.from(cursor, 'base64url').toString('utf8', checksumLength);
  // Encoded again and compared, so that each position has a single encoding, including base64 and UTF-8.
  return encodeCursor(scope, position) === cursor ? position : undefined;
};

/** The error for a cursor of another list. */
export const cursorOfAnotherList = (): DomainError =>
  invalid([
    {
      field: 'cursor',
      message: 'is not a cursor of this list: take it from the previous page, with the same filter and sort',
    },
  ]);

const scopeOf = (owner: UserId, list: TaskList): readonly unknown[] => [owner, ...listIdentity(list)];

/** Encodes a position as a cursor of this owner's list, invalid for any other list. */
export const toCursor = (owner: UserId, list: TaskList, { value, id }: TaskPosition): string =>
  // Not JSON, which escapes a control character as six: cursors are sent in headers and must be short.
  encodeCursor(scopeOf(owner, list), `${id} ${value}`);

// Checks the calendar, too: 30 February has the format of an instant, and PostgreSQL rejects it.
const isMoment = (value: string): boolean => {
  const time = new Date(value);
  return isInstant(value) && !Number.isNaN(time.getTime()) && time.toISOString() === value;
};

// Titles are stored trimmed.
const isStoredTitle = (value: string): boolean =>
  fieldFault('title', value) === undefined && normalised('title', value) === value;

/** Decodes a cursor. @throws DomainError `request/invalid` if it was altered or belongs to another list */
export const fromCursor = (owner: UserId, list: TaskList, cursor: string): TaskPosition => {
  const [, digits, value = ''] = /^([1-9]\d{0,9}) (.*)$/s.exec(decodeCursor(scopeOf(owner, list), cursor) ?? '') ?? [];
  const position = { value, id: Number(digits) };
  const fits = position.id <= maxTaskId && (list.sort === 'title' ? isStoredTitle(value) : isMoment(value));
  if (fits) return position;
  throw cursorOfAnotherList();
};
