import type { PoolClient } from 'pg';
import { isLostConnection, isNotAccepting } from './failures.ts';
import { ping as pingConnection, type Query, type Row, sendPipelined } from './pipelined-query.ts';

interface PipelinedConnection {
  readonly client: PoolClient;
  readonly opened: number;
  readonly isForWrites: boolean;
  lastUsed: number;
  /** Flights that are on their way. */
  inFlight: number;
  /** Since when the first of them is what the server works on. */
  since: number;
  /** Flights that nobody should have to wait for. */
  exclusive: number;
  /** The server said that it would do nothing more here. */
  shutdown: unknown;
  isOpen: boolean;
  /** It is old: it takes nothing more, and goes when what it has has ended. */
  isLeaving: boolean;
}

interface Opening {
  readonly isForWrites: boolean;
  readonly opened: Promise<PipelinedConnection>;
}

/** What lanes need to know. */
export interface PipelinedPoolSettings {
  /** How many there may be. */
  readonly count: number;
  /** After how many milliseconds a connection is replaced. */
  readonly recycle: number;
  connect(): Promise<PoolClient>;
  /** Told what failed on a connection, and when that was sent. */
  onFailure(error: unknown, since: number): void;
}

/** How a flight shares: with reads; behind other writes; as far from others as can be. */
export type Sharing = 'reading' | 'writing' | 'exclusive';

// Reads go one behind the other on one connection: the server needs no other process for them, which would have to be
// woken and take a core from somebody. After so many milliseconds the first is late, and nobody is sent behind it.
const late = 20;

const leastLoaded = (lanes: readonly PipelinedConnection[]): PipelinedConnection | undefined =>
  lanes.reduceRight<PipelinedConnection | undefined>(
    (best, one) => (best && best.inFlight <= one.inFlight ? best : one),
    undefined,
  );

/**
 * Connections that many flights share at once, one behind the other in the pipeline. Each flight is a transaction of
 * its own, so nothing of one is seen by the next. One of the connections is for writes: each waits for the disk, and so
 * does what is behind it.
 */
export class PipelinedPool {
  readonly #settings: PipelinedPoolSettings;
  readonly #connections: PipelinedConnection[] = [];
  #opening: Opening[] = [];
  #isClosed = false;

  constructor(settings: PipelinedPoolSettings) {
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
  get maxExclusive(): number {
    return Math.max(1, this.#settings.count - 2);
  }

  /**
   * Sends a flight on a lane that has room for it: reads behind others that are not late, what is apart where nothing is.
   * Where there is none it opens one more, as long as there may be.
   * @param ping how long the lane may have been idle before it is asked whether it still lives, in milliseconds
   * @param onSent told when the flight itself is on its way
   * @throws pg's errors
   */
  async send(
    queries: readonly Query[],
    prepare: boolean,
    { sharing, ping, onSent }: { sharing: Sharing; ping: number; onSent(): void },
  ): Promise<Row[][]> {
    const connection = this.#pick(sharing) ?? (await this.#open(sharing));
    const apart = sharing === 'exclusive' ? 1 : 0;
    if (connection.inFlight === 0) connection.since = performance.now();
    connection.inFlight += 1;
    connection.exclusive += apart;
    const since = performance.now();
    try {
      // Behind others it may wait for as long as they take.
      if (since - connection.lastUsed > ping)
        await (connection.inFlight > 1
          ? sendPipelined(connection.client, [], false)
          : pingConnection(connection.client));
      onSent();
      return await sendPipelined(connection.client, queries, prepare);
    } catch (error) {
      if (isNotAccepting(error)) connection.shutdown = error;
      if (isLostConnection(error) || isNotAccepting(error)) this.#drop(connection);
      this.#settings.onFailure(error, since);
      // What is behind a flight that was refused in the pipeline was not done either.
      throw connection.shutdown ?? error;
    } finally {
      connection.inFlight -= 1;
      connection.exclusive -= apart;
      connection.lastUsed = performance.now();
      connection.since = connection.lastUsed;
      if (connection.isLeaving && connection.inFlight === 0) this.#drop(connection);
    }
  }

  /** Sends nothing more on such connections, and gives each back when what is in flight on it has ended. */
  replace(isObsolete: (usage: { opened: number; lastUsed: number }) => boolean): void {
    for (const connection of this.#connections.filter(isObsolete)) {
      connection.isLeaving = true;
      if (connection.inFlight === 0) this.#drop(connection);
    }
  }

  /** Gives every connection back. What is in flight still ends. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#opening.map(({ opened }) => opened));
    while (this.#connections.some(({ inFlight }) => inFlight > 0))
      await new Promise((resolve) => setTimeout(resolve, 5));
    for (const connection of [...this.#connections]) this.#drop(connection);
  }

  #pick(sharing: Sharing): PipelinedConnection | undefined {
    this.#retire();
    const connections = this.#connectionsFor(sharing);
    if (this.#isForWrites(sharing)) return connections[0];
    const latest = performance.now() - late;
    const roomy =
      sharing === 'reading'
        ? connections.find(({ inFlight, since, exclusive }) => exclusive === 0 && (inFlight === 0 || since > latest))
        : connections.findLast(({ inFlight }) => inFlight === 0);
    if (roomy !== undefined || this.#mayOpen(sharing)) return roomy;
    const free = connections.filter(({ exclusive }) => exclusive === 0);
    // One that is being opened is waited for, rather than one that somebody has apart.
    if (free.length === 0 && this.#openingFor(sharing).length > 0) return undefined;
    return leastLoaded(free.length > 0 ? free : connections);
  }

  // Where there is one connection only, it is for everything.
  #isForWrites(sharing: Sharing): boolean {
    return sharing === 'writing' && this.#settings.count > 1;
  }

  #connectionsFor(sharing: Sharing): PipelinedConnection[] {
    const isForWrites = this.#isForWrites(sharing);
    return this.#connections.filter((connection) => connection.isForWrites === isForWrites && !connection.isLeaving);
  }

  #openingFor(sharing: Sharing): Opening[] {
    const isForWrites = this.#isForWrites(sharing);
    return this.#opening.filter((one) => one.isForWrites === isForWrites);
  }

  #mayOpen(sharing: Sharing): boolean {
    const most = this.#isForWrites(sharing) ? 1 : Math.max(1, this.#settings.count - 1);
    return this.#connectionsFor(sharing).length + this.#openingFor(sharing).length < most;
  }

  #retire(): void {
    const now = performance.now();
    for (const connection of [...this.#connections]) {
      if (now - connection.opened <= this.#settings.recycle) continue;
      connection.isLeaving = true;
      if (connection.inFlight === 0) this.#drop(connection);
    }
  }

  async #open(sharing: Sharing): Promise<PipelinedConnection> {
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

  async #connect(isForWrites: boolean): Promise<PipelinedConnection> {
    const client = await this.#settings.connect();
    const now = performance.now();
    const connection: PipelinedConnection = {
      client,
      opened: now,
      isForWrites,
      lastUsed: now,
      inFlight: 0,
      since: now,
      exclusive: 0,
      shutdown: undefined,
      isOpen: true,
      isLeaving: false,
    };
    client.on('error', (error) => {
      if (isNotAccepting(error)) connection.shutdown = error;
      this.#drop(connection);
    });
    client.on('end', () => this.#drop(connection));
    this.#connections.push(connection);
    return connection;
  }

  #drop(connection: PipelinedConnection): void {
    if (!connection.isOpen) return;
    connection.isOpen = false;
    this.#connections.splice(this.#connections.indexOf(connection), 1);
    connection.client.release(true);
  }
}
