import type { PoolClient } from 'pg';
import { isLostConnection, isRefusal } from './failures.ts';
import { fly, type Row, type Step } from './flight.ts';

interface Lane {
  readonly client: PoolClient;
  readonly opened: number;
  lastUsed: number;
  inFlight: number;
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
const crowd = 4;

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
   * Sends a flight on the lane that has the fewest, and more lanes while there are many.
   * @param ping how long the lane may have been idle before it is asked whether it still lives, in milliseconds
   * @param onSent told when the flight itself is on its way
   * @throws pg's errors
   */
  async fly(
    steps: readonly Step[],
    prepare: boolean,
    { ping = Number.POSITIVE_INFINITY, onSent = () => {} } = {},
  ): Promise<Row[][]> {
    const lane = this.#pick() ?? (await this.#open());
    lane.inFlight += 1;
    try {
      if (performance.now() - lane.lastUsed > ping) await fly(lane.client, [], false);
      onSent();
      return await fly(lane.client, steps, prepare);
    } catch (error) {
      if (isRefusal(error)) lane.refused = error;
      if (isLostConnection(error) || isRefusal(error)) this.#drop(lane);
      // What is behind a flight that was refused in the pipeline was not done either.
      throw lane.refused ?? error;
    } finally {
      lane.inFlight -= 1;
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

  #pick(): Lane | undefined {
    const now = performance.now();
    let best: Lane | undefined;
    for (const lane of this.#lanes) {
      if (lane.inFlight === 0 && now - lane.opened > this.#settings.recycle) {
        this.#drop(lane);
        return this.#pick();
      }
      if (best === undefined || lane.inFlight < best.inFlight) best = lane;
    }
    const isFull = this.#lanes.length + this.#opening.length >= this.#settings.count;
    return best !== undefined && (best.inFlight < crowd || isFull) ? best : undefined;
  }

  async #open(): Promise<Lane> {
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
    return this.#pick() ?? this.#open();
  }

  async #connect(): Promise<Lane> {
    const client = await this.#settings.connect();
    const now = performance.now();
    const lane: Lane = { client, opened: now, lastUsed: now, inFlight: 0, refused: undefined, isOpen: true };
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
