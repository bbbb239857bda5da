// Bodies as bytes: JSON of a schema, and what becomes of it on the way.
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { numbers } from './near-misses.ts';
import { allowedBy, nearMissOf, type Schema } from './schemas.ts';

/** A body, and the reason why every operation must refuse it, if there is one. */
export interface Body {
  readonly bytes: Buffer;
  readonly wrong?: string;
}

const nested = (levels: number, open: string, close: string) => Buffer.from(open.repeat(levels) + close.repeat(levels));

/** Ways to write a text down that are not UTF-8, or not all of it. */
const encodings: Record<string, (json: string) => Buffer> = {
  'UTF-16': (json) => Buffer.from(json, 'utf16le'),
  'UTF-16 with a byte order mark': (json) => Buffer.from(`\ufeff${json}`, 'utf16le'),
  'big-endian UTF-16': (json) => Buffer.from(json, 'utf16le').swap16(),
  'Latin-1': (json) => Buffer.from(`${json.slice(0, -1)},"caf\u00e9":1}`, 'latin1'),
  'a surrogate in UTF-8': (json) => Buffer.concat([Buffer.from(json.slice(0, -1)), Buffer.from([0xed, 0xa0, 0x80])]),
  'compressed, unsaid': (json) => gzipSync(json),
};

/** Bodies that are not JSON, or JSON that two parsers read differently. */
const notations: Record<string, (json: string) => string> = {
  'a trailing comma': (json) => json.replace(/[}\]]$/, ',$&'),
  'a comment': (json) => `/* x */${json}`,
  'single quotes': () => "{'title': 'x'}",
  'two values': (json) => `${json} ${json}`,
  'a NUL at the end': (json) => `${json}\0`,
  'white space alone': () => ' \t\r\n',
  'a form': () => 'title=x&completed=true',
  __proto__: (json) => json.replace(/^\{/, '{"__proto__":{"completed":true},'),
  '__proto__, escaped': (json) => json.replace(/^\{/, '{"\\u005f_proto__":1,'),
  'a raw control character': (json) => json.replace(/^\{/, '{"a\u0001b":1,'),
  'a lone surrogate': (json) => json.replace(/^\{/, '{"\\ud800":1,'),
  'a duplicate key': (json) => json.replace(/^\{("[^"]*"):/, '{$1:0,$1:'),
  'a duplicate key, escaped': (json) =>
    json.replace(/^\{"([a-z])([^"]*)":/, (_, first: string, rest: string) => {
      const escaped = `\\u00${first.charCodeAt(0).toString(16)}`;
      return `{"${first}${rest}":0,"${escaped}${rest}":`;
    }),
};

// Of its own weight: CI counts how often each status comes back.
const tooLarge: Body = { bytes: Buffer.from(`{"title":"x"}${' '.repeat(65_536)}`), wrong: 'too large' };

const written = (values: fc.Arbitrary<unknown>) => values.map((value) => JSON.stringify(value) ?? 'null');

const corrupted = (json: fc.Arbitrary<string>): fc.Arbitrary<Body> =>
  fc.oneof(
    fc.tuple(json, fc.constantFrom(...Object.entries(encodings))).map(([text, [wrong, encode]]) => {
      return { bytes: encode(text), ...(text.startsWith('{') && text.length > 2 && { wrong }) };
    }),
    fc.tuple(json, fc.constantFrom(...Object.entries(notations))).map(([text, [wrong, write]]) => {
      const changed = write(text);
      return { bytes: Buffer.from(changed), ...(changed !== text && { wrong }) };
    }),
    // A number where a value stood: as it is written, not as JavaScript would write it again.
    fc.tuple(json, fc.constantFrom(...numbers)).map(([text, number]) => ({
      bytes: Buffer.from(text.replace(/:(?:true|false|null|\d+|"[^"]*")/, `:${number}`)),
    })),
    fc.tuple(json, fc.nat({ max: 1000 })).map(([text, at]) => {
      const bytes = Buffer.from(text);
      return { bytes: bytes.subarray(0, at % (bytes.length + 1)) };
    }),
    fc.tuple(json, fc.nat({ max: 1000 }), fc.nat({ max: 255 })).map(([text, at, byte]) => {
      const bytes = Buffer.from(text);
      bytes[at % Math.max(1, bytes.length)] = byte;
      return { bytes };
    }),
    json.map((text) => ({ bytes: Buffer.from(`\ufeff${text}`) })),
    fc.constantFrom<Body>(
      { bytes: nested(33, '[', ']'), wrong: 'nested too deep' },
      { bytes: nested(20_000, '{"a":', '}'), wrong: 'no JSON' },
      { bytes: Buffer.from(`{"title":"${'\\u0041'.repeat(10_000)}"}`), wrong: 'a text that is too long' },
      { bytes: Buffer.from(`{${Array.from({ length: 4000 }, (_, n) => `"f${n}":1`)}}`), wrong: 'thousands of fields' },
    ),
  );

/** Bodies for an operation that takes one of this schema. */
export const bodyOf = (schema: Schema): fc.Arbitrary<Body | undefined> => {
  const right = written(allowedBy(schema));
  const near = written(nearMissOf(schema));
  const asIs = (json: string) => ({ bytes: Buffer.from(json) });
  return fc.oneof(
    { weight: 20, arbitrary: right.map(asIs) },
    { weight: 7, arbitrary: near.map(asIs) },
    { weight: 3, arbitrary: corrupted(right) },
    { weight: 1, arbitrary: written(fc.jsonValue()).map(asIs) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => ({ bytes: Buffer.from(bytes) })) },
    { weight: 1, arbitrary: fc.constant(tooLarge) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
};
