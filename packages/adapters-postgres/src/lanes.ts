import type { PoolClient } from 'pg';
import { isLostConnection, isRefusal } from './failures.ts';
import { fly, type Row, type Step } from './flight.ts';

interface Lane {
  readonly client: PoolClient;
  readonly opened: number;
  lastUsed: number;
  inFlight: number;
  /** How many of them may change something. */
  writes: number;
  /** The server said that it would do nothing more here. */
  refused: unknown;
  isOpen: boolean;
}

/** What lanes need to know. */
export interface LaneSettings {
  /** How many there may be. */
  readonly count: number;
  /** After how many milliseconds a connection is replaced. */
  readonly recycle: number;
  connect(): Promise<PoolClient>;
}

// So many flights share one connection before another one is opened: they leave in one packet, and come back in one.
const crowd = 16;

/**
 * Connections that many flights share at once, one behind the other in the pipeline. Each flight is a transaction of
 * its own, so nothing of one is seen by the next.
 */
export class Lanes {
  readonly #settings: LaneSettings;
  readonly #lanes: Lane[] = [];
  #opening: Promise<unknown>[] = [];
  #isClosed = false;

  constructor(settings: LaneSettings) {
    this.#settings = settings;
  }

  /** How many there may be; none where connections are too few to be shared. */
  get count(): number {
    return this.#settings.count;
  }

  /**
   * Sends a flight on a lane that has room for it, and on one more lane while there are few.
   * @param ping how long the lane may have been idle before it is asked whether it still lives, in milliseconds
   * @param onSent told when the flight itself is on its way
   * @throws pg's errors
   */
  async fly(
    steps: readonly Step[],
    prepare: boolean,
    { isWrite, ping, onSent }: { isWrite: boolean; ping: number; onSent?: (() => void) | undefined },
  ): Promise<Row[][]> {
    const lane = this.#pick(isWrite) ?? (await this.#open(isWrite));
    lane.inFlight += 1;
    if (isWrite) lane.writes += 1;
    try {
      if (performance.now() - lane.lastUsed > ping) await fly(lane.client, [], false);
      onSent?.();
      return await fly(lane.client, steps, prepare);
    } catch (error) {
      if (isRefusal(error)) lane.refused = error;
      if (isLostConnection(error) || isRefusal(error)) this.#drop(lane);
      // What is behind a flight that was refused in the pipeline was not done either.
      throw lane.refused ?? error;
    } finally {
      lane.inFlight -= 1;
      if (isWrite) lane.writes -= 1;
      lane.lastUsed = performance.now();
    }
  }

  /** Gives every connection back. What is in flight still ends. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#opening);
    while (this.#lanes.some(({ inFlight }) => inFlight > 0)) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const lane of [...this.#lanes]) this.#drop(lane);
  }

  // Reads crowd together in the first lanes that have room and no write in them; a write takes the lane that has the
  // least, from behind: it waits for the disk, and so does what is behind it.
  #pick(isWrite: boolean): Lane | undefined {
    this.#retire();
    const lanes = this.#lanes;
    const fewest = (all: readonly Lane[]) =>
      all.reduceRight<Lane | undefined>((best, one) => (best && best.inFlight <= one.inFlight ? best : one), undefined);
    const best = isWrite
      ? fewest(lanes)
      : (lanes.find(({ inFlight, writes }) => writes === 0 && inFlight < crowd) ?? fewest(lanes));
    const isFull = lanes.length + this.#opening.length >= this.#settings.count;
    const hasRoom = best !== undefined && (isWrite ? best.inFlight === 0 : best.writes === 0 && best.inFlight < crowd);
    return hasRoom || isFull ? best : undefined;
  }

  #retire(): void {
    const now = performance.now();
    const old = this.#lanes.filter(({ inFlight, opened }) => inFlight === 0 && now - opened > this.#settings.recycle);
    for (const lane of old) this.#drop(lane);
  }

  async #open(isWrite: boolean): Promise<Lane> {
    if (this.#isClosed) throw new Error('Cannot use a pool after calling end on the pool');
    if (this.#lanes.length + this.#opening.length < this.#settings.count) {
      const opening = this.#connect();
      this.#opening.push(opening);
      try {
        return await opening;
      } finally {
        this.#opening = this.#opening.filter((one) => one !== opening);
      }
    }
    await Promise.race(this.#opening);
    return this.#pick(isWrite) ?? this.#open(isWrite);
  }

  async #connect(): Promise<Lane> {
    const client = await this.#settings.connect();
    const now = performance.now();
    const lane: Lane = { client, opened: now, lastUsed: now, inFlight: 0, writes: 0, refused: undefined, isOpen: true };
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
