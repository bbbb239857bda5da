import type { UserId } from '@taskward/domain';
import { isMixedUpStatement, isRefusal } from './failures.ts';
import { type Row, type Step, stepsBefore } from './flight.ts';
import type { Lanes, Sharing } from './lanes.ts';
import { enter, enterShared, handTo } from './owner-context.ts';

/** What one owner wants done, all or nothing. */
export interface Errand {
  readonly owner: UserId;
  readonly steps: readonly Step[];
  /** Reads share a transaction with reads, and writes with writes. A search may take long, and shares with nobody. */
  readonly kind: 'read' | 'search' | 'write';
  /** How long the connection may have been idle before it is asked whether it still lives, in milliseconds. */
  readonly ping: number;
  /** Told when it is on its way. */
  readonly onSent?: (() => void) | undefined;
}

interface Waiting extends Errand {
  resolve(rows: Row[][]): void;
  reject(error: unknown): void;
}

// So many leave at once; fewer wait until all that came in with them has been looked at.
const enough = 8;
// More are not put into one transaction: the first would wait for the last.
const most = 32;
// While so many transactions of writes are on their way, further writes gather: the slower the disk, the more share it.
const mostWriting = 3;

// In one order everywhere, so that no two transactions can wait for each other's owners.
const byOwner = (a: Errand, b: Errand): number => (a.owner < b.owner ? -1 : a.owner > b.owner ? 1 : 0);

const stepsOf = (group: readonly Errand[]): Step[] => {
  const entering = group.length === 1 ? enter : enterShared;
  return group.flatMap(({ owner, steps }, index) => [(index === 0 ? entering : handTo)(owner), ...steps]);
};

const errandAt = (group: readonly Waiting[], step: number): Waiting => {
  let end = 0;
  const found = group.find(({ steps }) => {
    end += 1 + steps.length;
    return step < end;
  });
  return found ?? (group.at(-1) as Waiting);
};

/**
 * Transactions that errands of several owners share: one flight, one commit, one wait for the disk. Each errand's
 * statements run while the database shows its owner's rows only. Where one fails, nothing of the transaction was done:
 * it goes again alone, and the others without it.
 */
export class SharedTransactions {
  readonly #lanes: Lanes;
  readonly #prepares: () => boolean;
  #reads: Waiting[] = [];
  #writes: Waiting[] = [];
  #writing = 0;
  #isDue = false;

  /** @param prepares whether statements are to be prepared, asked each time */
  constructor(lanes: Lanes, prepares: () => boolean) {
    this.#lanes = lanes;
    this.#prepares = prepares;
  }

  /** @returns each step's rows @throws pg's errors */
  run(errand: Errand): Promise<Row[][]> {
    return new Promise((resolve, reject) => {
      const waiting = { ...errand, resolve, reject };
      if (errand.kind === 'search') return void this.#send([waiting], 'apart');
      const line = errand.kind === 'write' ? this.#writes : this.#reads;
      line.push(waiting);
      if (line.length >= enough) this.#dispatch();
      else if (!this.#isDue) {
        this.#isDue = true;
        setImmediate(() => {
          this.#isDue = false;
          this.#dispatch();
        });
      }
    });
  }

  #dispatch(): void {
    while (this.#reads.length > 0) void this.#send(this.#reads.splice(0, most), 'reading');
    while (this.#writes.length > 0 && this.#writing < mostWriting) {
      this.#writing += 1;
      void this.#send(this.#writes.splice(0, most).sort(byOwner), 'writing').then(() => {
        this.#writing -= 1;
        this.#dispatch();
      });
    }
  }

  async #send(group: readonly Waiting[], lane: Sharing): Promise<void> {
    try {
      const rows = await this.#lanes.fly(stepsOf(group), this.#prepares(), {
        lane,
        weight: group.length,
        ping: Math.min(...group.map(({ ping }) => ping)),
        onSent: () => {
          for (const { onSent } of group) onSent?.();
        },
      });
      let next = 0;
      for (const { steps, resolve } of group) {
        const first = next + 1;
        next = first + steps.length;
        resolve(rows.slice(first, next));
      }
    } catch (error) {
      await this.#goOn(group, lane, error);
    }
  }

  // What the server refused it refused to one of them, and the others only because of that: they go again without.
  async #goOn(group: readonly Waiting[], lane: Sharing, error: unknown): Promise<void> {
    const done = stepsBefore(error);
    if (done === undefined || group.length === 1 || isRefusal(error) || isMixedUpStatement(error)) {
      for (const { reject } of group) reject(error);
      return;
    }
    const culprit = errandAt(group, done);
    void this.#send([culprit], 'apart');
    await this.#send(
      group.filter((one) => one !== culprit),
      lane,
    );
  }
}
