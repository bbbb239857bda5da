import { type ChangePosition, changesGone } from '@taskward/application';
import { maxTaskId, type UserId } from '@taskward/domain';
import { cursorOfAnotherList, decodeCursor, encodeCursor } from './cursor.ts';

const number = '(0|[1-9]\\d{0,15})';
const changePosition = new RegExp(`^${number} ${number}(?: ${number})?$`);

const changesScope = (owner: UserId) => [owner, 'changes'];

/** Encodes a position in the owner's log of changes as a cursor, opaque to clients. */
export const toChangesCursor = (owner: UserId, { epoch, revision, afterId }: ChangePosition): string =>
  encodeCursor(changesScope(owner), [epoch, revision, ...(afterId === undefined ? [] : [afterId])].join(' '));

/** Decodes a cursor of the owner's changes. @throws ApplicationError `changes/gone` for any other text */
export const fromChangesCursor = (owner: UserId, cursor: string): ChangePosition => {
  const found = changePosition.exec(decodeCursor(changesScope(owner), cursor) ?? '');
  const [epoch = 0, revision = 0, afterId = 0] = (found ?? []).slice(1).map((digits = '0') => Number(digits));
  if (found === null || !Number.isSafeInteger(revision) || afterId > maxTaskId) throw changesGone();
  return { epoch, revision, ...(afterId > 0 && { afterId }) };
};

/** Encodes where the next page of a list starts that is in the order of revisions. @param list its name and, if any, id */
export const toRevisionCursor = (owner: UserId, list: readonly unknown[], before: number): string =>
  encodeCursor([owner, ...list], String(before));

/** Decodes a cursor of such a list. @throws DomainError `request/invalid` if it was altered or belongs to another list */
export const fromRevisionCursor = (owner: UserId, list: readonly unknown[], cursor: string): number => {
  const before = Number(/^[1-9]\d{0,15}$/.exec(decodeCursor([owner, ...list], cursor) ?? ''));
  if (before > 0 && Number.isSafeInteger(before)) return before;
  throw cursorOfAnotherList();
};
