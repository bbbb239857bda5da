import type { PoolClient } from 'pg';
import { isLostConnection, isRefusal } from './failures.ts';
import { fly, ping as pingConnection, type Row, type Step } from './flight.ts';

interface Lane {
  readonly client: PoolClient;
  readonly opened: number;
  readonly isForWrites: boolean;
  lastUsed: number;
  /** Flights that are on their way. */
  inFlight: number;
  /** Since when the first of them is what the server works on. */
  since: number;
  /** Flights that nobody should have to wait for. */
  apart: number;
  /** The server said that it would do nothing more here. */
  refused: unknown;
  isOpen: boolean;
  /** It is old: it takes nothing more, and goes when what it has has ended. */
  isLeaving: boolean;
}

interface Opening {
  readonly isForWrites: boolean;
  readonly opened: Promise<Lane>;
}

/** What lanes need to know. */
export interface LaneSettings {
  /** How many there may be. */
  readonly count: number;
  /** After how many milliseconds a connection is replaced. */
  readonly recycle: number;
  connect(): Promise<PoolClient>;
  /** Told what failed on a connection, and when that was sent. */
  onFailure(error: unknown, since: number): void;
}

/** How a flight shares: with reads; behind other writes; as far from others as can be. */
export type Sharing = 'reading' | 'writing' | 'apart';

// Reads go one behind the other on one connection: the server needs no other process for them, which would have to be
// woken and take a core from somebody. After so many milliseconds the first is late, and nobody is sent behind it.
const late = 20;

const leastLoaded = (lanes: readonly Lane[]): Lane | undefined =>
  lanes.reduceRight<Lane | undefined>((best, one) => (best && best.inFlight <= one.inFlight ? best : one), undefined);

/**
 * Connections that many flights share at once, one behind the other in the pipeline. Each flight is a transaction of
 * its own, so nothing of one is seen by the next. One of the connections is for writes: each waits for the disk, and so
 * does what is behind it.
 */
export class Lanes {
  readonly #settings: LaneSettings;
  readonly #lanes: Lane[] = [];
  #opening: Opening[] = [];
  #isClosed = false;

  constructor(settings: LaneSettings) {
    this.#settings = settings;
  }

  /** How many there may be; none where connections are too few to be shared. */
  get count(): number {
    return this.#settings.count;
  }

  /**
   * How many flights can be on their way apart, each on a connection that nobody else waits for: one is for writes, and
   * one is left to reads, where there are as many.
   */
  get mostApart(): number {
    return Math.max(1, this.#settings.count - 2);
  }

  /**
   * Sends a flight on a lane that has room for it: reads behind others that are not late, what is apart where nothing is.
   * Where there is none it opens one more, as long as there may be.
   * @param ping how long the lane may have been idle before it is asked whether it still lives, in milliseconds
   * @param onSent told when the flight itself is on its way
   * @throws pg's errors
   */
  async fly(
    steps: readonly Step[],
    prepare: boolean,
    { lane: sharing, ping, onSent }: { lane: Sharing; ping: number; onSent(): void },
  ): Promise<Row[][]> {
    const lane = this.#pick(sharing) ?? (await this.#open(sharing));
    const apart = sharing === 'apart' ? 1 : 0;
    if (lane.inFlight === 0) lane.since = performance.now();
    lane.inFlight += 1;
    lane.apart += apart;
    const since = performance.now();
    try {
      // Behind others it may wait for as long as they take.
      if (since - lane.lastUsed > ping)
        await (lane.inFlight > 1 ? fly(lane.client, [], false) : pingConnection(lane.client));
      onSent();
      return await fly(lane.client, steps, prepare);
    } catch (error) {
      if (isRefusal(error)) lane.refused = error;
      if (isLostConnection(error) || isRefusal(error)) this.#drop(lane);
      this.#settings.onFailure(error, since);
      // What is behind a flight that was refused in the pipeline was not done either.
      throw lane.refused ?? error;
    } finally {
      lane.inFlight -= 1;
      lane.apart -= apart;
      lane.lastUsed = performance.now();
      lane.since = lane.lastUsed;
      if (lane.isLeaving && lane.inFlight === 0) this.#drop(lane);
    }
  }

  /** Sends nothing more on such connections, and gives each back when what is in flight on it has ended. */
  replace(isObsolete: (usage: { opened: number; lastUsed: number }) => boolean): void {
    for (const lane of this.#lanes.filter(isObsolete)) {
      lane.isLeaving = true;
      if (lane.inFlight === 0) this.#drop(lane);
    }
  }

  /** Gives every connection back. What is in flight still ends. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#opening.map(({ opened }) => opened));
    while (this.#lanes.some(({ inFlight }) => inFlight > 0)) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const lane of [...this.#lanes]) this.#drop(lane);
  }

  #pick(sharing: Sharing): Lane | undefined {
    this.#retire();
    const lanes = this.#lanesFor(sharing);
    if (this.#isForWrites(sharing)) return lanes[0];
    const latest = performance.now() - late;
    const roomy =
      sharing === 'reading'
        ? lanes.find(({ inFlight, since, apart }) => apart === 0 && (inFlight === 0 || since > latest))
        : lanes.findLast(({ inFlight }) => inFlight === 0);
    if (roomy !== undefined || this.#mayOpen(sharing)) return roomy;
    const free = lanes.filter(({ apart }) => apart === 0);
    // One that is being opened is waited for, rather than one that somebody has apart.
    if (free.length === 0 && this.#openingFor(sharing).length > 0) return undefined;
    return leastLoaded(free.length > 0 ? free : lanes);
  }

  // Where there is one connection only, it is for everything.
  #isForWrites(sharing: Sharing): boolean {
    return sharing === 'writing' && this.#settings.count > 1;
  }

  #lanesFor(sharing: Sharing): Lane[] {
    const isForWrites = this.#isForWrites(sharing);
    return this.#lanes.filter((lane) => lane.isForWrites === isForWrites && !lane.isLeaving);
  }

  #openingFor(sharing: Sharing): Opening[] {
    const isForWrites = this.#isForWrites(sharing);
    return this.#opening.filter((one) => one.isForWrites === isForWrites);
  }

  #mayOpen(sharing: Sharing): boolean {
    const most = this.#isForWrites(sharing) ? 1 : Math.max(1, this.#settings.count - 1);
    return this.#lanesFor(sharing).length + this.#openingFor(sharing).length < most;
  }

  #retire(): void {
    const now = performance.now();
    for (const lane of [...this.#lanes]) {
      if (now - lane.opened <= this.#settings.recycle) continue;
      lane.isLeaving = true;
      if (lane.inFlight === 0) this.#drop(lane);
    }
  }

  async #open(sharing: Sharing): Promise<Lane> {
    if (this.#isClosed) throw new Error('Cannot use a pool after calling end on the pool');
    if (this.#mayOpen(sharing)) {
      const isForWrites = this.#isForWrites(sharing);
      const opening = { isForWrites, opened: this.#connect(isForWrites) };
      this.#opening.push(opening);
      try {
        return await opening.opened;
      } finally {
        this.#opening = this.#opening.filter((one) => one !== opening);
      }
    }
    await Promise.race(this.#openingFor(sharing).map(({ opened }) => opened));
    return this.#pick(sharing) ?? this.#open(sharing);
  }

  async #connect(isForWrites: boolean): Promise<Lane> {
    const client = await this.#settings.connect();
    const now = performance.now();
    const lane: Lane = {
      client,
      opened: now,
      isForWrites,
      lastUsed: now,
      inFlight: 0,
      since: now,
      apart: 0,
      refused: undefined,
      isOpen: true,
      isLeaving: false,
    };
    client.on('error', (error) => {
      if (isRefusal(error)) lane.refused = error;
      this.#drop(lane);
    });
    client.on('end', () => this.#drop(lane));
    this.#lanes.push(lane);
    return lane;
  }

  #drop(lane: Lane): void {
    if (!lane.isOpen) return;
    lane.isOpen = false;
    this.#lanes.splice(this.#lanes.indexOf(lane), 1);
    lane.client.release(true);
  }
}
