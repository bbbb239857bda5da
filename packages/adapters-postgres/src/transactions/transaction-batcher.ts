import { databaseBusy, type UserId } from '@taskward/domain';
import { isServerWide, isTimeout } from './failures.ts';
import { setOwner, setOwnerForSeveral, setOwnerInBatch, switchOwner } from './owner-context.ts';
import type { PipelinedPool, Sharing } from './pipelined-pool.ts';
import { type Query, queriesCompletedBefore, type Row } from './pipelined-query.ts';
import { RecentUse } from './recent-use.ts';

/** What one owner wants done, all or nothing. */
export interface OwnerRequest {
  readonly owner: UserId;
  readonly queries: readonly Query[];
  /**
   * Reads share a transaction with reads, and writes with writes. The others share with nobody: a `filter` of few tasks,
   * for which a connection is kept, and what may take long.
   */
  readonly kind: 'read' | 'write' | 'filter' | 'alone';
  /** How long the connection may have been idle before it is asked whether it still lives, in milliseconds. */
  readonly ping: number;
  /** Told when it is on its way. */
  readonly onSent?: (() => void) | undefined;
}

/** Nothing was done: this write has to go alone, because it or another one of its owner's cannot go among others. */
export class RejectedInBatch extends Error {}

interface PendingRequest extends OwnerRequest {
  /** Since when, by `performance.now()`. */
  readonly since: number;
  resolve(rows: Row[][]): void;
  reject(error: unknown): void;
}

// So many leave at once; fewer wait until all that came in with them has been looked at.
const dispatchThreshold = 10;
// More are not put into one transaction: the first would wait for the last.
const maxBatchSize = 32;
// While so many transactions of reads, or of writes, are on their way, further ones gather: the slower the database,
// the more of them share what a transaction costs it.
const maxReadBatches = 2;
const maxWriteBatches = 3;
// Reads that have waited for so many milliseconds go all the same: where it is disks that are slow, a database is
// faster the more it is asked at once. Writes would only wait for the same disk behind one another.
const readDelay = 20;

// In one order everywhere, so that no two transactions can wait for each other's owners.
const byOwner = (a: OwnerRequest, b: OwnerRequest): number => (a.owner < b.owner ? -1 : a.owner > b.owner ? 1 : 0);

/** Errands that wait for their turn, and how many transactions of their kind are on their way. */
interface Queue {
  readonly sharing: Sharing;
  readonly batchSize: number;
  readonly maxInFlight: number;
  readonly maxReadDelay: number;
  waiting: PendingRequest[];
  inFlight: number;
  /** Who has something under way where each goes alone: one at a time, or one user's searches would keep all others'. */
  readonly owners: Set<UserId>;
  /** Those of them that may take long, of which there are fewer at once. */
  readonly long: Set<UserId>;
  readonly maxLong: number;
  readonly use: RecentUse;
}

const queriesOf = (group: readonly PendingRequest[], sharing: Sharing): Query[] => {
  const all: Query[] = [];
  for (const { owner, queries } of group) {
    if (all.length > 0) all.push(switchOwner(owner));
    else if (sharing !== 'exclusive') all.push(setOwnerInBatch(owner));
    else all.push(queries.length > 1 ? setOwnerForSeveral(owner) : setOwner(owner));
    all.push(...queries);
  }
  return all;
};

/** Those who have waited too long are told so: nothing of theirs was sent. */
const rejectExpired = ({ waiting }: Queue, oldest: number): void => {
  while (waiting[0] !== undefined && waiting[0].since < oldest) {
    waiting.shift()?.reject(databaseBusy(new Error('too many wait for the database')));
  }
};

/** Where each goes alone: of those who may go now, the one whose owner used least lately. */
const nextExclusive = ({ waiting, owners, long, maxLong, use }: Queue): number => {
  const now = performance.now();
  let next = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, { owner, kind }] of waiting.entries()) {
    if (owners.has(owner) || (kind !== 'filter' && long.size >= maxLong)) continue;
    const used = use.of(owner, now);
    if (used < least) [next, least] = [index, used];
  }
  return next;
};

/** The first ones of a line; where each goes alone, the next one. */
const takeBatch = (queue: Queue): PendingRequest[] => {
  const { waiting, sharing, batchSize } = queue;
  const first = sharing === 'exclusive' ? nextExclusive(queue) : 0;
  const group = first < 0 ? [] : waiting.splice(first, batchSize);
  return sharing === 'writing' ? group.sort(byOwner) : group;
};

const canDispatch = ({ waiting, inFlight, maxInFlight, maxReadDelay }: Queue): boolean =>
  waiting[0] !== undefined && (inFlight < maxInFlight || waiting[0].since < performance.now() - maxReadDelay);

/** The request of a batch that a query of its transaction belongs to. */
const requestAt = (group: readonly PendingRequest[], position: number): PendingRequest => {
  let end = 0;
  const found = group.find(({ queries }) => {
    // The query that sets the owner comes first.
    end += 1 + queries.length;
    return position < end;
  });
  return found ?? (group.at(-1) as PendingRequest);
};

/**
 * Transactions that errands of several owners share: one flight, one commit, one wait for the disk. Each errand's
 * statements run while the database shows its owner's rows only. Where one fails, nothing of the transaction was done:
 * a read goes again alone, a write is told so, and the others go again without it.
 */
export class TransactionBatcher {
  readonly #pool: PipelinedPool;
  readonly #prepares: () => boolean;
  readonly #givesUpBefore: () => number;
  readonly #queues: Readonly<Record<'read' | 'write' | 'alone', Queue>>;
  #isDue = false;
  #wake: NodeJS.Timeout | undefined;

  /**
   * @param prepares whether statements are to be prepared, asked each time
   * @param givesUpBefore since when who waits must have come not to be given up, asked each time
   */
  constructor(pool: PipelinedPool, prepares: () => boolean, givesUpBefore: () => number) {
    this.#givesUpBefore = givesUpBefore;
    this.#pool = pool;
    this.#prepares = prepares;
    const queue = (sharing: Sharing, maxInFlight: number) => ({
      sharing,
      maxInFlight,
      batchSize: maxBatchSize,
      maxReadDelay: Number.POSITIVE_INFINITY,
      inFlight: 0,
      waiting: [],
      owners: new Set<UserId>(),
      long: new Set<UserId>(),
      maxLong: Math.max(1, pool.maxExclusive - 1),
      use: new RecentUse(),
    });
    this.#queues = {
      read: { ...queue('reading', maxReadBatches), maxReadDelay: readDelay },
      write: queue('writing', maxWriteBatches),
      // Each has a connection to itself, where there are enough: behind another that waits for a lock it would be late.
      alone: { ...queue('exclusive', pool.maxExclusive), batchSize: 1 },
    };
  }

  /**
   * @returns each step's rows
   * @throws pg's errors; RefusedTogether for a write that has to go alone; DomainError `database/busy` if its turn
   * did not come in time
   */
  run(request: OwnerRequest): Promise<Row[][]> {
    return new Promise((resolve, reject) => {
      const waiting = { ...request, since: performance.now(), resolve, reject };
      const queue = this.#queues[request.kind === 'filter' ? 'alone' : request.kind];
      queue.waiting.push(waiting);
      if (queue.waiting.length >= dispatchThreshold) this.#dispatch();
      else if (!this.#isDue) {
        this.#isDue = true;
        setImmediate(() => {
          this.#isDue = false;
          this.#dispatch();
        });
      }
    });
  }

  #dispatch(): void {
    const queues = Object.values(this.#queues);
    for (const queue of queues) {
      if (queue.waiting.length > 0) rejectExpired(queue, this.#givesUpBefore());
      while (canDispatch(queue)) {
        const group = takeBatch(queue);
        if (group.length === 0) break;
        queue.inFlight += 1;
        const end = queue.sharing === 'exclusive' ? this.#begin(queue, group[0] as PendingRequest) : undefined;
        void this.#send(group, queue.sharing).then(() => {
          queue.inFlight -= 1;
          end?.();
          this.#dispatch();
        });
      }
    }
    // Nobody else may come, and what is under way may take long.
    if (queues.every(({ waiting }) => waiting.length === 0)) return;
    this.#wake ??= setTimeout(() => {
      this.#wake = undefined;
      this.#dispatch();
    }, readDelay + 1);
  }

  /** Notes that one goes alone. @returns to be called when it has ended */
  #begin({ owners, long, use }: Queue, { owner, kind }: PendingRequest): () => void {
    const since = performance.now();
    owners.add(owner);
    if (kind !== 'filter') long.add(owner);
    return () => {
      const now = performance.now();
      owners.delete(owner);
      long.delete(owner);
      use.add(owner, now - since, now);
    };
  }

  async #send(group: readonly PendingRequest[], sharing: Sharing): Promise<void> {
    try {
      const rows = await this.#pool.send(queriesOf(group, sharing), this.#prepares(), {
        sharing,
        ping: Math.min(...group.map(({ ping }) => ping)),
        onSent: () => {
          for (const { onSent } of group) onSent?.();
        },
      });
      let next = 0;
      for (const { queries, resolve } of group) {
        const first = next + 1;
        next = first + queries.length;
        resolve(rows.slice(first, next));
      }
    } catch (error) {
      await this.#retryWithoutCulprit(group, sharing, error);
    }
  }

  // The server rejected one request, and the others only because they shared its transaction: they are sent again without it.
  async #retryWithoutCulprit(group: readonly PendingRequest[], sharing: Sharing, error: unknown): Promise<void> {
    const completed = queriesCompletedBefore(error);
    const isLast = sharing === 'exclusive' || (group.length === 1 && !isTimeout(error));
    if (completed === undefined || isLast || isServerWide(error)) {
      for (const { reject } of group) reject(error);
      return;
    }
    const culprit = requestAt(group, completed);
    const others = sharing === 'writing' ? this.#reject(group, culprit) : this.#sendAlone(group, culprit);
    this.#dispatch();
    if (others.length > 0) await this.#send(others, sharing);
  }

  #sendAlone(group: readonly PendingRequest[], culprit: PendingRequest): PendingRequest[] {
    this.#queues.alone.waiting.push({ ...culprit, kind: 'alone', since: performance.now() });
    return group.filter((one) => one !== culprit);
  }

  // With all of its owner's, also those that have not left yet: what keeps one waiting may be a lock that they all meet,
  // and each would keep the others waiting as long.
  #reject(group: readonly PendingRequest[], { owner }: PendingRequest): PendingRequest[] {
    const queue = this.#queues.write;
    const isTheirs = (one: PendingRequest) => one.owner === owner;
    for (const one of [...group, ...queue.waiting].filter(isTheirs)) {
      one.reject(new RejectedInBatch('it has to go alone'));
    }
    queue.waiting = queue.waiting.filter((one) => !isTheirs(one));
    return group.filter((one) => !isTheirs(one));
  }
}
