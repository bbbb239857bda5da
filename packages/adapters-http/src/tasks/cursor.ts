import { crc32 } from 'node:zlib';
import type { TaskPosition, TaskQuery } from '@taskward/application';
import { invalid, maxTaskId, titleFault, type UserId } from '@taskward/domain';

type ListIdentity = Pick<TaskQuery, 'status' | 'search' | 'sort' | 'order'>;

const sealLength = 4;

// Ties a position to its list. It needs no secret: whoever computes a seal gets no more than a place in a list of
// their own, which `offset` gives them anyway. It is there so that a cursor of another list is refused, not obeyed.
const seal = (owner: UserId, { status, search, sort, order }: ListIdentity, position: string): Buffer => {
  const bytes = Buffer.allocUnsafe(sealLength);
  bytes.writeUInt32BE(crc32(JSON.stringify([owner, status, search ?? null, sort, order, position])));
  return bytes;
};

/** The position as a cursor of this owner's list: opaque to clients, and of no use in any other list. */
export const toCursor = (owner: UserId, list: ListIdentity, { value, id }: TaskPosition): string => {
  // Not as JSON, which writes a control character as six: a cursor stands in heads, and must be short.
  const position = `${id} ${value}`;
  return Buffer.concat([seal(owner, list, position), Buffer.from(position)]).toString('base64url');
};

const isInstant = (value: string): boolean => {
  const time = new Date(value);
  return !Number.isNaN(time.getTime()) && time.toISOString() === value;
};

/** The position in a cursor. @throws DomainError `request/invalid` when it was altered or is of another list. */
export const fromCursor = (owner: UserId, list: ListIdentity, cursor: string): TaskPosition => {
  const refused = invalid([
    {
      field: 'cursor',
      message: 'is not a cursor of this list: take it from the previous page, with the same filter and sort',
    },
  ]);
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.toString('base64url') !== cursor) throw refused;
  const position = bytes.subarray(sealLength).toString();
  if (!seal(owner, list, position).equals(bytes.subarray(0, sealLength))) throw refused;
  const [, digits, value = ''] = /^([1-9]\d{0,9}) (.*)$/s.exec(position) ?? [];
  const id = Number(digits);
  const fits = list.sort === 'title' ? titleFault(value) === undefined : isInstant(value);
  if (!fits || !(id <= maxTaskId)) throw refused;
  return { value, id };
};
