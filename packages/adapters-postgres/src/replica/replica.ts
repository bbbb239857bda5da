import type { UserId } from '@taskward/domain';
import type { OwnerTransactions, RoundTripObserver } from '@taskward/owner-transactions';
import { closeDatabase, type Database, openDatabase, type PoolSettings } from '../database.ts';
import { verifyReplica } from './verify-replica.ts';

// All in milliseconds. How long the replica may take until the primary is asked instead.
const patience = 1_000;
// After a failure, until it is verified again.
const pause = 1_000;
// While it is used, until it is verified again: its name may lead to another server by then, or it was promoted.
const recheck = 60_000;
// How long it is not asked for an owner for whom it was behind.
const catchUp = 250;
const maxOwners = 10_000;

/** The options of `openReplica`. */
export interface ReplicaOptions {
  /** Called with a sentence when the replica begins or ceases to be used, or for another reason is not. */
  readonly log?: (sentence: string, isUsed: boolean) => void;
  /** A file with the password, read for each new connection. */
  readonly passwordFile?: string | undefined;
  /** Follows what is sent for owners. */
  readonly observer?: RoundTripObserver | undefined;
}

class TooLate extends Error {
  override readonly name = 'TooLate';
}

const inTime = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(`it did not answer within ${patience} ms`)), patience);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

// Of a statement, such as one that was in the way of replaying the log: the connection is as good as before.
const isRejection = (error: unknown): boolean => (error as { severity?: string }).severity === 'ERROR';

const reasonOf = (error: unknown): string => {
  const { message, cause, code } = error as Error & { code?: string };
  return cause instanceof Error ? reasonOf(cause) : message || String(code);
};

/**
 * A standby of the database that may answer reads. It is verified before it is used, after each outage, and now and then.
 * No request waits for that: the primary answers.
 */
export class Replica {
  /** How many reads it answered, was behind for, and did not answer in time or at all. */
  readonly usage = { answered: 0, behind: 0, failed: 0 };
  readonly #primary: Database;
  readonly #standby: Database;
  readonly #log: NonNullable<ReplicaOptions['log']>;
  readonly #behind = new Map<UserId, number>();
  #isUsable = false;
  #checking: Promise<void> | undefined;
  #checkAt = Number.NEGATIVE_INFINITY;
  #answeredAt = Number.NEGATIVE_INFINITY;
  #isStopped = false;
  #said = '';

  constructor(primary: Database, standby: Database, log: ReplicaOptions['log'] = () => {}) {
    this.#primary = primary;
    this.#standby = standby;
    this.#log = log;
  }

  /** Transactions on the replica. */
  get transactions(): OwnerTransactions {
    return this.#standby.transactions;
  }

  /** Verifies the replica. @throws UnfitReplicaError or UnsafeDatabaseError, saying what to do; what the servers fail with */
  verify(): Promise<void> {
    return verifyReplica(this.#primary, this.#standby);
  }

  /** Verifies the replica, and uses it if it is fit. Logs what was found where that is new, and never rejects. */
  check(): Promise<void> {
    this.#checking ??= this.verify()
      .then(
        () => {
          this.#isUsable = true;
          this.#checkAt = performance.now() + recheck;
          this.#say('The replica answers lists where it is up to date.');
        },
        (error) => this.#suspend(error),
      )
      .finally(() => {
        this.#checking = undefined;
      });
    return this.#checking;
  }

  /** Whether to ask the replica for this owner. Has it verified in the background where that is due. */
  isWorthAsking(owner: UserId): boolean {
    const now = performance.now();
    if (now > this.#checkAt && !this.#isStopped) void this.check();
    if (!this.#isUsable) return false;
    const until = this.#behind.get(owner) ?? now;
    if (until > now) return false;
    this.#behind.delete(owner);
    return true;
  }

  /** Returns what the replica answers, or `undefined` if it fails or takes too long. */
  async ask<T>(work: () => Promise<T>): Promise<T | undefined> {
    const since = performance.now();
    try {
      const answer = await inTime(work());
      this.#answeredAt = performance.now();
      return answer;
    } catch (error) {
      this.usage.failed += 1;
      // Something long may be late while others are answered.
      const isAlive = isRejection(error) || (error instanceof TooLate && this.#answeredAt > since);
      if (!isAlive) this.#suspend(error);
      return undefined;
    }
  }

  /** Notes whether an answer was up to date. */
  note(owner: UserId, isCurrent: boolean): void {
    this.usage[isCurrent ? 'answered' : 'behind'] += 1;
    if (isCurrent) return;
    if (this.#behind.size >= maxOwners) this.#behind.delete(this.#behind.keys().next().value as UserId);
    this.#behind.set(owner, performance.now() + catchUp);
  }

  /** Closes every connection to it once its running statements have finished. */
  async close(): Promise<void> {
    this.#isStopped = true;
    this.#isUsable = false;
    await this.#checking;
    await closeDatabase(this.#standby);
  }

  #suspend(error: unknown): void {
    this.#isUsable = false;
    this.#checkAt = performance.now() + pause;
    this.#say(`The replica is not used, and the primary answers: ${reasonOf(error)}`);
  }

  #say(sentence: string): void {
    if (sentence === this.#said || this.#isStopped) return;
    this.#said = sentence;
    this.#log(sentence, this.#isUsable);
  }
}

/**
 * Opens a replica of a database. Connects on first use.
 * @param url of a standby; without a password in it, that of `passwordFile` is used
 */
export const openReplica = (
  primary: Database,
  url: string,
  pool: PoolSettings,
  { log, passwordFile, observer }: ReplicaOptions = {},
): Replica => {
  const own = new URL(url).password === '' ? passwordFile : undefined;
  return new Replica(primary, openDatabase(url, pool, { passwordFile: own, isStandby: true, observer }), log);
};
