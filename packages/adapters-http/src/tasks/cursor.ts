import { crc32 } from 'node:zlib';
import { listIdentity, type TaskList, type TaskPosition } from '@taskward/application';
import { fieldFault, invalid, isInstant, maxTaskId, normalised, type UserId } from '@taskward/domain';

const checksumLength = 4;

// Ties a position to its list. It needs no secret (ADR 24): whoever computes one gets no more than a place in a list of
// their own, which `offset` gives them anyway. It is there so that a cursor of another list is refused, not obeyed.
const checksum = (owner: UserId, list: TaskList, position: string): Buffer => {
  const bytes = Buffer.allocUnsafe(checksumLength);
  bytes.writeUInt32BE(crc32(JSON.stringify([owner, ...listIdentity(list), position])));
  return bytes;
};

/** The position as a cursor of this owner's list: opaque to clients, and of no use in any other list. */
export const toCursor = (owner: UserId, list: TaskList, { value, id }: TaskPosition): string => {
  // Not as JSON, which writes a control character as six: a cursor stands in heads, and must be short.
  const position = `${id} ${value}`;
  return Buffer.concat([checksum(owner, list, position), Buffer.from(position)]).toString('base64url');
};

// The calendar is checked too: 30 February has the form of an instant, and PostgreSQL rejects it.
const isMoment = (value: string): boolean => {
  const time = new Date(value);
  return isInstant(value) && !Number.isNaN(time.getTime()) && time.toISOString() === value;
};

// Titles are stored trimmed.
const isStoredTitle = (value: string): boolean =>
  fieldFault('title', value) === undefined && normalised('title', value) === value;

/** The position in a cursor. @throws DomainError `request/invalid` when it was altered or is of another list. */
export const fromCursor = (owner: UserId, list: TaskList, cursor: string): TaskPosition => {
  const text = Buffer.from(cursor, 'base64url').toString('utf8', checksumLength);
  const [, digits, value = ''] = /^([1-9]\d{0,9}) (.*)$/s.exec(text) ?? [];
  const position = { value, id: Number(digits) };
  const fits = position.id <= maxTaskId && (list.sort === 'title' ? isStoredTitle(value) : isMoment(value));
  // Made anew and compared, so that a position has one spelling, down to base64 and UTF-8.
  if (fits && toCursor(owner, list, position) === cursor) return position;
  throw invalid([
    {
      field: 'cursor',
      message: 'is not a cursor of this list: take it from the previous page, with the same filter and sort',
    },
  ]);
};
