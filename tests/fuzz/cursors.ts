// Cursors: as they were given, altered, and made up with a seal that holds.
import { crc32 } from 'node:zlib';
import { listIdentity, sortOrders, type TaskSort } from '@taskward/application';
import fc from 'fast-check';
import { instants, numbers, text } from './near-misses.ts';

/** A cursor, with the parameters of its list. */
export interface CursorOfList {
  readonly cursor: string;
  readonly list: Readonly<Record<string, string>>;
}

const sealLength = 4;

// How the server seals a position. Should it come to do so otherwise, these are no more than altered cursors.
const sealed = (owner: string, list: CursorOfList['list'], position: string): string => {
  const { sort = 'created_at', order, status = 'all', ...others } = list;
  const keys = sort.split(',').map((name) => {
    const field = name.replace('-', '') as TaskSort;
    return {
      field,
      order: name.startsWith('-') ? 'desc' : ((order as 'asc' | undefined) ?? sortOrders[field]),
    } as const;
  });
  const identity = listIdentity({ status: status as 'all', ...others, sort: keys });
  const seal = Buffer.alloc(sealLength);
  seal.writeUInt32BE(crc32(JSON.stringify([owner, ...identity, position])));
  return Buffer.concat([seal, Buffer.from(position)]).toString('base64url');
};

const years = fc.integer({ min: -271_821, max: 275_760 }).map((year) => {
  const digits = String(Math.abs(year)).padStart(year < 0 || year > 9999 ? 6 : 4, '0');
  return `${year < 0 ? '-' : year > 9999 ? '+' : ''}${digits}-01-01T00:00:00.000Z`;
});

/** Cursors that hold, of positions that no page ended at: another id, another value, in whichever way they are written. */
const madeUp = (owner: string, given: readonly CursorOfList[]): fc.Arbitrary<CursorOfList> =>
  fc
    .record({
      of: fc.constantFrom(...given),
      id: fc.option(fc.oneof(fc.integer({ min: 1, max: 2 ** 31 - 1 }).map(String), fc.constantFrom(...numbers))),
      value: fc.oneof(years, fc.constantFrom(...instants), text),
    })
    .map(({ of: { cursor, list }, id, value }) => {
      const position = Buffer.from(cursor, 'base64url').subarray(sealLength).toString();
      const moved = position.replace(/\d{4}-\d\d-[^\0]*Z|task \d/, () => value);
      return { cursor: sealed(owner, list, id === null ? moved : moved.replace(/^\d+/, () => id)), list };
    });

const altered = (cursor: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.tuple(fc.nat({ max: cursor.length - 1 }), fc.constantFrom(...'AZaz09-_=+/% ')).map(([at, other]) => {
      return cursor.slice(0, at) + other + cursor.slice(at + 1);
    }),
    fc.nat({ max: cursor.length }).map((at) => cursor.slice(0, at)),
    fc.constantFrom(`${cursor}A`, `${cursor}=`, ` ${cursor}`, `${cursor}\n`, cursor.toLowerCase(), cursor.repeat(60)),
  );

/** Cursors for the lists of a user who was given these. */
export const cursorsOf = (owner: string, given: readonly CursorOfList[]): fc.Arbitrary<CursorOfList> =>
  fc.oneof(
    fc.constantFrom(...given),
    fc.constantFrom(...given).chain(({ cursor, list }) => altered(cursor).map((other) => ({ cursor: other, list }))),
    { weight: 2, arbitrary: madeUp(owner, given) },
    fc.tuple(fc.constantFrom(...given), text).map(([{ list }, cursor]) => ({ cursor, list })),
  );
