import { crc32 } from 'node:zlib';
import { listIdentity, type TaskList, type TaskPosition, type TaskSort } from '@taskward/application';
import {
  type DomainError,
  invalid,
  isInstant,
  normalisedText,
  priorities,
  textFieldFault,
  type UserId,
} from '@taskward/domain';
import { taskIdOf } from './task-id.ts';

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

// A text has no NUL, and no value is empty. Not JSON, which escapes a control character as six: cursors are sent in headers
// and must be short.
const separator = '\0';

/** Encodes a position as a cursor of this owner's list, invalid for any other list. */
export const toCursor = (owner: UserId, list: TaskList, { values, id }: TaskPosition): string =>
  encodeCursor(scopeOf(owner, list), [id, ...values.map((value) => value ?? '')].join(separator));

// Checks the calendar, too: 30 February has the format of an instant, and PostgreSQL rejects it.
const isMoment = (value: string): boolean => {
  const time = new Date(value);
  return isInstant(value) && !Number.isNaN(time.getTime()) && time.toISOString() === value;
};

// Titles are stored trimmed.
const isStoredTitle = (value: string): boolean =>
  textFieldFault('title', value) === undefined && normalisedText('title', value) === value;

const isNone = (value: string): boolean => value === '';

/** Whether a text in a cursor is a value of the field; an empty one stands for none. */
const isValueOf: Readonly<Record<TaskSort, (value: string) => boolean>> = {
  created_at: isMoment,
  updated_at: isMoment,
  title: isStoredTitle,
  due_date: (value) => isNone(value) || isMoment(value),
  priority: (value) => isNone(value) || priorities.some((one) => one === value),
  position: (value) => /^[A-Za-z][0-9A-Za-z]+$/.test(value),
  completed_at: (value) => isNone(value) || isMoment(value),
};

/** Decodes a cursor. @throws DomainError `request/invalid` if it was altered or belongs to another list */
export const fromCursor = (owner: UserId, list: TaskList, cursor: string): TaskPosition => {
  const [digits = '', ...values] = (decodeCursor(scopeOf(owner, list), cursor) ?? '').split(separator);
  const id = taskIdOf(digits);
  const fits =
    values.length === list.sort.length &&
    list.sort.every(({ field }, index) => isValueOf[field](values[index] as string));
  if (id !== undefined && fits) return { id, values: values.map((value) => (isNone(value) ? null : value)) };
  throw cursorOfAnotherList();
};
