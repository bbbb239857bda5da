import { databaseUnavailable } from '@taskward/domain';

/** Lets those who want the same thing have it one after the other, and others at the same time. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();
  readonly #patience: number;

  /** @param patience how long one waits for its turn before it gives up, in milliseconds */
  constructor(patience: number) {
    this.#patience = patience;
  }

  /**
   * Runs `work` when all that came before under this name have ended.
   * @throws DomainError `database/unavailable` when that took too long; else what `work` throws
   */
  take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name);
    const turn = before === undefined ? work() : this.#after(before, work);
    // Whoever gave up goes, and those behind still wait for the one before.
    const settled = before === undefined ? turn : Promise.allSettled([before, turn]);
    this.#last.set(name, settled);
    const leave = () => {
      if (this.#last.get(name) === settled) this.#last.delete(name);
    };
    settled.then(leave, leave);
    return turn;
  }

  async #after<T>(before: Promise<unknown>, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((resolve, reject) => {
      const late = () => reject(databaseUnavailable(new Error('another write of this user takes too long')));
      const timer = setTimeout(late, this.#patience);
      const go = () => {
        clearTimeout(timer);
        resolve();
      };
      before.then(go, go);
    });
    return work();
  }
}
