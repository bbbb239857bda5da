import { DatabaseBusy } from './errors.ts';

interface Hold {
  readonly isShared: boolean;
  /** How many have the lock through this hold, or wait to. */
  members: number;
  /** What has to end first. */
  before: Promise<void> | undefined;
  /** Resolved for those who come after it. */
  ended: PromiseWithResolvers<void> | undefined;
}

// V8 moves a Map whose entries come and go to another table all the time, and each table refers to the next: once one is
// old, what later ones hold survives minor collections too. After so many holds the entries are copied to a new Map.
const renewAfter = 200;

/** A lock per name: held exclusively, or shared by several at once. First come, first served. */
export class KeyedLock {
  readonly #limitWait: (giveUp: () => void) => () => void;
  #last = new Map<string, Hold>();
  #holds = 0;

  /** @param limitWait calls its argument when the lock has been waited for too long, until the function it returns is called */
  constructor(limitWait: (giveUp: () => void) => () => void) {
    this.#limitWait = limitWait;
  }

  /**
   * Runs `work` when everything that came before under this name has ended.
   * @throws DatabaseBusy when that took too long; else what `work` throws
   */
  exclusive<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.#run(name, this.#hold(name, false), work);
  }

  /** The same, but at the same time as others that share. An exclusive holder waits for them, and they for it. */
  shared<T>(name: string, work: () => Promise<T>): Promise<T> {
    const last = this.#last.get(name);
    return this.#run(name, last?.isShared ? last : this.#hold(name, true), work);
  }

  #hold(name: string, isShared: boolean): Hold {
    const last = this.#last.get(name);
    const hold: Hold = { isShared, members: 0, before: undefined, ended: undefined };
    if (last !== undefined) {
      last.ended ??= Promise.withResolvers();
      hold.before = last.ended.promise.then(() => {
        hold.before = undefined;
      });
    }
    this.#holds += 1;
    if (this.#holds % renewAfter === 0) this.#last = new Map(this.#last);
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
      // One that gave up leaves, and those behind it still wait for the one before.
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
      const stop = this.#limitWait(() => reject(new DatabaseBusy('another write of this owner takes too long')));
      void before.then(() => {
        stop();
        resolve();
      });
    });
  }
}
