import { crc32 } from 'node:zlib';
import { listIdentity, type TaskList, type TaskPosition } from '@taskward/application';
import { fieldFault, invalid, isInstant, maxTaskId, normalised, type UserId } from '@taskward/domain';

const checksumLength = 4;

// Binds a position to its list, so that a cursor of another list is rejected. It needs no secret (ADR 24): a forged cursor
// only gives a position in a list of the client's own, as `offset` does.
const checksum = (owner: UserId, list: TaskList, position: string): Buffer => {
  const bytes = Buffer.allocUnsafe(checksumLength);
  bytes.writeUInt32BE(crc32(JSON.stringify([owner, ...listIdentity(list), position])));
  return bytes;
};

/** Encodes a position as a cursor of this owner's list, opaque to clients and invalid for any other list. */
export const toCursor = (owner: UserId, list: TaskList, { value, id }: TaskPosition): string => {
  // Not JSON, which escapes a control character as six: cursors are sent in headers and must be short.
  const position = `${id} ${value}`;
  return Buffer.concat([checksum(owner, list, position), Buffer.from(position)]).toString('base64url');
};

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
  const text = Buffer.from(cursor, 'base64url').toString('utf8', checksumLength);
  const [, digits, value = ''] = /^([1-9]\d{0,9}) (.*)$/s.exec(text) ?? [];
  const position = { value, id: Number(digits) };
  const fits = position.id <= maxTaskId && (list.sort === 'title' ? isStoredTitle(value) : isMoment(value));
  // Encoded again and compared, so that each position has a single encoding, including base64 and UTF-8.
  if (fits && toCursor(owner, list, position) === cursor) return position;
  throw invalid([
    {
      field: 'cursor',
      message: 'is not a cursor of this list: take it from the previous page, with the same filter and sort',
    },
  ]);
};
