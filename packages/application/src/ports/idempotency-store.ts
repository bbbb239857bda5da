import type { Instant, UserId } from '@taskward/domain';
import type { OwnerPorts } from './owner-ports.ts';

/** A call that takes effect once, however often it is repeated. */
export interface IdempotentCall {
  readonly owner: UserId;
  /** The idempotency key, which repetitions of a call share. Keys are scoped to the owner. */
  readonly key: string;
  /** Identifies the content of the call: a repetition has the same. */
  readonly fingerprint: string;
  readonly now: Instant;
  /** How long the response is stored, in milliseconds. */
  readonly lifetime: number;
  /** Whether the call changes anything. If not, as in a dry run, its response is not stored. */
  readonly hasEffect: boolean;
  /** How much may be stored for the owner. */
  readonly bounds: IdempotencyBounds;
}

/**
 * Limits on one owner's stored responses. They apply per window of one lifetime, which starts with the first call, so at
 * most twice as much is stored at any time.
 */
export interface IdempotencyBounds {
  /** The maximum number of keys, ≥ 1. */
  readonly keys: number;
  /** The maximum size in bytes, as stored. */
  readonly bytes: number;
}

/** The response to a call, in the caller's own format. */
export interface StoredResponse {
  readonly response: string;
  /** Whether it is the stored response of an earlier call. */
  readonly replayed: boolean;
}

/** Stores the responses to calls, so that a repetition has no second effect. Its contract suite is in `tests/contract`. */
export interface IdempotencyStore {
  /**
   * Returns the response stored for this key, or runs `work` and stores its response. What `work` writes through `ports`,
   * for this owner only, is stored atomically with the response; if it throws, neither is stored. Of several concurrent
   * calls with one key, one runs `work`. A call without effect stores nothing.
   * @throws ApplicationError `idempotency/mismatch`, `idempotency/in-flight`, `idempotency/too-many` when the bounds are
   * reached, `database/unavailable`, or what `work` throws
   */
  runIdempotently(call: IdempotentCall, work: (ports: OwnerPorts) => Promise<string>): Promise<StoredResponse>;

  /**
   * Deletes responses older than `lifetime` milliseconds, of all users, at most `limit` of them.
   * @returns how many were deleted
   * @throws ApplicationError `database/unavailable`
   */
  purge(old: { now: Instant; lifetime: number; limit: number }): Promise<number>;
}
