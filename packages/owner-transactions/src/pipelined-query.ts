import { hash } from 'node:crypto';
import type { Connection, PoolClient, Submittable } from 'pg';
import { DatabaseError, serialize } from 'pg-protocol';
import { isStalePlan } from './failures.ts';
import { timeouts } from './timeouts.ts';

/** A parameter, as PostgreSQL reads it from text. */
export type Value = string | number | boolean | null;

/** A row's columns, as PostgreSQL prints them. */
export type Row = readonly (string | null)[];

/** An SQL statement that is prepared, under this name, on each connection that runs it; with an empty name it is not. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  /** Whether its text is assembled from parts, so that there are many: each connection keeps the latest 64 of these prepared. */
  readonly isGenerated?: boolean;
  /** The same for several owners at once, where it has such a form: see `mergeableStatement`. */
  readonly forOwners?: Statement;
  /** The same for a database with Citus, where that needs another form: see `distributable`. */
  readonly distributed?: DistributedForm;
}

/** Statements that do together what one does elsewhere. */
export interface DistributedForm {
  /** Each with the places of its values among those of the whole. */
  readonly parts: readonly { readonly statement: Statement; readonly places: readonly number[] }[];
  /** The part whose rows are those of the whole. */
  readonly result: number;
}

/** A statement and its values. */
export interface Query {
  readonly statement: Statement;
  readonly values: readonly Value[];
}

/**
 * Returns a statement, named after its text: one name never stands for two statements, also where another process prepared
 * it on a pooler's connection.
 */
export const statement = (text: string): Statement => ({ text, name: `tx_${hash('sha1', text, 'base64url')}` });

/** Returns a query: the statement with its values. */
export const query = (of: Statement, ...values: Value[]): Query => ({ statement: of, values });

/** Begins, commits and rolls back a transaction. */
export const begin = query(statement('begin'));
export const commit = query(statement('commit'));
export const rollback = query(statement('rollback'));

interface ConnectionState {
  readonly stream: Connection['stream'];
  /** Statements that are prepared there. */
  readonly known: Set<string>;
  /** Perhaps prepared: sent with queries that failed, or whose response is still to come (pg runs in pipeline mode). */
  readonly doubtful: Set<string>;
  /** The generated ones of both, oldest first. */
  readonly generated: Set<string>;
}

// Each takes some 50 KB of the server's memory per connection.
const maxGenerated = 64;

const states = new WeakMap<Connection, ConnectionState>();

const stateOf = (connection: Connection): ConnectionState => {
  const known = states.get(connection);
  if (known !== undefined) return known;
  const state = {
    stream: connection.stream,
    known: new Set<string>(),
    doubtful: new Set<string>(),
    generated: new Set<string>(),
  };
  states.set(connection, state);
  return state;
};

interface WithConnection {
  readonly connection: Connection;
}
const closeWith = ({ connection }: WithConnection, message: string): void =>
  void connection.stream.destroy(new Error(message));

interface Limit {
  readonly milliseconds: number;
  /** The message of the error that the connection is closed with. */
  readonly message: string;
}
const responseLimit: Limit = { milliseconds: timeouts.response, message: 'Query read timeout' };
/**
 * Runs `work`, which waits for the server, and closes the connection if that takes longer.
 * @param milliseconds how long it may take
 */
export const within = async <T>(client: PoolClient, milliseconds: number, work: () => Promise<T>): Promise<T> => {
  const timer = setTimeout(closeWith, milliseconds, client as PoolClient & WithConnection, responseLimit.message);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
};

const pingLimit: Limit = { milliseconds: timeouts.ping, message: 'Connection ended: no answer to a ping' };

const completedBefore = new WeakMap<Error, number>();

/** Returns how many queries of a message had run when the server rejected the next one with this error: it was that one. */
export const queriesCompletedBefore = (error: unknown): number | undefined =>
  error instanceof Error ? completedBefore.get(error) : undefined;

// Sent by a server that shuts down, or by a pooler that lost its server: what was done by then is unknown.
const isEnd = ({ severity, code = '' }: DatabaseError): boolean =>
  severity === 'FATAL' || severity === 'PANIC' || /^(08|57P)/.test(code);

const execute = serialize.execute();
const sync = serialize.sync();

/**
 * Sends several queries in one message: the extended protocol runs everything up to its `Sync` as one transaction, unless
 * a statement among them is `begin`. It is a `Submittable`, pg's extension point, which cursors and streams use too.
 */
class PipelinedQuery implements Submittable {
  readonly #queries: readonly Query[];
  readonly #prepare: boolean;
  readonly #fresh = new Set<string>();
  readonly #rows: Row[][];
  readonly #settle: (error: unknown, rows: Row[][]) => void;
  #current = 0;
  readonly #timer: NodeJS.Timeout;
  /** Without a callback pg would make a promise, which nobody awaits. */
  readonly callback = (): void => {};

  constructor(
    client: PoolClient,
    queries: readonly Query[],
    prepare: boolean,
    settle: (error: unknown, rows: Row[][]) => void,
    limit: Limit,
  ) {
    this.#queries = queries;
    this.#prepare = prepare;
    this.#rows = queries.map(() => []);
    this.#settle = settle;
    // Guards against a frozen server or a dead connection: neither sends an error, nor enforces `statement_timeout`. Starts
    // now and not when pg sends the message: after an error pg waits for the server, which may be the one that froze.
    this.#timer = setTimeout(closeWith, limit.milliseconds, client as PoolClient & WithConnection, limit.message);
  }

  submit(connection: Connection): void {
    const state = stateOf(connection);
    const message: Uint8Array[] = [];
    for (const { statement, values } of this.#queries) {
      const isPrepared = this.#prepare && statement.name !== '';
      if (isPrepared) this.#prepareOn(state, statement, message);
      else message.push(serialize.parse({ name: '', text: statement.text }));
      const texts = values.map((value) => (value === null ? null : String(value)));
      message.push(serialize.bind({ statement: isPrepared ? statement.name : '', values: texts }), execute);
    }
    message.push(sync);
    // One write, so one system call and one packet: these cost more than the bytes in them.
    if (state.stream.writable) state.stream.write(Buffer.concat(message));
  }

  #prepareOn(state: ConnectionState, { name, text, isGenerated }: Statement, message: Uint8Array[]): void {
    const { known, doubtful } = state;
    if (isGenerated) this.#closeOldest(state, name, message);
    if (known.has(name) || this.#fresh.has(name)) return;
    if (doubtful.has(name)) message.push(serialize.close({ type: 'S', name }));
    message.push(serialize.parse({ name, text }));
    doubtful.add(name);
    this.#fresh.add(name);
  }

  // Closes the oldest, not the least recently used: moving entries of a Set with every query leaves garbage in V8's old
  // generation (bench/NOTES.md).
  // The close stands first in the message, where nothing can fail before it.
  #closeOldest({ known, doubtful, generated }: ConnectionState, name: string, message: Uint8Array[]): void {
    if (generated.has(name)) return;
    generated.add(name);
    if (generated.size <= maxGenerated) return;
    for (const oldest of generated) {
      if (this.#queries.some(({ statement }) => statement.name === oldest)) continue;
      for (const names of [known, doubtful, generated]) names.delete(oldest);
      message.unshift(serialize.close({ type: 'S', name: oldest }));
      return;
    }
  }

  handleDataRow({ fields }: { fields: Row }): void {
    this.#rows[this.#current]?.push(fields);
  }

  handleCommandComplete(): void {
    this.#current += 1;
  }

  handleReadyForQuery(connection: Connection): void {
    const { known, doubtful, generated } = stateOf(connection);
    for (const { statement } of this.#queries) {
      const { name, isGenerated } = statement;
      // It may have been closed since.
      if (!this.#fresh.has(name) || (isGenerated && !generated.has(name))) continue;
      known.add(name);
      doubtful.delete(name);
    }
    this.#end(undefined);
  }

  handleError(error: Error, connection: Connection): void {
    const { known, doubtful } = stateOf(connection);
    const doubted = isStalePlan(error) ? this.#queries.map(({ statement }) => statement.name) : this.#fresh;
    for (const name of doubted) {
      known.delete(name);
      doubtful.add(name);
    }
    if (error instanceof DatabaseError && !isEnd(error)) completedBefore.set(error, this.#current);
    this.#end(error);
  }

  #end(error: unknown): void {
    clearTimeout(this.#timer);
    this.#settle(error, this.#rows);
  }

  handleRowDescription(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
}

/**
 * Sends queries to the server in one message and runs them as one transaction, or within the one that `begin` began.
 * @param prepare whether to prepare statements by name, or to parse them each time
 * @returns each query's rows
 * @throws pg's errors; then none of the queries had an effect, unless the connection was lost, where that is unknown
 */
export const sendPipelined = (
  client: PoolClient,
  queries: readonly Query[],
  prepare: boolean,
  limit = responseLimit,
): Promise<Row[][]> =>
  new Promise((resolve, reject) => {
    const settle = (error: unknown, rows: Row[][]) => (error === undefined ? resolve(rows) : reject(error));
    client.query(new PipelinedQuery(client, queries, prepare, settle, limit));
  });

/**
 * Proves that a connection with nothing in flight still works.
 * @param queries what to run besides
 * @returns each query's rows
 * @throws pg's errors; after {@link timeouts.ping} the connection is closed
 */
export const ping = (client: PoolClient, queries: readonly Query[] = []): Promise<Row[][]> =>
  sendPipelined(client, queries, false, pingLimit);
