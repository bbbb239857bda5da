// How a request is written on a socket: in the ways that HTTP allows, and in ways that it does not.
import type { Body } from './bodies.ts';
import type { Header } from './headers.ts';

/** A request, whichever way it is sent. */
export interface RequestContent {
  readonly method: string;
  /** The path and the query, as they stand in the request's first line. */
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body?: Body | undefined;
}

interface Wire {
  /** The bytes that are sent. */
  readonly bytes: Buffer;
  /** How many requests that is, each of them this one. */
  readonly count: number;
  /** Whether it still means the request: else it is only held against what holds for every response. */
  readonly isMeant: boolean;
  /** Whether the server waits for more: then the client ends its side. */
  readonly isUnfinished?: boolean;
}

interface Head {
  readonly line: string;
  readonly fields: readonly string[];
  readonly body: Buffer;
}

const headOf = ({ method, target, headers, body }: RequestContent): Head => {
  // What the parser would take for the end of the line or of the target is not what these requests are about.
  const path = target.replaceAll(' ', '%20') || '/';
  const bytes = body?.bytes ?? Buffer.alloc(0);
  const length = body === undefined ? [] : [`Content-Length: ${bytes.length}`];
  const fields = headers.map(([name, value]) => `${name}: ${value}`);
  return { line: `${method} ${path} HTTP/1.1`, fields: ['Host: here', ...fields, ...length], body: bytes };
};

const written = ({ line, fields, body }: Head, end = '\r\n'): Buffer =>
  // Fields are Latin-1; a target that is not ASCII is sent as UTF-8, as sloppy clients do.
  Buffer.concat([Buffer.from(line), Buffer.from(`${end}${fields.join(end)}${end}${end}`, 'latin1'), body]);

const closing = (head: Head): Head => ({ ...head, fields: [...head.fields, 'Connection: close'] });

const meant = (head: Head): Wire => ({ bytes: written(closing(head)), count: 1, isMeant: true });
const other = (head: Head, more: Partial<Wire> = {}): Wire => ({ ...meant(head), isMeant: false, ...more });
const withField = (head: Head, ...fields: string[]): Head => ({ ...head, fields: [...head.fields, ...fields] });

const chunked = (head: Head, chunk: (bytes: Buffer) => string): Head => ({
  ...head,
  fields: [...head.fields.filter((field) => !field.startsWith('Content-Length')), 'Transfer-Encoding: chunked'],
  body: Buffer.from(chunk(head.body), 'latin1'),
});
const inChunks = (bytes: Buffer, extension = '') => {
  const parts = bytes.toString('latin1').match(/.{1,700}/gs) ?? [];
  return `${parts.map((part) => `${part.length.toString(16)}${extension}\r\n${part}\r\n`).join('')}0\r\n`;
};

const ways = {
  plain: meant,
  'absolute form': (head: Head) => meant({ ...head, line: head.line.replace(/ (?=\/)/, ' http://here') }),
  'in chunks': (head: Head) => meant(chunked(head, (bytes) => `${inChunks(bytes)}\r\n`)),
  'in chunks, with an extension and a trailer': (head: Head) =>
    meant(chunked(head, (bytes) => `${inChunks(bytes, ';x="y"')}X-Trailer: y\r\n\r\n`)),
  'three in one packet': (head: Head) => ({
    bytes: Buffer.concat([written(head), written(head), written(closing(head))]),
    count: 3,
    isMeant: true,
  }),
  'HTTP/1.0': (head: Head) => meant({ ...head, line: head.line.replace('1.1', '1.0') }),
  'awaiting 100 Continue': (head: Head) => meant(withField(head, 'Expect: 100-continue')),
  'expecting something else': (head: Head) => meant(withField(head, 'Expect: x')),
  'with an upgrade': (head: Head) => meant(withField(head, 'Upgrade: websocket')),
  'without Host': (head: Head) => other({ ...head, fields: head.fields.slice(1) }),
  'two Host fields': (head: Head) => other(withField(head, 'Host: there')),
  'Host that is none': (head: Head) => other({ ...head, fields: ['Host: a b/é', ...head.fields.slice(1)] }),
  'every field twice': (head: Head) => other({ ...head, fields: head.fields.flatMap((field) => [field, field]) }),
  'two lengths': (head: Head) => other(withField(head, 'Content-Length: 1', 'Content-Length: 2')),
  'a length and chunks': (head: Head) => other(withField(head, 'Content-Length: 3', 'Transfer-Encoding: chunked')),
  'a length that is no number': (head: Head) => other(withField(head, 'Content-Length: +1')),
  'another transfer encoding': (head: Head) => other(withField(head, 'Transfer-Encoding: gzip, chunked')),
  'a chunk without a size': (head: Head) => other(chunked(head, () => 'x\r\ny\r\n0\r\n\r\n')),
  'a body cut short': (head: Head) => other(withField(head, 'Content-Length: 99'), { isUnfinished: true }),
  'a head cut short': (head: Head) => {
    const bytes = written(head);
    return other(head, { bytes: bytes.subarray(0, bytes.indexOf('\r\n\r\n')), isUnfinished: true });
  },
  'a head of 20 KB': (head: Head) => other(withField(head, `X-Long: ${'x'.repeat(20_000)}`)),
  'thousands of fields': (head: Head) => other(withField(head, ...Array.from({ length: 2500 }, (_, n) => `a${n}:`))),
  'line feeds alone': (head: Head) => other(head, { bytes: written(closing(head), '\n'), isUnfinished: true }),
  'a folded field': (head: Head) => other(withField(head, 'X-Folded: a\r\n b')),
  'a space before the colon': (head: Head) => other(withField(head, 'X-Space : a')),
  'a field without a name': (head: Head) => other(withField(head, ': a')),
  'a NUL in a field': (head: Head) => other(withField(head, 'X-Nul: a\0b')),
  'a lower-case method': (head: Head) =>
    other({ ...head, line: head.line.replace(/^\S+/, (name) => name.toLowerCase()) }),
  'no such method': (head: Head) => other({ ...head, line: head.line.replace(/^\S+/, 'FETCH') }),
  CONNECT: (head: Head) => other({ ...head, line: 'CONNECT here:80 HTTP/1.1' }),
  'no version': (head: Head) => other({ ...head, line: head.line.replace(/ HTTP.*/, '') }, { isUnfinished: true }),
  'another version': (head: Head) => other({ ...head, line: head.line.replace('1.1', '3.7') }),
  'a TLS greeting': (head: Head) => other(head, { bytes: Buffer.from('16030100a50100', 'hex') }),
  'the preface of HTTP/2': (head: Head) => other(head, { bytes: Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n') }),
} as const satisfies Record<string, (head: Head) => Wire>;

/** The name of a way to write a request down. */
export type Framing = keyof typeof ways;

/** All of them. */
export const framings = Object.keys(ways) as Framing[];

/** A request as it is written on a socket. */
export const toWire = (request: RequestContent & { framing: Framing }): Wire => {
  const wire: Wire = ways[request.framing](headOf(request));
  // Without a slash in front it is no path, nor with anything but ASCII: whether it is taken is the parser's affair.
  return /^\/[\x20-\x7e]*$/.test(request.target) ? wire : { ...wire, isMeant: false };
};
