import { databaseBusy } from '@taskward/domain';

interface Hold {
  readonly isShared: boolean;
  /** Who has it, or waits to have it. */
  members: number;
  /** What has to end first. */
  before: Promise<void> | undefined;
  /** For those who come after it. */
  ended: PromiseWithResolvers<void> | undefined;
}

// A Map whose entries come and go is moved to another table all the time, and V8 has each table refer to the next: once one
// is old, what the later ones hold outlives two collections, grows old too, and has to be looked for in the whole heap.
// After so many turns what is known is put into a Map of its own.
const renewal = 200;

/** Lets those who want the same thing have it one after the other, and others at the same time. */
export class KeyedLock {
  readonly #limitWait: (giveUp: () => void) => () => void;
  #last = new Map<string, Hold>();
  #begun = 0;

  /** @param limitWait calls its argument when a turn has been waited for too long, until what it returns is called */
  constructor(limitWait: (giveUp: () => void) => () => void) {
    this.#limitWait = limitWait;
  }

  /**
   * Runs `work` when all that came before under this name have ended.
   * @throws DomainError `database/busy` when that took too long; else what `work` throws
   */
  exclusive<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.#run(name, this.#begin(name, false), work);
  }

  /** The same, but at the same time as others that join. Whoever takes a turn waits for them, and they for it. */
  shared<T>(name: string, work: () => Promise<T>): Promise<T> {
    const last = this.#last.get(name);
    return this.#run(name, last?.isShared ? last : this.#begin(name, true), work);
  }

  #begin(name: string, isShared: boolean): Hold {
    const last = this.#last.get(name);
    const hold: Hold = { isShared, members: 0, before: undefined, ended: undefined };
    if (last !== undefined) {
      last.ended ??= Promise.withResolvers();
      hold.before = last.ended.promise.then(() => {
        hold.before = undefined;
      });
    }
    this.#begun += 1;
    if (this.#begun % renewal === 0) this.#last = new Map(this.#last);
    this.#last.set(name, hold);
    return hold;
  }

  async #run<T>(name: string, hold: Hold, work: () => Promise<T>): Promise<T> {
    hold.members += 1;
    try {
      if (hold.before !== undefined) await this.#wait(hold.before);
      return await work();
    } finally {
      hold.members -= 1;
      // Whoever gave up goes, and those behind still wait for the one before.
      if (hold.before === undefined) this.#end(name, hold);
      else void hold.before.then(() => this.#end(name, hold));
    }
  }

  #end(name: string, hold: Hold): void {
    if (hold.members > 0) return;
    if (this.#last.get(name) === hold) this.#last.delete(name);
    hold.ended?.resolve();
  }

  #wait(before: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = () => reject(databaseBusy(new Error('another write of this user takes too long')));
      const stop = this.#limitWait(late);
      void before.then(() => {
        stop();
        resolve();
      });
    });
  }
}
