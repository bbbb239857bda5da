import { RejectedInBatch } from './errors.ts';
import { isServerWide, isTimeout } from './failures.ts';
import { mergeRequests, type RequestGroup, ungrouped } from './merged-requests.ts';
import type { OwnerContext } from './owner-context.ts';
import type { PipelinedPool, Sharing } from './pipelined-pool.ts';
import { type Query, queriesCompletedBefore, type Row } from './pipelined-query.ts';
import {
  canDispatch,
  makeQueues,
  maxReadDelay,
  type OwnerRequest,
  type PendingRequest,
  type Queue,
  type Queues,
  rejectExpired,
  takeBatch,
} from './request-queues.ts';
import type { RoundTripObserver } from './round-trip-observer.ts';
import type { TransactionCount } from './statistics.ts';

// So many requests are sent at once; fewer wait until the event loop has handled all input that came with them.
const dispatchThreshold = 10;

type Group = RequestGroup<PendingRequest>;

// Writes stay in the order of their owners.
const groupsOf = (batch: readonly PendingRequest[], sharing: Sharing): Group[] =>
  sharing === 'reading' ? mergeRequests(batch) : ungrouped(batch);

/** The group that a query of a transaction belongs to. */
const groupAt = (groups: readonly Group[], position: number): Group => {
  let end = 0;
  const found = groups.find(({ queries }) => {
    // The query that sets the owner comes first.
    end += 1 + queries.length;
    return position < end;
  });
  return found ?? (groups.at(-1) as Group);
};

/**
 * Puts requests of several owners into one transaction: one message, one commit, one wait for the disk. Each request's
 * queries run while the database shows its owner's rows only. Where one fails, nothing of the transaction was done: a read
 * is sent again alone, a write is rejected with RejectedInBatch, and the others are sent again without it.
 */
export class TransactionBatcher {
  readonly #pool: PipelinedPool;
  readonly #context: OwnerContext;
  readonly #prepares: () => boolean;
  readonly #givesUpBefore: () => number;
  readonly #observer: RoundTripObserver | undefined;
  readonly #queues: Queues;
  /** How many transactions were sent, by what shared them. */
  readonly counts: Readonly<Record<Sharing, TransactionCount>> = {
    reading: { transactions: 0, requests: 0 },
    writing: { transactions: 0, requests: 0 },
    exclusive: { transactions: 0, requests: 0 },
  };
  #isDue = false;
  #wake: NodeJS.Timeout | undefined;

  /**
   * @param prepares whether statements are to be prepared, asked each time
   * @param givesUpBefore requests that wait since before this moment are given up, asked each time
   */
  constructor(
    pool: PipelinedPool,
    context: OwnerContext,
    prepares: () => boolean,
    givesUpBefore: () => number,
    observer?: RoundTripObserver,
  ) {
    this.#pool = pool;
    this.#context = context;
    this.#prepares = prepares;
    this.#givesUpBefore = givesUpBefore;
    this.#observer = observer;
    this.#queues = makeQueues(pool.maxExclusive);
  }

  /**
   * Runs a request.
   * @returns each query's rows
   * @throws pg's errors; RejectedInBatch for a write that has to be sent alone; DatabaseBusy when it waited too long
   */
  run(request: OwnerRequest): Promise<Row[][]> {
    return new Promise((resolve, reject) => {
      const pending = {
        ...request,
        since: request.waitsSince ?? performance.now(),
        caller: this.#observer?.caller(),
        resolve,
        reject,
      };
      const { kind } = request;
      const { waiting } = this.#queues[kind === 'read' || kind === 'write' ? kind : 'exclusive'];
      waiting.push(pending);
      if (waiting.length >= dispatchThreshold) this.#dispatch();
      else if (!this.#isDue) {
        this.#isDue = true;
        setImmediate(() => {
          this.#isDue = false;
          this.#dispatch();
        });
      }
    });
  }

  /** How many requests wait. */
  get waiting(): number {
    return Object.values(this.#queues).reduce((sum, { waiting }) => sum + waiting.length, 0);
  }

  #dispatch(): void {
    const queues = Object.values(this.#queues);
    for (const queue of queues) {
      if (queue.waiting.length > 0) rejectExpired(queue, this.#givesUpBefore());
      while (canDispatch(queue)) {
        const batch = takeBatch(queue);
        if (batch.length === 0) break;
        queue.inFlight += 1;
        const end = queue.sharing === 'exclusive' ? this.#begin(queue, batch[0] as PendingRequest) : undefined;
        void this.#send(batch, queue.sharing).then(() => {
          queue.inFlight -= 1;
          end?.();
          this.#dispatch();
        });
      }
    }
    // No other request may come, and those in flight may take long.
    if (queues.every(({ waiting }) => waiting.length === 0)) return;
    this.#wake ??= setTimeout(() => {
      this.#wake = undefined;
      this.#dispatch();
    }, maxReadDelay + 1);
  }

  /** Counts an exclusive request as in flight. @returns a function to call when it has ended */
  #begin({ owners, long, use }: Queue, { owner, kind }: PendingRequest): () => void {
    const since = performance.now();
    owners.add(owner);
    if (kind !== 'short') long.add(owner);
    return () => {
      const now = performance.now();
      owners.delete(owner);
      long.delete(owner);
      use.add(owner, now - since, now);
    };
  }

  #queriesOf(groups: readonly Group[], sharing: Sharing): Query[] {
    const { setOwner, setOwnerForSeveral, setOwnerInBatch, switchOwner } = this.#context;
    const all: Query[] = [];
    for (const { owner, queries } of groups) {
      if (all.length > 0) all.push(switchOwner(owner));
      else if (sharing !== 'exclusive') all.push(setOwnerInBatch(owner));
      else all.push(queries.length > 1 ? setOwnerForSeveral(owner) : setOwner(owner));
      all.push(...queries);
    }
    return all;
  }

  async #send(batch: readonly PendingRequest[], sharing: Sharing, groups = groupsOf(batch, sharing)): Promise<void> {
    const queries = this.#queriesOf(groups, sharing);
    const end = this.#observer?.begin({ requests: batch, queries: queries.length, kind: sharing });
    this.counts[sharing].transactions += 1;
    this.counts[sharing].requests += batch.length;
    try {
      const rows = await this.#pool.send(queries, this.#prepares(), {
        sharing,
        ping: Math.min(...batch.map(({ ping }) => ping)),
        waitsSince: Math.min(...batch.map(({ since }) => since)),
        onSent: () => {
          for (const { onSent } of batch) onSent?.();
        },
      });
      end?.();
      let next = 0;
      for (const { requests, queries, distribute } of groups) {
        const first = next + 1;
        next = first + queries.length;
        const results = distribute(rows.slice(first, next));
        for (const [index, { resolve }] of requests.entries()) resolve(results[index] as Row[][]);
      }
    } catch (error) {
      end?.(error);
      await this.#retryWithoutCulprit(batch, sharing, groups, error);
    }
  }

  // The server rejected one request, and the others only because they shared its transaction: they are sent again without it.
  async #retryWithoutCulprit(
    batch: readonly PendingRequest[],
    sharing: Sharing,
    groups: readonly Group[],
    error: unknown,
  ): Promise<void> {
    const completed = queriesCompletedBefore(error);
    const isFinal = sharing === 'exclusive' || (batch.length === 1 && !isTimeout(error));
    if (completed === undefined || isFinal || isServerWide(error)) {
      for (const { reject } of batch) reject(error);
      return;
    }
    const { requests } = groupAt(groups, completed);
    // Which of them it is shows when they are sent one after the other.
    if (requests.length > 1) return this.#send(batch, sharing, ungrouped(batch));
    const culprit = requests[0] as PendingRequest;
    const others = sharing === 'writing' ? this.#reject(batch, culprit) : this.#sendAlone(batch, culprit);
    this.#dispatch();
    if (others.length > 0) await this.#send(others, sharing, ungrouped(others));
  }

  #sendAlone(batch: readonly PendingRequest[], culprit: PendingRequest): PendingRequest[] {
    this.#queues.exclusive.waiting.push({ ...culprit, kind: 'long', since: performance.now() });
    return batch.filter((one) => one !== culprit);
  }

  // With all of the owner's other writes, also those still waiting: they may all meet the same lock, and each would delay
  // the other owners as long.
  #reject(batch: readonly PendingRequest[], { owner }: PendingRequest): PendingRequest[] {
    const queue = this.#queues.write;
    const isTheirs = (one: PendingRequest) => one.owner === owner;
    for (const one of [...batch, ...queue.waiting].filter(isTheirs)) {
      one.reject(new RejectedInBatch('it has to be sent alone'));
    }
    queue.waiting = queue.waiting.filter((one) => !isTheirs(one));
    return batch.filter((one) => !isTheirs(one));
  }
}
