import type { UserId } from '@taskward/domain';

/** Is told that an owner's tasks have changed. */
export interface Announcer {
  /** Announces a change of the owner that is stored. It never fails, and waits for nobody. */
  announce(owner: UserId): void;
}

/**
 * Tells who waits for an owner's changes that there are some. It may tell once for several, and once too often. Its contract
 * suite is in `tests/contract`.
 */
export interface ChangeFeed extends Announcer {
  /**
   * Calls `onChange` when the owner's tasks change, in this or another process, until the returned function is called. It
   * is called within a second of any change after the subscription, and not at once: never by `subscribe` itself.
   * @param onChange gets the owner's change counter, if the feed knows it
   */
  subscribe(owner: UserId, onChange: (revision?: number) => void): () => void;
}
