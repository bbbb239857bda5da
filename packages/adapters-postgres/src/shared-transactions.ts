import { databaseBusy, type UserId } from '@taskward/domain';
import { apart, type Bundle, coalesce } from './coalescing.ts';
import { isGeneral, isOutOfPatience } from './failures.ts';
import { type Row, type Step, stepsBefore } from './flight.ts';
import type { Lanes, Sharing } from './lanes.ts';
import { enter, enterForSeveral, enterShared, handTo } from './owner-context.ts';
import { RecentUse } from './recent-use.ts';

/** What one owner wants done, all or nothing. */
export interface Errand {
  readonly owner: UserId;
  readonly steps: readonly Step[];
  /**
   * Reads share a transaction with reads, and writes with writes. The others share with nobody: a `filter` of few tasks,
   * for which a connection is kept, and what may take long.
   */
  readonly kind: 'read' | 'write' | 'filter' | 'alone';
  /** How long the connection may have been idle before it is asked whether it still lives, in milliseconds. */
  readonly ping: number;
  /** Told when it is on its way. */
  readonly onSent?: (() => void) | undefined;
}

/** Nothing was done: this write has to go alone, because it or another one of its owner's cannot go among others. */
export class RefusedTogether extends Error {}

interface Waiting extends Errand {
  /** Since when, by `performance.now()`. */
  readonly since: number;
  resolve(rows: Row[][]): void;
  reject(error: unknown): void;
}

// So many leave at once; fewer wait until all that came in with them has been looked at.
const enough = 10;
// More are not put into one transaction: the first would wait for the last.
const most = 32;
// While so many transactions of reads, or of writes, are on their way, further ones gather: the slower the database,
// the more of them share what a transaction costs it.
const mostReading = 2;
const mostWriting = 3;
// Reads that have waited for so many milliseconds go all the same: where it is disks that are slow, a database is
// faster the more it is asked at once. Writes would only wait for the same disk behind one another.
const hesitation = 20;

// In one order everywhere, so that no two transactions can wait for each other's owners.
const byOwner = (a: Errand, b: Errand): number => (a.owner < b.owner ? -1 : a.owner > b.owner ? 1 : 0);

/** Errands that wait for their turn, and how many transactions of their kind are on their way. */
interface Line {
  readonly lane: Sharing;
  readonly mostTogether: number;
  readonly mostUnderWay: number;
  readonly hesitation: number;
  waiting: Waiting[];
  underWay: number;
  /** Who has something under way where each goes alone: one at a time, or one user's searches would keep all others'. */
  readonly owners: Set<UserId>;
  /** Those of them that may take long, of which there are fewer at once. */
  readonly long: Set<UserId>;
  readonly mostLong: number;
  readonly use: RecentUse;
}

const stepsOf = (bundles: readonly Bundle<Waiting>[], lane: Sharing): Step[] => {
  const all: Step[] = [];
  for (const { members, steps } of bundles) {
    const { owner } = members[0] as Waiting;
    if (all.length > 0) all.push(handTo(owner));
    else if (lane !== 'apart') all.push(enterShared(owner));
    else all.push(steps.length > 1 ? enterForSeveral(owner) : enter(owner));
    all.push(...steps);
  }
  return all;
};

/** Those who have waited too long are told so: nothing of theirs was sent. */
const giveUp = ({ waiting }: Line, oldest: number): void => {
  while (waiting[0] !== undefined && waiting[0].since < oldest) {
    waiting.shift()?.reject(databaseBusy(new Error('too many wait for the database')));
  }
};

/** Where each goes alone: of those who may go now, the one whose owner used least lately. */
const nextAlone = ({ waiting, owners, long, mostLong, use }: Line): number => {
  const now = performance.now();
  let next = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, { owner, kind }] of waiting.entries()) {
    if (owners.has(owner) || (kind !== 'filter' && long.size >= mostLong)) continue;
    const used = use.of(owner, now);
    if (used < least) [next, least] = [index, used];
  }
  return next;
};

/** The first ones of a line; where each goes alone, the next one. */
const takeFrom = (line: Line): Waiting[] => {
  const { waiting, lane, mostTogether } = line;
  const first = lane === 'apart' ? nextAlone(line) : 0;
  const group = first < 0 ? [] : waiting.splice(first, mostTogether);
  return lane === 'writing' ? group.sort(byOwner) : group;
};

const mayLeave = ({ waiting, underWay, mostUnderWay, hesitation }: Line): boolean =>
  waiting[0] !== undefined && (underWay < mostUnderWay || waiting[0].since < performance.now() - hesitation);

// Writes stay in the order of their owners.
const bundlesOf = (group: readonly Waiting[], lane: Sharing): Bundle<Waiting>[] =>
  lane === 'reading' ? coalesce(group) : apart(group);

const bundleAt = (bundles: readonly Bundle<Waiting>[], step: number): Bundle<Waiting> => {
  let end = 0;
  const found = bundles.find(({ steps }) => {
    end += 1 + steps.length;
    return step < end;
  });
  return found ?? (bundles.at(-1) as Bundle<Waiting>);
};

/**
 * Transactions that errands of several owners share: one flight, one commit, one wait for the disk. Each errand's
 * statements run while the database shows its owner's rows only. Where one fails, nothing of the transaction was done:
 * a read goes again alone, a write is told so, and the others go again without it.
 */
export class SharedTransactions {
  readonly #lanes: Lanes;
  readonly #prepares: () => boolean;
  readonly #givesUpBefore: () => number;
  readonly #lines: Readonly<Record<'read' | 'write' | 'alone', Line>>;
  #isDue = false;
  #wake: NodeJS.Timeout | undefined;

  /**
   * @param prepares whether statements are to be prepared, asked each time
   * @param givesUpBefore since when who waits must have come not to be given up, asked each time
   */
  constructor(lanes: Lanes, prepares: () => boolean, givesUpBefore: () => number) {
    this.#givesUpBefore = givesUpBefore;
    this.#lanes = lanes;
    this.#prepares = prepares;
    const line = (lane: Sharing, mostUnderWay: number) => ({
      lane,
      mostUnderWay,
      mostTogether: most,
      hesitation: Number.POSITIVE_INFINITY,
      underWay: 0,
      waiting: [],
      owners: new Set<UserId>(),
      long: new Set<UserId>(),
      mostLong: Math.max(1, lanes.mostApart - 1),
      use: new RecentUse(),
    });
    this.#lines = {
      read: { ...line('reading', mostReading), hesitation },
      write: line('writing', mostWriting),
      // Each has a connection to itself, where there are enough: behind another that waits for a lock it would be late.
      alone: { ...line('apart', lanes.mostApart), mostTogether: 1 },
    };
  }

  /**
   * @returns each step's rows
   * @throws pg's errors; RefusedTogether for a write that has to go alone; DomainError `database/busy` if its turn
   * did not come in time
   */
  run(errand: Errand): Promise<Row[][]> {
    return new Promise((resolve, reject) => {
      const waiting = { ...errand, since: performance.now(), resolve, reject };
      const line = this.#lines[errand.kind === 'filter' ? 'alone' : errand.kind];
      line.waiting.push(waiting);
      if (line.waiting.length >= enough) this.#dispatch();
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
    const lines = Object.values(this.#lines);
    for (const line of lines) {
      if (line.waiting.length > 0) giveUp(line, this.#givesUpBefore());
      while (mayLeave(line)) {
        const group = takeFrom(line);
        if (group.length === 0) break;
        line.underWay += 1;
        const end = line.lane === 'apart' ? this.#begin(line, group[0] as Waiting) : undefined;
        void this.#send(group, line.lane).then(() => {
          line.underWay -= 1;
          end?.();
          this.#dispatch();
        });
      }
    }
    // Nobody else may come, and what is under way may take long.
    if (lines.every(({ waiting }) => waiting.length === 0)) return;
    this.#wake ??= setTimeout(() => {
      this.#wake = undefined;
      this.#dispatch();
    }, hesitation + 1);
  }

  /** Notes that one goes alone. @returns to be called when it has ended */
  #begin({ owners, long, use }: Line, { owner, kind }: Waiting): () => void {
    const since = performance.now();
    owners.add(owner);
    if (kind !== 'filter') long.add(owner);
    return () => {
      const now = performance.now();
      owners.delete(owner);
      long.delete(owner);
      use.add(owner, now - since, now);
    };
  }

  async #send(group: readonly Waiting[], lane: Sharing, bundles = bundlesOf(group, lane)): Promise<void> {
    try {
      const rows = await this.#lanes.fly(stepsOf(bundles, lane), this.#prepares(), {
        lane,
        ping: Math.min(...group.map(({ ping }) => ping)),
        onSent: () => {
          for (const { onSent } of group) onSent?.();
        },
      });
      let next = 0;
      for (const { members, steps, share } of bundles) {
        const first = next + 1;
        next = first + steps.length;
        const shares = share(rows.slice(first, next));
        for (const [index, { resolve }] of members.entries()) resolve(shares[index] as Row[][]);
      }
    } catch (error) {
      await this.#goOn(group, lane, bundles, error);
    }
  }

  // What the server refused it refused to one of them, and the others only because of that: they go again without.
  async #goOn(
    group: readonly Waiting[],
    lane: Sharing,
    bundles: readonly Bundle<Waiting>[],
    error: unknown,
  ): Promise<void> {
    const done = stepsBefore(error);
    const isLast = lane === 'apart' || (group.length === 1 && !isOutOfPatience(error));
    if (done === undefined || isLast || isGeneral(error)) {
      for (const { reject } of group) reject(error);
      return;
    }
    const { members } = bundleAt(bundles, done);
    // Which of those who asked together it is, is seen when they ask one after the other.
    if (members.length > 1) return this.#send(group, lane, apart(group));
    const culprit = members[0] as Waiting;
    const others = lane === 'writing' ? this.#refuse(group, culprit) : this.#sendAlone(group, culprit);
    this.#dispatch();
    if (others.length > 0) await this.#send(others, lane, apart(others));
  }

  #sendAlone(group: readonly Waiting[], culprit: Waiting): Waiting[] {
    this.#lines.alone.waiting.push({ ...culprit, kind: 'alone', since: performance.now() });
    return group.filter((one) => one !== culprit);
  }

  // With all of its owner's, also those that have not left yet: what keeps one waiting may be a lock that they all meet,
  // and each would keep the others waiting as long.
  #refuse(group: readonly Waiting[], { owner }: Waiting): Waiting[] {
    const line = this.#lines.write;
    const isTheirs = (one: Waiting) => one.owner === owner;
    for (const one of [...group, ...line.waiting].filter(isTheirs)) {
      one.reject(new RefusedTogether('it has to go alone'));
    }
    line.waiting = line.waiting.filter((one) => !isTheirs(one));
    return group.filter((one) => !isTheirs(one));
  }
}
