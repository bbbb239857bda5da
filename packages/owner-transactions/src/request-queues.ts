import { DatabaseBusy } from './errors.ts';
import type { Sharing } from './pipelined-pool.ts';
import type { Query, Row } from './pipelined-query.ts';
import { RecentUse } from './recent-use.ts';

/** Queries of one owner that are done all or not at all. */
export interface OwnerRequest {
  readonly owner: string;
  readonly queries: readonly Query[];
  /**
   * Reads share a transaction with reads, and writes with writes. Short and long requests have a transaction and, where
   * possible, a connection to themselves. One of those connections is kept free of long ones.
   */
  readonly kind: 'read' | 'write' | 'short' | 'long';
  /** How long the connection may have been idle before it is pinged first, in milliseconds. */
  readonly ping: number;
  /** Since when it waits, by `performance.now()`, if it has waited for something else before. */
  readonly waitsSince?: number | undefined;
  /** Called just before it is sent. */
  readonly onSent?: (() => void) | undefined;
}

/** A request that waits. */
export interface PendingRequest extends OwnerRequest {
  /** Since when, by `performance.now()`. */
  readonly since: number;
  /** Who made it, for the observer. */
  readonly caller: unknown;
  resolve(rows: Row[][]): void;
  reject(error: unknown): void;
}

// Upper bound per transaction: every request in it waits for the slowest one.
const maxBatchSize = 32;
// While so many transactions of reads, or of writes, are in flight, further requests wait: the slower the database, the
// more of them share the cost of a transaction.
const maxReadBatches = 2;
const maxWriteBatches = 3;
/**
 * In milliseconds: reads that have waited so long are sent anyway. Where disks are slow, a database is faster the more
 * queries it has at once. Writes would only wait for the same disk one behind the other.
 */
export const maxReadDelay = 20;

// The same order everywhere, so that no two transactions wait for each other's owners.
const byOwner = (a: OwnerRequest, b: OwnerRequest): number => (a.owner < b.owner ? -1 : a.owner > b.owner ? 1 : 0);

/** Requests of one kind that wait, and how many of its transactions are in flight. */
export interface Queue {
  readonly sharing: Sharing;
  readonly batchSize: number;
  readonly maxInFlight: number;
  readonly maxDelay: number;
  waiting: PendingRequest[];
  inFlight: number;
  /** Owners with an exclusive request in flight: one each, or one owner's searches would delay everybody else's. */
  readonly owners: Set<string>;
  /** Those of them whose request is a long one. */
  readonly long: Set<string>;
  readonly maxLong: number;
  readonly use: RecentUse;
}

/** Gives up requests that wait since before a moment. Nothing of them was sent. */
export const rejectExpired = ({ waiting }: Queue, oldest: number): void => {
  while (waiting[0] !== undefined && waiting[0].since < oldest) {
    waiting.shift()?.reject(new DatabaseBusy('too many requests wait for the database'));
  }
};

/** The next exclusive request: of those that may be sent now, the one whose owner used least lately. */
const nextExclusive = ({ waiting, owners, long, maxLong, use }: Queue): number => {
  const now = performance.now();
  let next = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, { owner, kind }] of waiting.entries()) {
    if (owners.has(owner) || (kind !== 'short' && long.size >= maxLong)) continue;
    const used = use.of(owner, now);
    if (used < least) [next, least] = [index, used];
  }
  return next;
};

/** Takes the requests of the next transaction from a queue; none if it may not be sent yet. */
export const takeBatch = (queue: Queue): PendingRequest[] => {
  const { waiting, sharing, batchSize } = queue;
  const first = sharing === 'exclusive' ? nextExclusive(queue) : 0;
  const batch = first < 0 ? [] : waiting.splice(first, batchSize);
  return sharing === 'writing' ? batch.sort(byOwner) : batch;
};

/** Whether another transaction of a queue may be sent. */
export const canDispatch = ({ waiting, inFlight, maxInFlight, maxDelay }: Queue): boolean =>
  waiting[0] !== undefined && (inFlight < maxInFlight || waiting[0].since < performance.now() - maxDelay);

/** The requests that wait, by what they may share a transaction with. */
export type Queues = Readonly<Record<'read' | 'write' | 'exclusive', Queue>>;

/** Makes the queues. @param maxExclusive how many exclusive requests may be in flight */
export const makeQueues = (maxExclusive: number): Queues => {
  const queue = (sharing: Sharing, maxInFlight: number) => ({
    sharing,
    maxInFlight,
    batchSize: maxBatchSize,
    maxDelay: Number.POSITIVE_INFINITY,
    inFlight: 0,
    waiting: [],
    owners: new Set<string>(),
    long: new Set<string>(),
    maxLong: Math.max(1, maxExclusive - 1),
    use: new RecentUse(),
  });
  return {
    read: { ...queue('reading', maxReadBatches), maxDelay: maxReadDelay },
    write: queue('writing', maxWriteBatches),
    // Each has a connection to itself, where there are enough: behind another that waits for a lock it would be late.
    exclusive: { ...queue('exclusive', maxExclusive), batchSize: 1 },
  };
};
