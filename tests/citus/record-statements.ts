// Loaded before the tests, by `node --import`: notes every statement that is sent to the server of DATABASE_URL, with the values
// that it is first sent with, in the file of TASKWARD_STATEMENTS. It reads what is written to the sockets, in PostgreSQL's
// protocol: https://www.postgresql.org/docs/current/protocol-message-formats.html
import { appendFileSync } from 'node:fs';
import { Socket } from 'node:net';

/** A statement, and values of its parameters. */
export interface Recorded {
  readonly text: string;
  readonly values: readonly (string | null)[];
}

const { DATABASE_URL = '', TASKWARD_STATEMENTS: file = '' } = process.env;
const port = Number(new URL(DATABASE_URL).port || 5432);
const seen = new Set<string>();
const prepared = new WeakMap<Socket, Map<string, string>>();

const note = (text: string, values: Recorded['values']): void => {
  if (seen.has(text)) return;
  seen.add(text);
  appendFileSync(file, `${JSON.stringify({ text, values } satisfies Recorded)}\n`);
};

/** Reads a text that ends with a NUL. @returns it, and where the next one begins */
const textAt = (message: Buffer, start: number): [string, number] => {
  const end = message.indexOf(0, start);
  return [message.toString('utf8', start, end), end + 1];
};

const valuesAt = (message: Buffer, start: number): (string | null)[] => {
  let at = start + 2 + 2 * message.readInt16BE(start);
  const count = message.readInt16BE(at);
  at += 2;
  return Array.from({ length: count }, () => {
    const length = message.readInt32BE(at);
    at += 4 + Math.max(0, length);
    return length < 0 ? null : message.toString('utf8', at - length, at);
  });
};

const read = (socket: Socket, type: string, body: Buffer): void => {
  const known = prepared.get(socket) ?? new Map<string, string>();
  prepared.set(socket, known);
  const [first, next] = textAt(body, 0);
  if (type === 'Q') note(first, []);
  if (type === 'P') known.set(first, textAt(body, next)[0]);
  if (type !== 'B') return;
  const [name, after] = textAt(body, next);
  const text = known.get(name);
  if (text !== undefined) note(text, valuesAt(body, after));
};

const readAll = (socket: Socket, bytes: Buffer): void => {
  // A message begins with its type and its length. The first one of a connection has no type, and begins with a zero.
  for (let at = 0; at + 5 <= bytes.length && bytes[at] !== 0; at += 1 + bytes.readInt32BE(at + 1))
    read(socket, String.fromCharCode(bytes[at] as number), bytes.subarray(at + 5, at + 1 + bytes.readInt32BE(at + 1)));
};

const write = Socket.prototype.write;
Socket.prototype.write = function (this: Socket, ...given: Parameters<typeof write>) {
  const [bytes] = given;
  if (this.remotePort === port && bytes instanceof Uint8Array) readAll(this, Buffer.from(bytes));
  return write.apply(this, given);
} as typeof write;
