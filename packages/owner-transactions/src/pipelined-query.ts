import { hash } from 'node:crypto';
import type { Connection, PoolClient, Submittable } from 'pg';
import { DatabaseError, serialize } from 'pg-protocol';
import { isStalePlan } from './failures.ts';
import { timeouts } from './timeouts.ts';

/** A parameter, as PostgreSQL reads it from text. */
export type Value = string | number | boolean | null;

/** A row's columns, as PostgreSQL prints them. */
export type Row = readonly (string | null)[];

/** An SQL statement that is prepared, under this name, on each connection that runs it. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  /** Whether it is one of many that are put together from parts: a connection keeps only the latest of those prepared. */
  readonly isGenerated?: boolean;
}

/** A statement and its values. */
export interface Query {
  readonly statement: Statement;
  readonly values: readonly Value[];
}

/** Returns a statement, named after its text: one name never stands for two statements, whoever prepared it. */
export const statement = (text: string): Statement => ({ text, name: `tx_${hash('sha1', text, 'base64url')}` });

/** Returns a query: the statement with its values. */
export const query = (of: Statement, ...values: Value[]): Query => ({ statement: of, values });

interface ConnectionState {
  readonly stream: Connection['stream'];
  /** Statements that are prepared there. */
  readonly known: Set<string>;
  /** Perhaps prepared: sent with queries that were not responded to yet, or that failed. */
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
const pingLimit: Limit = { milliseconds: timeouts.ping, message: 'Connection ended: no answer to a ping' };

const failures = new WeakMap<Error, number>();

/** How many queries sent together had completed when the server rejected the next with this error. */
export const queriesCompletedBefore = (error: unknown): number | undefined =>
  error instanceof Error ? failures.get(error) : undefined;

// Sent by a server that shuts down, or by a pooler that lost one: what was done by then is unknown.
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
  /** pg makes a promise of its own if there is none. */
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
    // Guards against a frozen server or a dead connection: neither sends an error, nor keeps `statement_timeout`. Counts from
    // now, not from sending: after an error, pg sends only when the server is ready again.
    this.#timer = setTimeout(closeWith, limit.milliseconds, client as PoolClient & WithConnection, limit.message);
  }

  submit(connection: Connection): void {
    const state = stateOf(connection);
    const message: Uint8Array[] = [];
    for (const { statement, values } of this.#queries) {
      if (this.#prepare) this.#prepareOn(state, statement, message);
      else message.push(serialize.parse({ name: '', text: statement.text }));
      const texts = values.map((value) => (value === null ? null : String(value)));
      message.push(serialize.bind({ statement: this.#prepare ? statement.name : '', values: texts }), execute);
    }
    message.push(sync);
    // One packet: each costs as much as everything in it.
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

  // Closes the oldest, not the least recently used: moving entries of a Set with every query leaves garbage that grows old.
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
    if (error instanceof DatabaseError && !isEnd(error)) failures.set(error, this.#current);
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
