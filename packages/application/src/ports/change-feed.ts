import type { UserId } from '@taskward/domain';

/** Tells who waits for an owner's changes that there are some. It may tell once for several, and once too often. */
export interface ChangeFeed {
  /** Announces a change of the owner that is stored. */
  announce(owner: UserId): void;

  /**
   * Calls `onChange` when the owner's tasks change, in this or another process, until the returned function is called.
   * It is called within a second of any change after the subscription.
   */
  subscribe(owner: UserId, onChange: () => void): () => void;
}
