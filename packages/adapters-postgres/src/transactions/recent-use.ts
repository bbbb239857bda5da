import type { UserId } from '@taskward/domain';

interface Use {
  readonly milliseconds: number;
  readonly at: number;
}

// Half of it is forgotten after so many milliseconds.
const halfLife = 2_000;
// What has nearly been forgotten is removed when there are so many.
const most = 1_000;

/** How long each owner kept a connection lately: whoever used least goes first. Times are those of `performance.now()`. */
export class RecentUse {
  #uses = new Map<UserId, Use>();

  /** What the owner has used, in milliseconds, less what is forgotten of it by now. */
  of(owner: UserId, now: number): number {
    const use = this.#uses.get(owner);
    return use === undefined ? 0 : use.milliseconds * 2 ** ((use.at - now) / halfLife);
  }

  /** Adds to what the owner has used. */
  add(owner: UserId, milliseconds: number, now: number): void {
    if (this.#uses.size >= most) {
      this.#uses = new Map([...this.#uses].filter(([one]) => this.of(one, now) > 1).slice(-most / 2));
    }
    this.#uses.set(owner, { milliseconds: this.of(owner, now) + milliseconds, at: now });
  }
}
