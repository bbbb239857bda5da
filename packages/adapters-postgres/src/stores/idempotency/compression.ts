import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** A text as it is stored: verbatim or compressed. */
export interface Packed {
  /** The text; empty where it is compressed. */
  readonly text: string;
  /** The compressed text, as PostgreSQL reads and prints a `bytea`. */
  readonly packed: string | null;
  /** The stored size in bytes. */
  readonly bytes: number;
}

// In bytes. Compression gains little for shorter texts, which PostgreSQL stores in the row itself.
const compressionThreshold = 1_024;
// Ten times the longest response of a batch: bounds the memory that decompressing a stored row can take.
const maxDecompressedBytes = 16 * 1024 * 1024;

/** Compresses a text if it is long enough to gain from it. */
export const compress = async (text: string): Promise<Packed> => {
  const bytes = Buffer.byteLength(text);
  if (bytes < compressionThreshold) return { text, packed: null, bytes };
  const compressed = await deflate(text);
  return { text: '', packed: `\\x${compressed.toString('hex')}`, bytes: compressed.byteLength };
};

/** Returns the text that was passed to `compress`. */
export const decompress = async ({ text, packed }: Omit<Packed, 'bytes'>): Promise<string> => {
  if (packed === null) return text;
  const whole = await inflate(Buffer.from(packed.slice(2), 'hex'), { maxOutputLength: maxDecompressedBytes });
  return whole.toString();
};
