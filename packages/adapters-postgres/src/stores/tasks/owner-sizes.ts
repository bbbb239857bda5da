import type { UserId } from '@taskward/domain';

// Filtering this many tasks takes about 20 ms, whatever their texts are.
const maxSmallSize = 2_000;
const maxOwners = 10_000;

/** A cache of how many tasks owners have created, as this process last read it. */
export class OwnerSizes {
  readonly #sizes = new Map<UserId, number>();

  /** Returns whether filtering all of the owner's tasks may take long; `undefined` for an owner that is not cached. */
  isLarge(owner: UserId): boolean | undefined {
    const size = this.#sizes.get(owner);
    return size === undefined ? undefined : size > maxSmallSize;
  }

  set(owner: UserId, size: number): void {
    if (this.#sizes.size >= maxOwners && !this.#sizes.has(owner))
      this.#sizes.delete(this.#sizes.keys().next().value as UserId);
    this.#sizes.set(owner, size);
  }
}
