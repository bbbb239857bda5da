import type { UserId } from '@taskward/domain';

// To look through more of them may take long; so many take some 20 ms, whatever their texts are.
const mostOfSmall = 2_000;
const mostOwners = 10_000;

/** How many tasks owners have made, as it was when this process last asked. */
export class OwnerSizes {
  readonly #sizes = new Map<UserId, number>();

  /** Whether filtering all of the owner's tasks may take long; undefined for an owner of whom nothing is known. */
  isLarge(owner: UserId): boolean | undefined {
    const size = this.#sizes.get(owner);
    return size === undefined ? undefined : size > mostOfSmall;
  }

  set(owner: UserId, size: number): void {
    if (this.#sizes.size >= mostOwners && !this.#sizes.has(owner))
      this.#sizes.delete(this.#sizes.keys().next().value as UserId);
    this.#sizes.set(owner, size);
  }
}
