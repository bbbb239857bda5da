import { databaseBusy } from '@taskward/domain';

interface Turn {
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
export class Turns {
  readonly #limitWait: (giveUp: () => void) => () => void;
  #last = new Map<string, Turn>();
  #begun = 0;

  /** @param limitWait calls its argument when a turn has been waited for too long, until what it returns is called */
  constructor(limitWait: (giveUp: () => void) => () => void) {
    this.#limitWait = limitWait;
  }

  /**
   * Runs `work` when all that came before under this name have ended.
   * @throws DomainError `database/busy` when that took too long; else what `work` throws
   */
  take<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.#run(name, this.#begin(name, false), work);
  }

  /** The same, but at the same time as others that join. Whoever takes a turn waits for them, and they for it. */
  join<T>(name: string, work: () => Promise<T>): Promise<T> {
    const last = this.#last.get(name);
    return this.#run(name, last?.isShared ? last : this.#begin(name, true), work);
  }

  #begin(name: string, isShared: boolean): Turn {
    const last = this.#last.get(name);
    const turn: Turn = { isShared, members: 0, before: undefined, ended: undefined };
    if (last !== undefined) {
      last.ended ??= Promise.withResolvers();
      turn.before = last.ended.promise.then(() => {
        turn.before = undefined;
      });
    }
    this.#begun += 1;
    if (this.#begun % renewal === 0) this.#last = new Map(this.#last);
    this.#last.set(name, turn);
    return turn;
  }

  async #run<T>(name: string, turn: Turn, work: () => Promise<T>): Promise<T> {
    turn.members += 1;
    try {
      if (turn.before !== undefined) await this.#wait(turn.before);
      return await work();
    } finally {
      turn.members -= 1;
      // Whoever gave up goes, and those behind still wait for the one before.
      if (turn.before === undefined) this.#end(name, turn);
      else void turn.before.then(() => this.#end(name, turn));
    }
  }

  #end(name: string, turn: Turn): void {
    if (turn.members > 0) return;
    if (this.#last.get(name) === turn) this.#last.delete(name);
    turn.ended?.resolve();
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
