import type { PoolClient } from 'pg';
import { isLostConnection, isNotAccepting } from './failures.ts';
import { ping as pingConnection, type Query, type Row, sendPipelined } from './pipelined-query.ts';

interface PipelinedConnection {
  readonly client: PoolClient;
  readonly opened: number;
  readonly isForWrites: boolean;
  lastUsed: number;
  /** Batches that were sent and not responded to. */
  inFlight: number;
  /** Since when the server works on the first of them. */
  since: number;
  /** Those of them behind which nothing else should be sent. */
  exclusive: number;
  /** The error with which the server announced that it does nothing more here. */
  shutdown: unknown;
  isOpen: boolean;
  /** Whether it takes nothing more, and is given back when what is in flight has ended. */
  isRetiring: boolean;
}

interface Opening {
  readonly isForWrites: boolean;
  readonly opened: Promise<PipelinedConnection>;
}

/** Limits of the shared connections, and what to call. */
export interface PipelinedPoolSettings {
  /** Connections at most; none where there are too few to be shared. */
  readonly count: number;
  /** Milliseconds after which a connection is replaced. */
  readonly recycle: number;
  /** @param since when the wait for a connection began, by `performance.now()` */
  connect(since: number): Promise<PoolClient>;
  /** Called with what failed on a connection, and when that was sent, by `performance.now()`. */
  onFailure(error: unknown, since: number): void;
}

/** What a transaction may share a connection with: other reads; other writes; nothing, if that can be avoided. */
export type Sharing = 'reading' | 'writing' | 'exclusive';

// Reads are pipelined on one connection: another would wake another process of the server's, which takes a core from
// somebody. A transaction that takes longer than so many milliseconds is late, and nothing more is sent behind it.
const late = 20;

const leastLoaded = (connections: readonly PipelinedConnection[]): PipelinedConnection | undefined =>
  connections.reduceRight<PipelinedConnection | undefined>(
    (best, one) => (best && best.inFlight <= one.inFlight ? best : one),
    undefined,
  );

/**
 * Connections on which many transactions are in flight at once, pipelined one behind the other. Nothing of one is seen by
 * the next. One of the connections is for writes: each write waits for the disk, and so does what is sent behind it.
 */
export class PipelinedPool {
  readonly #settings: PipelinedPoolSettings;
  readonly #connections: PipelinedConnection[] = [];
  #opening: Opening[] = [];
  #isClosed = false;

  constructor(settings: PipelinedPoolSettings) {
    this.#settings = settings;
  }

  /** Connections at most; none where there are too few to be shared. */
  get count(): number {
    return this.#settings.count;
  }

  /** How many connections are kept with nothing in flight. */
  get unused(): number {
    return this.#connections.filter(({ inFlight }) => inFlight === 0).length;
  }

  /**
   * How many exclusive transactions can run at once, each on a connection of its own: one connection is for writes, and
   * one is left to reads, where there are as many.
   */
  get maxExclusive(): number {
    return Math.max(1, this.#settings.count - 2);
  }

  /**
   * Sends queries as one transaction: reads behind others that are not late, exclusive ones on an idle connection. Opens
   * another connection where there is none and the limit allows it.
   * @param ping how long the connection may have been idle before it is pinged first, in milliseconds
   * @param waitsSince when the first of the requests began to wait, by `performance.now()`
   * @param onSent called just before the queries are sent
   * @returns each query's rows
   * @throws pg's errors
   */
  async send(
    queries: readonly Query[],
    prepare: boolean,
    { sharing, ping, waitsSince, onSent }: { sharing: Sharing; ping: number; waitsSince: number; onSent(): void },
  ): Promise<Row[][]> {
    const connection = this.#pick(sharing) ?? (await this.#open(sharing, waitsSince));
    const exclusive = sharing === 'exclusive' ? 1 : 0;
    if (connection.inFlight === 0) connection.since = performance.now();
    connection.inFlight += 1;
    connection.exclusive += exclusive;
    const since = performance.now();
    try {
      if (since - connection.lastUsed > ping) {
        // Behind others, the response may take as long as theirs do: then the ping has no short time limit.
        const isAlone = connection.inFlight === 1;
        await (isAlone ? pingConnection(connection.client) : sendPipelined(connection.client, [], false));
      }
      onSent();
      return await sendPipelined(connection.client, queries, prepare);
    } catch (error) {
      if (isNotAccepting(error)) connection.shutdown = error;
      if (isLostConnection(error) || isNotAccepting(error)) this.#drop(connection);
      this.#settings.onFailure(error, since);
      // What was sent behind a rejected transaction in the pipeline was not done either.
      throw connection.shutdown ?? error;
    } finally {
      connection.inFlight -= 1;
      connection.exclusive -= exclusive;
      connection.lastUsed = performance.now();
      connection.since = connection.lastUsed;
      if (connection.isRetiring && connection.inFlight === 0) this.#drop(connection);
    }
  }

  /** Sends nothing more on obsolete connections, and gives each back when what is in flight on it has ended. */
  replace(isObsolete: (usage: { opened: number; lastUsed: number }) => boolean): void {
    for (const connection of this.#connections.filter(isObsolete)) {
      connection.isRetiring = true;
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
    // Rather wait for a connection that is being opened than share one with an exclusive transaction.
    if (free.length === 0 && this.#openingFor(sharing).length > 0) return undefined;
    return leastLoaded(free.length > 0 ? free : connections);
  }

  // A single connection is for everything.
  #isForWrites(sharing: Sharing): boolean {
    return sharing === 'writing' && this.#settings.count > 1;
  }

  #connectionsFor(sharing: Sharing): PipelinedConnection[] {
    const isForWrites = this.#isForWrites(sharing);
    return this.#connections.filter((connection) => connection.isForWrites === isForWrites && !connection.isRetiring);
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
      connection.isRetiring = true;
      if (connection.inFlight === 0) this.#drop(connection);
    }
  }

  async #open(sharing: Sharing, since: number): Promise<PipelinedConnection> {
    if (this.#isClosed) throw new Error('Cannot use a pool after calling end on the pool');
    if (this.#mayOpen(sharing)) {
      const isForWrites = this.#isForWrites(sharing);
      const opening = { isForWrites, opened: this.#connect(isForWrites, since) };
      this.#opening.push(opening);
      try {
        return await opening.opened;
      } finally {
        this.#opening = this.#opening.filter((one) => one !== opening);
      }
    }
    await Promise.race(this.#openingFor(sharing).map(({ opened }) => opened));
    return this.#pick(sharing) ?? this.#open(sharing, since);
  }

  async #connect(isForWrites: boolean, since: number): Promise<PipelinedConnection> {
    const client = await this.#settings.connect(since);
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
      isRetiring: false,
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
