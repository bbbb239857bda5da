import type { Caller } from './api.ts';
import { otherCollections, otherRequests } from './other-backends.ts';

/** Returns one of several. */
export const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

/** Makes a source of random numbers that is small and seeded, so that a failure can be repeated (mulberry32). */
export const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

interface Call {
  readonly method: string;
  readonly url: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Returns a whole number from 1 to `count`. */
export const upTo = (random: () => number, count: number) => 1 + Math.floor(random() * count);

const batchOf = (n: number, random: () => number, mark: object) =>
  Array.from({ length: 4 }, () => {
    const id = upTo(random, 40);
    const op = pick(random, ['create', 'update', 'complete', 'delete', 'restore', 'undo']);
    if (op === 'create') return { op, ...mark };
    if (op === 'undo') return { op, revision: upTo(random, 300) };
    return { op, id, ...(op === 'update' && mark), ...(n % 3 === 0 && { if_revision: upTo(random, 60) }) };
  });

// Both users take the same keys, and each of them for one request only: whoever is told that it was used for another,
// or gets a response of somebody else's, has met the other user.
const keyed = (random: () => number, me: Caller, mark: object, collection: string): Call => {
  const key = (name: string) => ({ 'idempotency-key': `${collection === me.bare} ${name}` });
  const n = upTo(random, 20);
  switch (upTo(random, 3)) {
    case 1:
      return { method: 'POST', url: collection, body: mark, headers: key(`create ${n}`) };
    case 2:
      return { method: 'PATCH', url: `${collection}/${n}/complete`, headers: key(`toggle ${n}`) };
    default: {
      const operations = batchOf(n, seeded(n), n % 2 === 0 ? mark : { title: 'of both' });
      const body = { operations, atomic: n % 4 === 0, dry_run: n % 5 === 0 };
      return { method: 'POST', url: `${collection}/batch`, body, headers: key(`batch ${n}`) };
    }
  }
};

/** What the users were told so far. */
export interface Seen {
  /** The tag of each list, by user and address. */
  readonly tags: Map<string, string>;
  /** What each user read last. */
  readonly reads: Map<string, string>;
  /** The last id of each user's tasks. */
  readonly newest: Map<string, number>;
  /** The positions in each user's changes. */
  readonly cursors: Map<string, string[]>;
}

// What the log of changes has: of my own tasks, and with the other's cursors and numbers.
const callOfLog = (
  random: () => number,
  [me, other]: readonly [Caller, Caller],
  one: string,
  { cursors }: Seen,
  read: (url: string) => Call,
): Call => {
  const collection = one.slice(0, one.lastIndexOf('/'));
  const since = cursors.get(pick(random, [me, me, other]).userId)?.at(-upTo(random, 3));
  const key = { 'idempotency-key': `${one} ${upTo(random, 5)}` };
  switch (upTo(random, 9)) {
    case 1:
    case 2:
      return read(`${collection}/changes?limit=30${since === undefined || random() < 0.3 ? '' : `&since=${since}`}`);
    case 3:
      return { method: 'GET', url: `${collection}/trash?limit=20` };
    case 4:
      return { method: 'GET', url: `${one}/history?limit=5` };
    case 5:
      return { method: 'POST', url: `${one}/restore`, headers: random() < 0.5 ? {} : key };
    case 6:
    case 7:
      return { method: 'POST', url: `${collection}/changes/${upTo(random, 400)}/undo` };
    case 8:
      return { method: 'DELETE', url: `${collection}/trash/${one.slice(collection.length + 1)}` };
    default:
      return random() < 0.2
        ? { method: 'DELETE', url: `${collection}/trash` }
        : { method: 'GET', url: `${other.bare}/${pick(random, ['trash', 'changes', 'events', '1/history'])}` };
  }
};

// What people plan with: of my own tasks, and with the other's tags and numbers. Each user tags their tasks with their id.
const callOfPlanning = (
  random: () => number,
  [me, other]: readonly [Caller, Caller],
  one: string,
  mark: object,
  read: (url: string) => Call,
): Call => {
  const collection = one.slice(0, one.lastIndexOf('/'));
  const tag = pick(random, [me.userId, 'of both', other.userId]);
  const near = Number(one.slice(collection.length + 1)) + upTo(random, 10) - 5;
  switch (upTo(random, 12)) {
    case 1:
      return read(`${collection}/${pick(random, ['summary', 'tags'])}`);
    case 2:
      return { method: 'GET', url: `${collection}/${pick(random, ['settings', 'limits'])}` };
    case 3:
      return { method: 'GET', url: `${one}/occurrences?limit=5` };
    case 4:
    case 5: {
      const place = pick(random, [{ before: near }, { after: near }, { to: 'top' }, { to: 'bottom' }]);
      return { method: 'POST', url: `${one}/move`, body: place };
    }
    case 6:
      return read(`${collection}?tag=${encodeURIComponent(other.userId)}&count=true`);
    case 7:
      return read(`${collection}?sort=${pick(random, ['position', 'priority,due_date', '-due_date'])}&limit=3`);
    case 8: {
      const name = tag === me.userId ? 'of both' : me.userId;
      const url = `${collection}/tags/${encodeURIComponent(tag)}`;
      return { method: 'PATCH', url, body: { name, merge: random() < 0.7 } };
    }
    case 9:
      return { method: 'DELETE', url: `${collection}/tags/${encodeURIComponent(tag)}` };
    case 10: {
      const settings = {
        time_zone: pick(random, ['UTC', 'Europe/Berlin']),
        day_starts_at: pick(random, ['00:00', '04:00']),
      };
      return { method: 'PATCH', url: `${collection}/settings`, body: settings };
    }
    case 11: {
      const operations = [{ op: 'update', where: { tag }, set: { ...mark, priority: 'high' } }];
      return { method: 'POST', url: `${collection}/batch`, body: { operations, dry_run: random() < 0.3 } };
    }
    default:
      return {
        method: 'GET',
        url: `${other.bare}/${pick(random, ['summary', 'tags', 'settings', 'limits', '1/occurrences'])}`,
      };
  }
};

// In the spellings of other backends, mostly on my own tasks.
const callOfOtherBackends = (
  random: () => number,
  [me, other]: readonly [Caller, Caller],
  id: number,
  read: (url: string) => Call,
): Call => {
  const collection = pick(random, Object.values(otherCollections))(random() < 0.7 ? me : other);
  const { path, ...rest } = pick(random, otherRequests(id, other.userId));
  const url = `${collection}${path}`;
  return rest.method === 'GET' ? read(url) : { ...rest, url };
};

/** Makes a random request of one of two users, mostly about their own tasks. */
export const randomCall = (random: () => number, me: Caller, other: Caller, seen: Seen): Call => {
  const { tags, reads, newest } = seen;
  const collection = pick(random, [me.bare, '/api/tasks']);
  const id = Math.max(0, (newest.get(me.userId) ?? 0) - 38) + upTo(random, 40);
  const one = `${collection}/${id}`;
  const plans = random() < 0.3 && { due_date: '2026-11-20', repeat: 'daily', reminders: [{ before: 'P1D' }] };
  const mark = { title: `of ${me.userId}`, description: me.userId, tags: [me.userId] };
  const tag = `"${upTo(random, 300)}"`;
  const match = random() < 0.5 ? {} : { [pick(random, ['if-match', 'if-none-match'])]: tag };
  const read = (url: string): Call => {
    const known = tags.get(pick(random, [me, other]).userId + url);
    return { method: 'GET', url, headers: known === undefined ? {} : { 'if-none-match': `${known}, ${tag}` } };
  };
  switch (Math.floor(random() * 28)) {
    case 0:
    case 1:
      return { method: 'POST', url: collection, body: { ...mark, ...plans } };
    case 2:
      return read(collection);
    case 3:
      return read(`${collection}?search=${encodeURIComponent(other.userId)}&count=true`);
    case 4:
      return read(`${collection}?sort=title&status=${pick(random, ['all', 'pending', 'completed'])}&limit=3`);
    case 5:
    case 6:
      return read(one);
    case 7:
      return { method: 'PUT', url: one, body: { ...mark, completed: random() < 0.5 }, headers: match };
    case 8:
      return { method: 'PATCH', url: `${one}/complete`, headers: match };
    case 9:
      return { method: 'DELETE', url: one, headers: match };
    case 10:
      return {
        method: 'POST',
        url: `${collection}/batch`,
        body: { operations: batchOf(id, random, mark), atomic: false },
      };
    case 11:
    case 12:
    case 13:
      return keyed(random, me, mark, collection);
    case 14: {
      // Most reads come after a write of somebody's: this one mostly finds what it knows.
      const url = reads.get(me.userId) ?? collection;
      return { method: 'GET', url, headers: { 'if-none-match': tags.get(me.userId + url) ?? tag } };
    }
    case 15:
    case 16:
    case 17:
    case 18:
      return callOfLog(random, [me, other], one, seen, read);
    case 20:
    case 21:
    case 22:
    case 23:
    case 24:
    case 25:
      return callOfPlanning(random, [me, other], one, mark, read);
    case 26:
    case 27:
      return callOfOtherBackends(random, [me, other], id, read);
    default:
      return { method: pick(random, ['GET', 'DELETE', 'PATCH']), url: `${other.bare}/1` };
  }
};
