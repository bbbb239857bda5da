import { crc32 } from 'node:zlib';
import { type ChangePosition, changesGone } from '@taskward/application';
import { maxTaskId, type UserId } from '@taskward/domain';

const checksumLength = 4;
const number = '(0|[1-9]\\d{0,15})';
const changePosition = new RegExp(`^${number} ${number}(?: ${number})?$`);

const encode = (owner: UserId, position: string): string => {
  const checksum = Buffer.allocUnsafe(checksumLength);
  checksum.writeUInt32BE(crc32(JSON.stringify([owner, 'changes', position])));
  return Buffer.concat([checksum, Buffer.from(position)]).toString('base64url');
};

/** Encodes a position in the owner's log of changes as a cursor, opaque to clients. */
export const toChangesCursor = (owner: UserId, { epoch, revision, afterId }: ChangePosition): string =>
  encode(owner, [epoch, revision, ...(afterId === undefined ? [] : [afterId])].join(' '));

/** Decodes a cursor of the owner's changes. @throws ApplicationError `changes/gone` for any other text */
export const fromChangesCursor = (owner: UserId, cursor: string): ChangePosition => {
  const text = Buffer.from(cursor, 'base64url').toString('utf8', checksumLength);
  const found = encode(owner, text) === cursor ? changePosition.exec(text) : null;
  const [epoch = 0, revision = 0, afterId = 0] = (found ?? []).slice(1).map((digits = '0') => Number(digits));
  if (found === null || !Number.isSafeInteger(revision) || afterId > maxTaskId) throw changesGone();
  return { epoch, revision, ...(afterId > 0 && { afterId }) };
};
