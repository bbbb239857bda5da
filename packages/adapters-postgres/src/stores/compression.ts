import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** A text as it is stored: as it is, or compressed. */
export interface Packed {
  /** Empty where it is compressed. */
  readonly text: string;
  /** As PostgreSQL reads and prints a `bytea`. */
  readonly packed: string | null;
  /** How many bytes that takes. */
  readonly bytes: number;
}

// Shorter ones take about as much either way, and PostgreSQL stores them beside the row's other columns.
const shortest = 1_024;
// Ten times what the longest response of a batch comes to: no stored row makes a process unpack more.
const mostUnpacked = 16 * 1024 * 1024;

/** Makes a text as small as it is worth. */
export const compress = async (text: string): Promise<Packed> => {
  const bytes = Buffer.byteLength(text);
  if (bytes < shortest) return { text, packed: null, bytes };
  const small = await deflate(text);
  return { text: '', packed: `\\x${small.toString('hex')}`, bytes: small.byteLength };
};

/** The text that was packed. */
export const decompress = async ({ text, packed }: Omit<Packed, 'bytes'>): Promise<string> => {
  if (packed === null) return text;
  const whole = await inflate(Buffer.from(packed.slice(2), 'hex'), { maxOutputLength: mostUnpacked });
  return whole.toString();
};
