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
  const position = JSON.stringify([value, id]);
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
  try {
    const [value, id, ...rest]: unknown[] = JSON.parse(position);
    const fits =
      typeof value === 'string' && (list.sort === 'title' ? titleFault(value) === undefined : isInstant(value));
    if (fits && typeof id === 'number' && Number.isInteger(id) && id >= 1 && id <= maxTaskId && rest.length === 0) {
      return { value, id };
    }
  } catch {
    // Not even JSON: refused like every other.
  }
  throw refused;
};
