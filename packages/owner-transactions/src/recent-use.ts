interface Use {
  readonly milliseconds: number;
  readonly at: number;
}

// In milliseconds: use counts half after this time.
const halfLife = 2_000;
// Owners remembered at most. Beyond that, those whose use has nearly decayed are dropped.
const maxOwners = 1_000;

/** How long each owner kept a connection lately, decaying over time. Times are those of `performance.now()`. */
export class RecentUse {
  #uses = new Map<string, Use>();

  /** What the owner has used, in milliseconds, decayed to `now`. */
  of(owner: string, now: number): number {
    const use = this.#uses.get(owner);
    return use === undefined ? 0 : use.milliseconds * 2 ** ((use.at - now) / halfLife);
  }

  /** Adds to what the owner has used. */
  add(owner: string, milliseconds: number, now: number): void {
    if (this.#uses.size >= maxOwners) {
      this.#uses = new Map([...this.#uses].filter(([one]) => this.of(one, now) > 1).slice(-maxOwners / 2));
    }
    this.#uses.set(owner, { milliseconds: this.of(owner, now) + milliseconds, at: now });
  }
}
