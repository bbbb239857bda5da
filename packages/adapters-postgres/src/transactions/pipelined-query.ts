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
  /** One of many that are put together from parts: a connection keeps the last of those that came only. */
  readonly isGenerated?: boolean;
}

/** One statement with its parameters. */
export interface Query {
  readonly statement: Statement;
  readonly values: readonly Value[];
}

/** Names a statement after its text, so that one name never stands for two statements, whoever prepared it. */
export const statement = (text: string): Statement => ({ text, name: `taskward_${hash('sha1', text, 'base64url')}` });

/** A step without parameters, or with them. */
export const query = (of: Statement, ...values: Value[]): Query => ({ statement: of, values });

/** What is known of a connection. */
interface ConnectionState {
  readonly stream: Connection['stream'];
  /** Statements that it has prepared. */
  readonly known: Set<string>;
  /** Perhaps prepared: by a flight that has not come back, or failed. */
  readonly doubtful: Set<string>;
  /** Those of both that are composed, in the order in which they came. */
  readonly composed: Set<string>;
}

// Each costs the server some 50 KB on each connection.
const mostComposed = 64;

const states = new WeakMap<Connection, ConnectionState>();

const stateOf = (connection: Connection): ConnectionState => {
  const known = states.get(connection);
  if (known !== undefined) return known;
  const state = {
    stream: connection.stream,
    known: new Set<string>(),
    doubtful: new Set<string>(),
    composed: new Set<string>(),
  };
  states.set(connection, state);
  return state;
};

interface WithConnection {
  readonly connection: Connection;
}
const giveUp = ({ connection }: WithConnection, message: string): void =>
  void connection.stream.destroy(new Error(message));

interface Limit {
  readonly milliseconds: number;
  /** What the connection is closed with. */
  readonly message: string;
}
const responseLimit: Limit = { milliseconds: timeouts.response, message: 'Query read timeout' };
const pingLimit: Limit = { milliseconds: timeouts.ping, message: 'Connection ended: no answer to a ping' };

const failures = new WeakMap<Error, number>();

/** How many steps of its flight had been done when this error of the server's ended it. */
export const queriesCompletedBefore = (error: unknown): number | undefined =>
  error instanceof Error ? failures.get(error) : undefined;

// Said by a server that goes, or by a pooler that lost one: what was done by then, nobody knows.
const isEnd = ({ severity, code = '' }: DatabaseError): boolean =>
  severity === 'FATAL' || severity === 'PANIC' || /^(08|57P)/.test(code);

const execute = serialize.execute();
const sync = serialize.sync();

/**
 * Several statements in one message to the server and one answer from it: the extended protocol runs everything up to
 * its `Sync` as one transaction, unless a statement among them says `begin`. It is a `Submittable`, the extension point
 * of pg that cursors and streams use too.
 */
class PipelinedQuery implements Submittable {
  readonly #queries: readonly Query[];
  readonly #prepare: boolean;
  readonly #fresh = new Set<string>();
  readonly #rows: Row[][];
  readonly #settle: (error: unknown, rows: Row[][]) => void;
  #current = 0;
  readonly #timer: NodeJS.Timeout;
  /** Looked for by pg, which would make a promise without it. */
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
    // A server that was frozen, or a line that went dead, never answers: `statement_timeout` is the server's to keep.
    // From now, not from when it is sent: after an error, that waits until the server says that it is ready again.
    this.#timer = setTimeout(giveUp, limit.milliseconds, client as PoolClient & WithConnection, limit.message);
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
    // In one packet: it costs as much as all that is in it.
    if (state.stream.writable) state.stream.write(Buffer.concat(message));
  }

  #prepareOn(state: ConnectionState, { name, text, isGenerated }: Statement, message: Uint8Array[]): void {
    const { known, doubtful } = state;
    if (isGenerated) this.#renew(state, name, message);
    if (known.has(name) || this.#fresh.has(name)) return;
    if (doubtful.has(name)) message.push(serialize.close({ type: 'S', name }));
    message.push(serialize.parse({ name, text }));
    doubtful.add(name);
    this.#fresh.add(name);
  }

  // The first that came goes first, not the one that was used last: to move entries of a Set with every list would leave
  // garbage that grows old. What is closed stands first in the message: nothing can fail before it.
  #renew({ known, doubtful, composed }: ConnectionState, name: string, message: Uint8Array[]): void {
    if (composed.has(name)) return;
    composed.add(name);
    if (composed.size <= mostComposed) return;
    for (const oldest of composed) {
      if (this.#queries.some(({ statement }) => statement.name === oldest)) continue;
      for (const names of [known, doubtful, composed]) names.delete(oldest);
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
    const { known, doubtful, composed } = stateOf(connection);
    for (const { statement } of this.#queries) {
      const { name, isGenerated } = statement;
      // One that was closed since is not known any more.
      if (!this.#fresh.has(name) || (isGenerated && !composed.has(name))) continue;
      known.add(name);
      doubtful.delete(name);
    }
    this.#end(undefined);
  }

  handleError(error: Error, connection: Connection): void {
    const { known, doubtful } = stateOf(connection);
    const unsure = isStalePlan(error) ? this.#queries.map(({ statement }) => statement.name) : this.#fresh;
    for (const name of unsure) {
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
 * Sends statements to the server in one go.
 * @param prepare whether to prepare them by name, or anew each time
 * @returns each statement's rows
 * @throws pg's errors; then none of the statements had an effect, unless they were within a transaction, or the
 * connection was lost, where nobody knows
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
 * Asks whether a connection that nothing else is under way on still lives, which takes no time if it does.
 * @param queries what to ask besides
 * @throws pg's errors; after {@link timeouts.ping} the connection is closed
 */
export const ping = (client: PoolClient, queries: readonly Query[] = []): Promise<Row[][]> =>
  sendPipelined(client, queries, false, pingLimit);
